# Light on the quay: begun outside the office, and taken in where it stands, on evidence.

== 2026-05-04
10:01 kira.holm  $ pmo project enter quay-lighting --from projects/quay-lighting.yaml --phase executing --role owner=oskar.brandt --role provider=nils.aas --role business-manager=lea.sand --role manager=mia.dorn
      = exit 4
      ! needs evidence
10:02 kira.holm  $ pmo project enter quay-lighting --from projects/quay-lighting.yaml --phase executing --evidence evidence/quay-decision-2024.md --role owner=oskar.brandt --role provider=nils.aas --role business-manager=lea.sand --role manager=mia.dorn
      > executing

== 2026-06-22
09:00 mia.dorn   $ pmo project amend quay-lighting --set deliverables.D-1.state=delivered --set issues.I-1.escalated_to=harbour-office
09:10 oskar.brandt $ pmo project artefact quay-lighting acceptance-note provisional
09:20 oskar.brandt $ pmo project artefact quay-lighting acceptance-note final
09:30 mia.dorn   $ pmo project answer quay-lighting transition-finished yes --evidence https://intranet.marnby.example/quay
09:40 rosa.lind  $ pmo project answer quay-lighting users-ready na --justification "Lamps need no course"

== 2026-07-06
09:00 mia.dorn   $ pmo review open quay-lighting
      > READY
13:00 oskar.brandt $ pmo review decide quay-lighting go
      > executing -> closing

== 2026-07-27
09:00 mia.dorn   $ pmo project amend quay-lighting --set 'lessons=[{id: E-1, title: "Two years without anybody who asked", recommendation: "Register a project when it begins", shared: "2026-07-27", shared_with: pmo}]'
09:10 oskar.brandt $ pmo project artefact quay-lighting end-report approved
09:20 kira.holm  $ pmo project answer quay-lighting documents-archived yes --evidence https://archive.marnby.example/quay-lighting

== 2026-08-03
09:00 mia.dorn   $ pmo review open quay-lighting
13:00 oskar.brandt $ pmo review decide quay-lighting go
      > closing -> benefits

== 2026-12-07
09:00 lea.sand   $ pmo project amend quay-lighting --set benefits.B-1.status=realized --set 'benefits.B-1.measurements=[{date: "2026-11-30", value: 1, by: lea.sand}]'
09:10 oskar.brandt $ pmo project artefact quay-lighting benefits-report approved

== 2026-12-14
09:00 lea.sand   $ pmo review open quay-lighting --gate benefits-settled
13:00 oskar.brandt $ pmo review decide quay-lighting go
      > benefits -> closed
