# A garden for readers: a go each month, save in April, when nobody found the time.

== 2026-01-12
10:00 kira.holm  $ pmo project add projects/reading-garden.yaml --standard p3express --role sponsor=vera.lund --role manager=tove.lie

== 2026-01-14
09:00 tove.lie   $ pmo project artefact reading-garden description agreed
09:01 tove.lie   $ pmo project artefact reading-garden deliverables-map agreed
09:02 tove.lie   $ pmo project artefact reading-garden follow-up-register open
09:03 tove.lie   $ pmo project artefact reading-garden health-register open
13:00 tove.lie   $ pmo project answer reading-garden initiation-reviewed yes --evidence https://reviews.marnby.example/reading-garden/0
      = exit 4
      ! tove.lie may not answer
13:30 iris.kamp  $ pmo project answer reading-garden initiation-reviewed yes --evidence https://reviews.marnby.example/reading-garden/0

== 2026-01-19
09:00 tove.lie   $ pmo review open reading-garden
      > BLOCKED
10:00 vera.lund  $ pmo project answer reading-garden justified yes
13:00 vera.lund  $ pmo review decide reading-garden go
      > initiation -> cycle

== 2026-01-21
09:00 tove.lie   $ pmo project answer reading-garden project-kicked-off yes --evidence https://minutes.marnby.example/2026/14

# The first month is decided two days before it ends.
== 2026-02-16
09:00 tove.lie   $ pmo project artefact reading-garden description refined
09:01 tove.lie   $ pmo project artefact reading-garden deliverables-map refined
09:02 tove.lie   $ pmo project artefact reading-garden follow-up-register current
09:03 tove.lie   $ pmo project artefact reading-garden health-register current
09:10 tove.lie   $ cat > change.json
      < [{"op": "add", "path": "/health", "value": [
      <   {"id": "H-1", "title": "As planned", "kind": "performance", "date": "2026-02-16", "cost": {"amount": "64000.00", "currency": "EUR"}, "end": "2026-06-30", "shortfall": false},
      <   {"id": "H-2", "title": "Librarians look forward to it", "kind": "satisfaction", "date": "2026-02-13", "shortfall": false}]},
      <  {"op": "add", "path": "/lessons", "value": [
      <   {"id": "L-1", "title": "Rubble in one of three places", "recorded": "2026-02-12", "recommendation": "Dig before a plant is ordered", "owner": "ines.holt"}]},
      <  {"op": "add", "path": "/risks/0/status", "value": "materialised"},
      <  {"op": "add", "path": "/issues", "value": [
      <   {"id": "I-1", "title": "Rubble under the north bed", "owner": "ines.holt", "due": "2026-03-06", "status": "open"}]},
      <  {"op": "replace", "path": "/stakeholders/0/last_told", "value": "2026-02-16"}]
09:11 tove.lie   $ pmo project amend reading-garden --patch change.json
10:00 tove.lie   $ pmo project answer reading-garden month-kicked-off yes
11:00 iris.kamp  $ pmo project answer reading-garden month-reviewed yes --evidence https://reviews.marnby.example/reading-garden/1
13:00 vera.lund  $ pmo project answer reading-garden justified yes

== 2026-02-17
09:00 tove.lie   $ pmo review open reading-garden
      = exit 2
      ! month-go, handed-over
09:01 tove.lie   $ pmo review open reading-garden --gate month-go
      > month-go@2026-02-19/1
      > READY
09:10 tove.lie   $ pmo review decide reading-garden go
      = exit 4
      ! vera.lund
13:00 vera.lund  $ pmo review decide reading-garden go

# It is decided, so that on its day nothing more falls due for anybody.
== 2026-03-16
09:00 tove.lie   $ pmo gate explain reading-garden --gate month-go --short
      = exit 1
      > month-go@2026-03-19
