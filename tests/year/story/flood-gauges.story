# Flood gauges along the Mar: sent back from planning to the beginning, and through it all again.

== 2026-01-12
09:00 kira.holm  $ pmo project add projects/flood-gauges.yaml --role owner=oskar.brandt --role provider=nils.aas --role business-manager=lea.sand --role manager=tom.beck
09:30 oskar.brandt $ pmo project artefact flood-gauges business-case approved
09:31 oskar.brandt $ pmo project artefact flood-gauges initiation-request approved

== 2026-02-02
09:00 rosa.lind  $ pmo project answer flood-gauges stakeholders-consulted yes --evidence https://minutes.marnby.example/2026/28
09:30 siri.vik   $ pmo project answer flood-gauges data-protection-screened yes --evidence https://letters.marnby.example/2026/140
10:00 oskar.brandt $ pmo project artefact flood-gauges charter approved

# Nobody has gone through the checklist: it is a should that wants to be explained.
== 2026-02-09
09:00 tom.beck   $ pmo review open flood-gauges
      > READY
12:00 oskar.brandt $ pmo status
      > decide  flood-gauges at ready-for-planning/1
13:00 oskar.brandt $ pmo review decide flood-gauges go
      = exit 4
      ! exit-review
13:01 oskar.brandt $ pmo review decide flood-gauges go --reason "Quality assurance is ill, and the river does not wait"
      > initiating -> planning

== 2026-03-16
09:00 tom.beck   $ pmo project answer flood-gauges kick-off-held yes --evidence https://minutes.marnby.example/2026/55
09:10 oskar.brandt $ pmo project artefact flood-gauges handbook approved
09:11 oskar.brandt $ pmo project artefact flood-gauges stakeholder-matrix approved
09:12 oskar.brandt $ pmo project artefact flood-gauges work-plan baselined
09:13 gro.moe    $ pmo project artefact flood-gauges outsourcing-plan approved
09:14 oskar.brandt $ pmo project artefact flood-gauges deliverables-acceptance-plan approved

# The river authority does not want them where they were planned: back to the beginning.
== 2026-04-13
09:00 tom.beck   $ pmo review open flood-gauges
      > ready-for-executing/1
      > BLOCKED
13:00 oskar.brandt $ pmo review decide flood-gauges recycle
      = exit 4
      ! needs a reason
13:01 oskar.brandt $ pmo review decide flood-gauges recycle --reason "Below the weir no gauge may stand: the scope of the charter is wrong"
      > planning -> initiating

== 2026-05-04
08:00 tom.beck   $ pmo project amend flood-gauges --set 'scope.within=[Nine gauges above the weir, Their mobile network]' --set 'deliverables.D-1.title=Nine gauges'
09:00 oskar.brandt $ pmo project artefact flood-gauges charter approved

# What was asked in February has become too old on the way.
== 2026-05-06
09:00 tom.beck   $ pmo gate explain flood-gauges --short
      = exit 1
      > BLOCKED by 1
      > stakeholders-consulted
10:00 rosa.lind  $ pmo project answer flood-gauges stakeholders-consulted yes --evidence evidence/river-authority.md
10:30 olav.rud   $ pmo project answer flood-gauges exit-review request-approved=1,context-documented=1,owner-identified=1,stakeholders-identified=1,roles-defined=1,lessons-consulted=1

== 2026-05-11
09:00 tom.beck   $ pmo review open flood-gauges
      > ready-for-planning/2
      > READY
13:00 oskar.brandt $ pmo review decide flood-gauges go
      > initiating -> planning

== 2026-06-08
09:00 oskar.brandt $ pmo project artefact flood-gauges transition-plan approved
09:01 oskar.brandt $ pmo project artefact flood-gauges business-implementation-plan approved
09:02 oskar.brandt $ pmo project artefact flood-gauges work-plan baselined

== 2026-06-15
09:00 tom.beck   $ pmo review open flood-gauges
      > ready-for-executing/2
      > READY
13:00 oskar.brandt $ pmo review decide flood-gauges go
      > planning -> executing

== 2026-10-05
09:00 tom.beck   $ pmo project amend flood-gauges --set deliverables.D-1.state=accepted --set deliverables.D-2.state=accepted
09:30 oskar.brandt $ pmo project artefact flood-gauges acceptance-note provisional
10:00 tom.beck   $ pmo project answer flood-gauges transition-finished yes --evidence https://intranet.marnby.example/gauges
10:30 rosa.lind  $ pmo project answer flood-gauges users-ready na
      = exit 4
      ! with a justification only
10:31 rosa.lind  $ pmo project answer flood-gauges users-ready na --justification "The fire brigade reads the levels on a page that it has used for years"

== 2026-10-09
09:00 oskar.brandt $ pmo project artefact flood-gauges acceptance-note final

== 2026-10-12
09:00 tom.beck   $ pmo review open flood-gauges
      > READY
13:00 oskar.brandt $ pmo review decide flood-gauges go
      > executing -> closing

== 2026-10-20
09:00 tom.beck   $ cat > change.json
      < [{"op": "add", "path": "/lessons", "value": [
      <   {"id": "E-1", "title": "Twelve places were drawn before anybody asked whose they are", "recommendation": "Ask the river authority before the charter"}]},
      <  {"op": "replace", "path": "/resources/0", "value": {"id": "S-1", "title": "Boat", "kind": "equipment", "status": "released", "released": "2026-10-16"}}]
09:00 tom.beck   $ pmo project amend flood-gauges --patch change.json
09:10 oskar.brandt $ pmo project artefact flood-gauges end-report approved
09:20 nils.aas   $ pmo project answer flood-gauges contracts-settled yes --evidence https://buyers.marnby.example/gauges.csv
09:30 kira.holm  $ pmo project answer flood-gauges documents-archived yes --evidence https://archive.marnby.example/flood-gauges

== 2026-10-26
09:00 tom.beck   $ pmo review open flood-gauges
13:00 oskar.brandt $ pmo review decide flood-gauges go
      > closing -> benefits

== 2026-12-14
09:00 lea.sand   $ pmo project amend flood-gauges --set benefits.B-1.status=missed --set 'benefits.B-1.measurements=[{date: "2026-11-30", value: 4.5, by: lea.sand, note: The flood of 21 November}]'
09:10 oskar.brandt $ pmo project artefact flood-gauges benefits-report approved

== 2026-12-17
09:00 lea.sand   $ pmo review open flood-gauges --gate benefits-settled
13:00 oskar.brandt $ pmo review decide flood-gauges go
      > benefits -> closed
