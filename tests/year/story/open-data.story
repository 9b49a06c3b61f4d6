# The city's data for everybody: three months, a go in each, and the benefit by the end of the year.

== 2026-05-26
10:00 kira.holm  $ pmo project add projects/open-data.yaml --standard p3express@2.0.0 --role sponsor=lea.sand --role manager=mia.dorn
11:00 mia.dorn   $ pmo project artefact open-data description agreed
11:01 mia.dorn   $ pmo project artefact open-data deliverables-map agreed
11:02 mia.dorn   $ pmo project artefact open-data follow-up-register open
11:03 mia.dorn   $ pmo project artefact open-data health-register open
12:00 tove.lie   $ pmo project answer open-data initiation-reviewed yes --evidence https://reviews.marnby.example/open-data/0
13:00 lea.sand   $ pmo project answer open-data justified yes

== 2026-06-01
09:00 mia.dorn   $ pmo review open open-data
13:00 lea.sand   $ pmo review decide open-data go
      > initiation -> cycle

== 2026-06-02
09:00 mia.dorn   $ pmo project answer open-data project-kicked-off yes --evidence https://minutes.marnby.example/2026/98

# The manager works in the file, and has it counted from there.
== 2026-06-29
09:00 mia.dorn   $ pmo project artefact open-data description refined
09:01 mia.dorn   $ pmo project artefact open-data deliverables-map refined
09:02 mia.dorn   $ pmo project artefact open-data follow-up-register current
09:03 mia.dorn   $ pmo project artefact open-data health-register current
09:10 mia.dorn   $ pmo project show open-data --yaml > projects/open-data.yaml
09:20 mia.dorn   $ cat >> projects/open-data.yaml
      < health:
      <   - id: H-1
      <     title: On time
      <     kind: performance
      <     date: "2026-06-29"
      <     cost: {amount: "41000.00", currency: EUR}
      <     end: "2026-09-30"
      <     shortfall: false
      <   - {id: H-2, title: The paper waits for it, kind: satisfaction, date: "2026-06-26", shortfall: false}
      < lessons:
      <   - id: L-1
      <     title: Whoever has the data is on leave in July
      <     recorded: "2026-06-26"
      <     recommendation: Ask for all of it in June
      <     owner: mia.dorn
09:21 mia.dorn   $ pmo project amend open-data --from projects/open-data.yaml
      > 2 changes
09:30 mia.dorn   $ pmo project amend open-data --set stakeholders.K-1.last_told=2026-06-29
10:00 mia.dorn   $ pmo project answer open-data month-kicked-off yes
11:00 tove.lie   $ pmo project answer open-data month-reviewed yes --evidence https://reviews.marnby.example/open-data/1
13:00 lea.sand   $ pmo project answer open-data justified yes

== 2026-07-01
09:00 mia.dorn   $ pmo review open open-data --gate month-go
      > month-go@2026-07-01/1
      > READY
13:00 lea.sand   $ pmo review decide open-data go

== 2026-07-30
09:00 mia.dorn   $ pmo project artefact open-data description refined
09:01 mia.dorn   $ pmo project artefact open-data deliverables-map refined
09:02 mia.dorn   $ pmo project artefact open-data follow-up-register current
09:03 mia.dorn   $ pmo project artefact open-data health-register current
09:10 mia.dorn   $ cat > change.json
      < [{"op": "add", "path": "/health/-", "value":
      <   {"id": "H-3", "title": "Thirteen of twenty", "kind": "performance", "date": "2026-07-30", "cost": {"amount": "40500.00", "currency": "EUR"}, "end": "2026-09-18", "shortfall": false}},
      <  {"op": "add", "path": "/health/-", "value":
      <   {"id": "H-4", "title": "Nobody misses anything", "kind": "satisfaction", "date": "2026-07-27", "shortfall": false}},
      <  {"op": "add", "path": "/lessons/-", "value":
      <   {"id": "L-2", "title": "Two lists held names of tenants", "recorded": "2026-07-20", "recommendation": "Two people look at each list before it goes out", "owner": "nils.aas"}},
      <  {"op": "add", "path": "/deliverables/0/state", "value": "accepted"},
      <  {"op": "add", "path": "/deliverables/0/accepted", "value": "2026-07-28"},
      <  {"op": "add", "path": "/deliverables/0/accepted_by", "value": "lea.sand"},
      <  {"op": "replace", "path": "/stakeholders/0/last_told", "value": "2026-07-29"}]