09:10 tove.lie   $ pmo project artefact reading-garden description refined
09:11 tove.lie   $ pmo project artefact reading-garden deliverables-map refined
09:12 tove.lie   $ pmo project artefact reading-garden follow-up-register current
09:13 tove.lie   $ pmo project artefact reading-garden health-register current
09:20 tove.lie   $ cat > change.json
      < [{"op": "add", "path": "/health/-", "value":
      <   {"id": "H-3", "title": "Two thousand euros more for the rubble", "kind": "performance", "date": "2026-03-16", "cost": {"amount": "66000.00", "currency": "EUR"}, "end": "2026-06-30", "shortfall": true, "response": "Two benches fewer", "owner": "tove.lie"}},
      <  {"op": "add", "path": "/health/-", "value":
      <   {"id": "H-4", "title": "Neighbours fear the noise", "kind": "satisfaction", "date": "2026-03-12", "shortfall": true, "response": "A meeting in the yard", "owner": "tove.lie"}},
      <  {"op": "add", "path": "/lessons/-", "value":
      <   {"id": "L-2", "title": "The neighbours heard of it from the builders", "recorded": "2026-03-12", "recommendation": "Ring at their doors", "owner": "tove.lie"}},
      <  {"op": "replace", "path": "/issues/0/status", "value": "resolved"},
      <  {"op": "add", "path": "/deliverables/0/state", "value": "accepted"},
      <  {"op": "add", "path": "/deliverables/0/accepted", "value": "2026-03-02"},
      <  {"op": "add", "path": "/deliverables/0/accepted_by", "value": "vera.lund"},
      <  {"op": "replace", "path": "/stakeholders/0/last_told", "value": "2026-03-13"}]
09:21 tove.lie   $ pmo project amend reading-garden --patch change.json
10:00 tove.lie   $ pmo project answer reading-garden month-kicked-off yes
11:00 iris.kamp  $ pmo project answer reading-garden month-reviewed yes --evidence https://reviews.marnby.example/reading-garden/2
13:00 vera.lund  $ pmo project answer reading-garden justified yes

# On the day itself.
== 2026-03-19
06:00 kira.holm  $ pmo tick
09:00 tove.lie   $ pmo review open reading-garden --gate month-go@2026-03-19
      > READY
13:00 vera.lund  $ pmo review decide reading-garden go

# A review is opened in April, and then the sponsor travels. The month goes by without a decision.
== 2026-04-17
09:00 tove.lie   $ pmo project artefact reading-garden description refined
09:01 tove.lie   $ pmo project artefact reading-garden deliverables-map refined
09:10 tove.lie   $ pmo review open reading-garden --gate month-go
      > month-go@2026-04-19/1
      > BLOCKED

== 2026-05-19
08:00 kira.holm  $ pmo tick
      > month-go
      > missed
09:00 vera.lund  $ pmo review decide reading-garden go --review month-go@2026-04-19/1
      = exit 4
      ! closed
09:10 tove.lie   $ pmo review open reading-garden --gate month-go@2026-04-19
      = exit 4
      ! was missed

# Whoever works without a go has much to catch up.
== 2026-05-20
09:00 tove.lie   $ pmo project artefact reading-garden description refined
09:01 tove.lie   $ pmo project artefact reading-garden deliverables-map refined
09:02 tove.lie   $ pmo project artefact reading-garden follow-up-register current
09:03 tove.lie   $ pmo project artefact reading-garden health-register current
09:10 tove.lie   $ cat > change.json
      < [{"op": "add", "path": "/health/-", "value":
      <   {"id": "H-5", "title": "Trees stand, benches are late", "kind": "performance", "date": "2026-05-20", "cost": {"amount": "65500.00", "currency": "EUR"}, "end": "2026-06-19", "shortfall": false}},
      <  {"op": "add", "path": "/health/-", "value":
      <   {"id": "H-6", "title": "The neighbours read, too", "kind": "satisfaction", "date": "2026-05-12", "shortfall": false}},
      <  {"op": "add", "path": "/health/-", "value":
      <   {"id": "H-7", "title": "A month without a go is a month without a sponsor", "kind": "peer-review", "about": "month", "date": "2026-05-18", "by": "iris.kamp", "shortfall": true, "response": "The sponsor names who stands in", "owner": "vera.lund", "evidence": ["https://reviews.marnby.example/reading-garden/3"]}},
      <  {"op": "add", "path": "/lessons/-", "value":
      <   {"id": "L-3", "title": "Nobody decides while the sponsor travels", "recorded": "2026-05-18", "recommendation": "Put the twelve dates into her calendar in January", "owner": "kira.holm"}},
      <  {"op": "add", "path": "/deliverables/1/state", "value": "accepted"},
      <  {"op": "add", "path": "/deliverables/1/accepted", "value": "2026-05-15"},
      <  {"op": "add", "path": "/deliverables/1/accepted_by", "value": "vera.lund"},
      <  {"op": "replace", "path": "/stakeholders/0/last_told", "value": "2026-05-19"}]
