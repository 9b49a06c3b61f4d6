# One card for all libraries: straight through all gates, until it is known what it brought.

== 2026-01-08
09:00 kira.holm  $ pmo project add projects/library-cards.yaml --role owner=vera.lund --role provider=nils.aas --role business-manager=lea.sand --role manager=ana.ruiz
10:00 vera.lund  $ pmo project artefact library-cards initiation-request approved

== 2026-01-15
09:00 lea.sand   $ pmo project artefact library-cards business-case submitted
14:00 vera.lund  $ pmo project artefact library-cards business-case approved

== 2026-01-16
13:00 siri.vik   $ pmo project answer library-cards data-protection-screened yes --evidence https://letters.marnby.example/2026/114
15:00 rosa.lind  $ pmo project answer library-cards stakeholders-consulted yes
      = exit 4
      ! with evidence only
15:01 rosa.lind  $ pmo project answer library-cards stakeholders-consulted yes --evidence evidence/library-survey.md
15:30 ana.ruiz   $ pmo gate explain library-cards
      = exit 1
      > BLOCKED by 1
      > charter-approved

== 2026-01-20
09:00 vera.lund  $ pmo project artefact library-cards charter approved
11:00 olav.rud   $ pmo project answer library-cards exit-review request-approved=1,context-documented=1,owner-identified=1,stakeholders-identified=1,roles-defined=1,lessons-consulted=0
11:30 ana.ruiz   $ pmo gate explain library-cards
      > READY

== 2026-01-22
09:00 ana.ruiz   $ pmo review open library-cards
      > ready-for-planning/1
      > READY
09:05 ana.ruiz   $ pmo review open library-cards
      = exit 4
      ! is open already

# The manager leads the project, and does not decide whether it goes on.
09:10 ana.ruiz   $ pmo review decide library-cards go
      = exit 4
      ! ana.ruiz may not decide
      ! vera.lund

== 2026-01-26
09:00 vera.lund  $ pmo review show library-cards
      > ready-for-planning/1
10:00 vera.lund  $ pmo review decide library-cards go --key go-library-cards --reason "The librarians want it themselves"
      > initiating -> planning

# The connection broke, and she sends it again: under one key it is done once.
10:01 vera.lund  $ pmo review decide library-cards go --key go-library-cards --reason "The librarians want it themselves"
10:02 vera.lund  $ pmo review decide library-cards hold --resume-by 2026-03-02 --key go-library-cards
      = exit 4
      ! was used for another command

# Somebody goes on writing in the survey that the decision rests on. It shows.
== 2026-01-30
09:00 rosa.lind  $ cat >> evidence/library-survey.md
      < Two more answered in the week after.
09:01 kira.holm  $ pmo decision show library-cards ready-for-planning/1
      > evidence/library-survey.md of Fri 16 Jan 2026, by Rosa Lind; 6cb063d5, altered since it was recorded

== 2026-02-04
09:00 ana.ruiz   $ pmo project answer library-cards kick-off-held yes --evidence https://minutes.marnby.example/2026/31

# She works from what she saw in January, and is told who changed it since.
== 2026-02-06
09:00 ana.ruiz   $ pmo project amend library-cards --set budget.forecast.amount="189000.00" --version 2
      = exit 4
      ! your change is to version 2
09:01 ana.ruiz   $ pmo project amend library-cards --set 'budget.forecast.amount="189000.00"' --set budget.approved_on=2026-02-05

== 2026-02-16
09:00 vera.lund  $ pmo project artefact library-cards handbook approved
09:01 vera.lund  $ pmo project artefact library-cards stakeholder-matrix approved
09:02 vera.lund  $ pmo project artefact library-cards business-implementation-plan approved
09:03 vera.lund  $ pmo project artefact library-cards deliverables-acceptance-plan approved
09:04 vera.lund  $ pmo project artefact library-cards transition-plan approved
09:05 vera.lund  $ pmo project artefact library-cards work-plan baselined
09:06 ana.ruiz   $ pmo gate explain library-cards --short
      = exit 1
      > BLOCKED by 1
      > data-protection-assessed