09:11 mia.dorn   $ pmo project amend open-data --patch change.json
10:00 mia.dorn   $ pmo project answer open-data month-kicked-off yes
11:00 tove.lie   $ pmo project answer open-data month-reviewed yes --evidence https://reviews.marnby.example/open-data/2
13:00 lea.sand   $ pmo project answer open-data justified yes

# 1 August is a Saturday: on Monday it is still due.
== 2026-08-03
09:00 mia.dorn   $ pmo review open open-data --gate month-go
      > month-go@2026-08-01/1
      > READY
13:00 lea.sand   $ pmo review decide open-data go

== 2026-08-31
09:00 mia.dorn   $ pmo project artefact open-data description refined
09:01 mia.dorn   $ pmo project artefact open-data deliverables-map refined
09:02 mia.dorn   $ pmo project artefact open-data follow-up-register current
09:03 mia.dorn   $ pmo project artefact open-data health-register current
09:10 mia.dorn   $ cat > change.json
      < [{"op": "add", "path": "/health/-", "value":
      <   {"id": "H-5", "title": "Nineteen of twenty", "kind": "performance", "date": "2026-08-31", "cost": {"amount": "40900.00", "currency": "EUR"}, "end": "2026-09-18", "shortfall": false}},
      <  {"op": "add", "path": "/health/-", "value":
      <   {"id": "H-6", "title": "The paper has printed a map", "kind": "satisfaction", "date": "2026-08-26", "shortfall": false}},
      <  {"op": "add", "path": "/lessons/-", "value":
      <   {"id": "L-3", "title": "One list is renewed by hand after all", "recorded": "2026-08-24", "recommendation": "Leave it out", "owner": "nils.aas"}},
      <  {"op": "replace", "path": "/risks/0/due", "value": "2026-09-18"},
      <  {"op": "replace", "path": "/stakeholders/0/last_told", "value": "2026-08-27"}]
09:11 mia.dorn   $ pmo project amend open-data --patch change.json
10:00 mia.dorn   $ pmo project answer open-data month-kicked-off yes
11:00 tove.lie   $ pmo project answer open-data month-reviewed yes --evidence https://reviews.marnby.example/open-data/3
13:00 lea.sand   $ pmo project answer open-data justified yes

== 2026-09-01
09:00 mia.dorn   $ pmo review open open-data --gate month-go
      > month-go@2026-09-01/1
      > READY
13:00 lea.sand   $ pmo review decide open-data go

== 2026-09-18
09:00 mia.dorn   $ pmo project amend open-data --set deliverables.D-2.state=accepted --set deliverables.D-2.accepted=2026-09-17 --set deliverables.D-2.accepted_by=lea.sand --set risks.R-1.status=closed
09:10 mia.dorn   $ pmo project artefact open-data handover-note signed

== 2026-09-21
09:00 mia.dorn   $ pmo review open open-data --gate handed-over
13:00 lea.sand   $ pmo review decide open-data go
      > cycle -> closure

== 2026-10-02
09:00 mia.dorn   $ cat > change.json
      < [{"op": "add", "path": "/health/-", "value":
      <   {"id": "H-7", "title": "Found by whoever looked", "kind": "satisfaction", "date": "2026-09-28", "shortfall": false}},
      <  {"op": "replace", "path": "/stakeholders/0/last_told", "value": "2026-09-30"}]
09:01 mia.dorn   $ pmo project amend open-data --patch change.json
10:00 tove.lie   $ pmo project answer open-data closure-reviewed yes --evidence https://reviews.marnby.example/open-data/end
10:10 mia.dorn   $ pmo project answer open-data documents-archived yes --evidence https://archive.marnby.example/open-data
10:20 lea.sand   $ pmo project answer open-data celebrated yes

== 2026-10-05
09:00 mia.dorn   $ pmo review open open-data
13:00 lea.sand   $ pmo review decide open-data go
      > closure -> after

== 2026-12-14
09:00 lea.sand   $ pmo project amend open-data --set benefits.B-1.status=realized --set 'benefits.B-1.measurements=[{date: "2026-11-30", value: 7, by: lea.sand}]' --set stakeholders.K-1.last_told=2026-12-11
09:10 lea.sand   $ pmo project answer open-data ideas-acted-on na --justification "The twenty cover what is asked for"
09:20 lea.sand   $ pmo review open open-data
      > benefits@2027-01-05/1
      > READY
13:00 lea.sand   $ pmo review decide open-data finished --reason "Seven requests a month are left"
      > after -> ended