09:11 tove.lie   $ pmo project amend reading-garden --patch change.json
10:00 vera.lund  $ pmo project answer reading-garden justified yes
10:10 tove.lie   $ pmo review open reading-garden --gate month-go
      > month-go@2026-05-19/1
      > READY
13:00 vera.lund  $ pmo review decide reading-garden go

# It is finished before the next month is asked about.
== 2026-06-17
09:00 tove.lie   $ pmo project amend reading-garden --set deliverables.D-3.state=accepted --set deliverables.D-3.accepted=2026-06-15 --set deliverables.D-3.accepted_by=vera.lund

# What nobody has taken over yet is not looked at.
09:05 tove.lie   $ pmo review open reading-garden --gate handed-over
      = exit 4
      ! entrance criteria
      ! handover-signed
09:10 tove.lie   $ pmo project artefact reading-garden handover-note signed

# She had asked for one more month already. With the handover nobody needs to answer that any more.
== 2026-06-18
08:00 tove.lie   $ pmo review open reading-garden --gate month-go
      > month-go@2026-06-19/1
      > BLOCKED
09:00 tove.lie   $ pmo review open reading-garden --gate handed-over
      > READY
13:00 vera.lund  $ pmo review decide reading-garden go
      = exit 2
      ! month-go@2026-06-19/1, handed-over/1
13:01 vera.lund  $ pmo review decide reading-garden go --review handed-over/1
      > cycle -> closure
      > month-go@2026-06-19/1 ended undecided

== 2026-06-30
09:00 tove.lie   $ cat > change.json
      < [{"op": "add", "path": "/health/-", "value":
      <   {"id": "H-8", "title": "Everybody who was asked has sat there", "kind": "satisfaction", "date": "2026-06-26", "shortfall": false}},
      <  {"op": "replace", "path": "/stakeholders/0/last_told", "value": "2026-06-29"}]
09:01 tove.lie   $ pmo project amend reading-garden --patch change.json
10:00 iris.kamp  $ pmo project answer reading-garden closure-reviewed yes --evidence https://reviews.marnby.example/reading-garden/end
10:10 tove.lie   $ pmo project answer reading-garden documents-archived yes --evidence https://archive.marnby.example/reading-garden
10:20 vera.lund  $ pmo project answer reading-garden celebrated yes

== 2026-07-02
09:00 tove.lie   $ pmo review open reading-garden
      > READY
13:00 vera.lund  $ pmo review decide reading-garden go
      > closure -> after

# Three months later: did they come?
== 2026-10-05
09:00 lea.sand   $ pmo project amend reading-garden --set 'benefits.B-1.measurements=[{date: "2026-07-31", value: 5200, by: lea.sand}, {date: "2026-08-31", value: 6400, by: lea.sand}]' --set benefits.B-1.status=emerging --set stakeholders.K-1.last_told=2026-10-01
09:10 vera.lund  $ pmo project answer reading-garden ideas-acted-on yes
09:20 vera.lund  $ pmo review open reading-garden
      > benefits@2026-10-02/1
13:00 vera.lund  $ pmo review decide reading-garden go

== 2026-12-09
09:00 lea.sand   $ pmo project amend reading-garden --set 'benefits.B-1.measurements=[{date: "2026-07-31", value: 5200, by: lea.sand}, {date: "2026-08-31", value: 6400, by: lea.sand}, {date: "2026-11-30", value: 4700, by: lea.sand}]' --set benefits.B-1.status=realized --set stakeholders.K-1.last_told=2026-12-08
09:10 vera.lund  $ pmo project answer reading-garden ideas-acted-on yes

== 2026-12-10
09:00 vera.lund  $ pmo review open reading-garden
      > benefits@2027-01-02/1
13:00 vera.lund  $ pmo review decide reading-garden finished
      = exit 4
      ! needs a reason
13:01 vera.lund  $ pmo review decide reading-garden finished --reason "Measured twice, and reached in August"
      > after -> ended