15:00 siri.vik   $ pmo project artefact library-cards data-protection-assessment approved --evidence https://letters.marnby.example/2026/207
16:00 olav.rud   $ pmo project answer library-cards planning-exit-review scope-elaborated=1,estimates-agreed=1,escalation-agreed=1,core-team-named=1,communications-planned=1,quality-planned=1

== 2026-02-23
09:00 ana.ruiz   $ pmo review open library-cards --gate ready-for-executing
      > READY
13:00 vera.lund  $ pmo review decide library-cards go
      > planning -> executing

== 2026-03-31
09:00 ana.ruiz   $ pmo project amend library-cards --set deliverables.D-1.state=in-progress --set deliverables.D-2.state=delivered --set deliverables.D-2.delivered=2026-03-27

== 2026-05-11
09:00 ana.ruiz   $ pmo project amend library-cards --set deliverables.D-1.state=accepted --set deliverables.D-2.state=accepted --set risks.R-1.status=closed
10:00 vera.lund  $ pmo project artefact library-cards acceptance-note final
10:30 ana.ruiz   $ pmo project answer library-cards transition-finished yes --evidence https://intranet.marnby.example/one-card
11:00 rosa.lind  $ pmo project answer library-cards users-ready yes --evidence https://intranet.marnby.example/one-card/course
11:30 olav.rud   $ pmo project answer library-cards executing-exit-review activities-done=1,requirements-met=1,quality-reviewed=1,support-arranged=1,lessons-kept=1,reports-filed=1

== 2026-05-18
09:00 ana.ruiz   $ pmo review open library-cards
13:00 vera.lund  $ pmo review decide library-cards go
      > executing -> closing

== 2026-05-26
09:00 ana.ruiz   $ cat > change.json
      < [{"op": "add", "path": "/lessons", "value": [
      <   {"id": "E-1", "title": "Nine members were two people each", "recommendation": "Let a librarian look at each pair, not a rule", "recorded": "2026-05-20"}]},
      <  {"op": "replace", "path": "/resources/0/status", "value": "released"},
      <  {"op": "add", "path": "/resources/0/released", "value": "2026-05-22"}]
09:00 ana.ruiz   $ pmo project amend library-cards --patch change.json
09:30 vera.lund  $ pmo project artefact library-cards end-report approved
10:00 kira.holm  $ pmo project answer library-cards documents-archived yes --evidence https://archive.marnby.example/library-cards

== 2026-06-01
09:00 ana.ruiz   $ pmo review open library-cards
      > project-closed/1
13:00 vera.lund  $ pmo review decide library-cards go
      > closing -> benefits

# Half a year later somebody asks.
== 2026-12-02
09:00 lea.sand   $ pmo project answer library-cards benefits-measured yes --evidence https://figures.marnby.example/loans-2026-11.csv
09:30 lea.sand   $ pmo review open library-cards --gate benefits-review
      > benefits-review@2026-12-01/1
13:00 vera.lund  $ pmo review decide library-cards go

== 2026-12-10
09:00 lea.sand   $ pmo project amend library-cards --set benefits.B-1.status=realized --set 'benefits.B-1.measurements=[{date: "2026-12-01", value: 2710, by: lea.sand}]' --set lessons.E-1.shared=2026-06-15 --set lessons.E-1.shared_with=school-libraries
10:00 vera.lund  $ pmo project artefact library-cards benefits-report approved

== 2026-12-15
09:00 lea.sand   $ pmo review open library-cards --gate benefits-settled
13:00 vera.lund  $ pmo review decide library-cards go
      > benefits -> closed
13:01 ana.ruiz   $ pmo review open library-cards
      = exit 4
      ! no gate is ahead
13:02 kira.holm  $ pmo decision show library-cards benefits-settled/1
      > vera.lund
