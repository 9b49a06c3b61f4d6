# Path along the river: held up by the gauges, once at its beginning and once at its end.

== 2026-01-19
09:00 kira.holm  $ pmo project add projects/riverside-path.yaml --role owner=oskar.brandt --role provider=nils.aas --role business-manager=lea.sand --role manager=ines.holt
09:30 oskar.brandt $ pmo project artefact riverside-path business-case approved
09:31 oskar.brandt $ pmo project artefact riverside-path charter approved

== 2026-01-28
09:00 rosa.lind  $ pmo project answer riverside-path stakeholders-consulted yes --evidence https://minutes.marnby.example/2026/22
09:10 siri.vik   $ pmo project answer riverside-path data-protection-screened yes --evidence https://letters.marnby.example/2026/131
09:20 olav.rud   $ pmo project answer riverside-path exit-review request-approved=0,context-documented=1,owner-identified=1,stakeholders-identified=1,roles-defined=1,lessons-consulted=1

# The gauges have not passed their first gate, and what is blocked gets no go.
== 2026-02-02
09:00 ines.holt  $ pmo review open riverside-path
      > BLOCKED
13:00 oskar.brandt $ pmo review decide riverside-path go
      = exit 4
      ! upstream-under-way
13:01 oskar.brandt $ pmo review decide riverside-path conditional-go
      = exit 4
13:02 oskar.brandt $ pmo review decide riverside-path hold
      = exit 4
      ! needs a date
13:03 oskar.brandt $ pmo review decide riverside-path hold --resume-by 2026-02-16 --reason "Without gauges nobody may walk there"
      > hold

# On 9 February the gauges pass theirs; nothing was done to the path itself.
== 2026-02-10
09:00 ines.holt  $ pmo gate explain riverside-path
      > READY
09:10 ines.holt  $ pmo review open riverside-path
      > ready-for-planning/2
      > READY
13:00 oskar.brandt $ pmo review decide riverside-path go
      > initiating -> planning

== 2026-03-16
09:00 ines.holt  $ pmo project answer riverside-path kick-off-held yes --evidence https://minutes.marnby.example/2026/60
09:10 oskar.brandt $ pmo project artefact riverside-path handbook approved
09:11 oskar.brandt $ pmo project artefact riverside-path stakeholder-matrix approved
09:12 oskar.brandt $ pmo project artefact riverside-path work-plan baselined
09:13 oskar.brandt $ pmo project artefact riverside-path deliverables-acceptance-plan approved
09:14 oskar.brandt $ pmo project artefact riverside-path transition-plan approved
09:15 oskar.brandt $ pmo project artefact riverside-path business-implementation-plan approved
09:20 olav.rud   $ pmo project answer riverside-path planning-exit-review scope-elaborated=1,estimates-agreed=1,escalation-agreed=1,core-team-named=1,communications-planned=1,quality-planned=1

== 2026-03-23
09:00 ines.holt  $ pmo review open riverside-path
      > READY
13:00 oskar.brandt $ pmo review decide riverside-path go
      > planning -> executing

== 2026-06-29
09:00 ines.holt  $ cat > change.json
      < [{"op": "add", "path": "/changes", "value": [
      <   {"id": "C-1", "title": "No benches", "kind": "scope", "requested": "2026-06-26", "requested_by": "oskar.brandt", "reason": "They would float away", "status": "proposed"}]}]
09:00 ines.holt  $ pmo project amend riverside-path --patch change.json

== 2026-09-07
09:00 ines.holt  $ pmo project amend riverside-path --set deliverables.D-1.state=accepted --set deliverables.D-2.state=delivered --set deliverables.D-3.state=withdrawn
09:10 oskar.brandt $ pmo project artefact riverside-path acceptance-note final
09:20 ines.holt  $ pmo project answer riverside-path transition-finished yes --evidence https://intranet.marnby.example/path
09:30 rosa.lind  $ pmo project answer riverside-path users-ready na --justification "Whoever can walk can use a path"
09:40 olav.rud   $ pmo project answer riverside-path executing-exit-review activities-done=1,requirements-met=1,quality-reviewed=1,support-arranged=1,lessons-kept=1,reports-filed=1
09:50 ines.holt  $ pmo gate explain riverside-path --short
      = exit 1
      > BLOCKED by 2
      > changes-decided
      > upstream-delivered
10:00 ines.holt  $ pmo project amend riverside-path --set changes.C-1.status=approved --set changes.C-1.decided=2026-07-03 --set changes.C-1.decided_by=oskar.brandt --set "changes.C-1.decision_reason=Eight benches less to fish out of the harbour"
10:10 ines.holt  $ pmo gate explain riverside-path
      = exit 1
      > BLOCKED by 1
      > upstream-delivered
      > flood-gauges

== 2026-09-08
09:00 ines.holt  $ pmo review open riverside-path
13:00 oskar.brandt $ pmo review decide riverside-path hold --resume-by 2026-10-05 --reason "It may be opened when the gauges warn"

# Nobody forgets a hold whose time has run out.
== 2026-10-06
09:00 ines.holt  $ pmo status
      > resume  riverside-path at ready-for-closing

== 2026-10-13
09:00 ines.holt  $ pmo gate explain riverside-path
      > READY
09:10 ines.holt  $ pmo review open riverside-path
      > ready-for-closing/2
13:00 oskar.brandt $ pmo review decide riverside-path go
      > executing -> closing

== 2026-10-27
09:00 ines.holt  $ pmo project amend riverside-path --set 'lessons=[{id: E-1, title: "The path waited five weeks for the gauges", recommendation: "Plan the two as one programme, with one date"}]'
09:10 oskar.brandt $ pmo project artefact riverside-path end-report approved
09:20 kira.holm  $ pmo project answer riverside-path documents-archived yes --evidence https://archive.marnby.example/riverside-path

== 2026-11-02
09:00 ines.holt  $ pmo review open riverside-path
13:00 oskar.brandt $ pmo review decide riverside-path go
      > closing -> benefits

== 2026-12-11
09:00 lea.sand   $ pmo project amend riverside-path --set benefits.B-1.status=missed --set 'benefits.B-1.measurements=[{date: "2026-10-31", value: 210, by: lea.sand, note: Open for eighteen days only}]'
09:10 oskar.brandt $ pmo project artefact riverside-path benefits-report approved

# The lesson was passed on to nobody: a should, which is kept and does not bar.
== 2026-12-16
09:00 lea.sand   $ pmo review open riverside-path --gate benefits-settled
      > READY
13:00 oskar.brandt $ pmo review decide riverside-path go
      > benefits -> closed
