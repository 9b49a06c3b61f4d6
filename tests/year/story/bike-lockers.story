# Lockers for bicycles: two months with a go, then the railway builds its own, and it is cancelled.

== 2026-02-18
10:00 kira.holm  $ pmo project add projects/bike-lockers.yaml --standard p3express --role sponsor=oskar.brandt --role manager=jon.vale
11:00 jon.vale   $ pmo project artefact bike-lockers description agreed
11:01 jon.vale   $ pmo project artefact bike-lockers deliverables-map agreed
11:02 jon.vale   $ pmo project artefact bike-lockers follow-up-register open
11:03 jon.vale   $ pmo project artefact bike-lockers health-register open
12:00 iris.kamp  $ pmo project answer bike-lockers initiation-reviewed yes --evidence https://reviews.marnby.example/bike-lockers/0
13:00 oskar.brandt $ pmo project answer bike-lockers justified yes

== 2026-02-23
09:00 oskar.brandt $ pmo review open bike-lockers
      > READY

# Whoever asks for a decision does not take it.
13:00 oskar.brandt $ pmo review decide bike-lockers go
      = exit 4
      ! self: never
13:01 oskar.brandt $ pmo review withdraw bike-lockers --reason "The manager asks, not I"
13:10 jon.vale   $ pmo review open bike-lockers
      > initiation-go/2
14:00 oskar.brandt $ pmo review decide bike-lockers go
      > initiation -> cycle

== 2026-02-25
09:00 jon.vale   $ pmo project answer bike-lockers project-kicked-off yes --evidence https://minutes.marnby.example/2026/47

== 2026-03-20
09:00 jon.vale   $ pmo project artefact bike-lockers description refined
09:01 jon.vale   $ pmo project artefact bike-lockers deliverables-map refined
09:02 jon.vale   $ pmo project artefact bike-lockers follow-up-register current
09:03 jon.vale   $ pmo project artefact bike-lockers health-register current
09:10 jon.vale   $ cat > change.json
      < [{"op": "add", "path": "/health", "value": [
      <   {"id": "H-1", "title": "As planned", "kind": "performance", "date": "2026-03-20", "cost": {"amount": "88000.00", "currency": "EUR"}, "end": "2026-08-31", "shortfall": false}]},
      <  {"op": "replace", "path": "/stakeholders/0/last_told", "value": "2026-03-20"}]
09:11 jon.vale   $ pmo project amend bike-lockers --patch change.json
10:00 iris.kamp  $ pmo project answer bike-lockers month-reviewed yes --evidence https://reviews.marnby.example/bike-lockers/1
11:00 oskar.brandt $ pmo project answer bike-lockers justified yes

== 2026-03-23
08:00 jon.vale   $ pmo review open bike-lockers --gate month-go
      > month-go@2026-03-23/1
      > READY
09:00 oskar.brandt $ pmo review decide bike-lockers go
      = exit 4
      ! satisfaction-asked
09:01 oskar.brandt $ pmo review decide bike-lockers go --reason "Nobody to ask yet, and the month had no lesson"

== 2026-04-22
09:00 jon.vale   $ pmo project artefact bike-lockers description refined
09:01 jon.vale   $ pmo project artefact bike-lockers deliverables-map refined
09:02 jon.vale   $ pmo project artefact bike-lockers follow-up-register current
09:03 jon.vale   $ pmo project artefact bike-lockers health-register current
09:10 jon.vale   $ cat > change.json
      < [{"op": "add", "path": "/health/-", "value":
      <   {"id": "H-2", "title": "The lease is late", "kind": "performance", "date": "2026-04-22", "cost": {"amount": "88000.00", "currency": "EUR"}, "end": "2026-09-30", "shortfall": true, "response": "The sponsor speaks with the railway", "owner": "oskar.brandt"}},
      <  {"op": "replace", "path": "/stakeholders/0/last_told", "value": "2026-04-20"},
      <  {"op": "replace", "path": "/deliverables/0/planned", "value": "2026-05-22"},
      <  {"op": "add", "path": "/lessons", "value": [
      <   {"id": "L-1", "title": "A lease takes a quarter of a year", "recorded": "2026-04-21", "recommendation": "Begin with the ground", "owner": "jon.vale"}]}]
09:11 jon.vale   $ pmo project amend bike-lockers --patch change.json
10:00 iris.kamp  $ pmo project answer bike-lockers month-reviewed yes --evidence https://reviews.marnby.example/bike-lockers/2
11:00 oskar.brandt $ pmo project answer bike-lockers justified yes

== 2026-04-23
08:20 jon.vale   $ pmo review open bike-lockers --gate month-go
      > READY
09:00 oskar.brandt $ pmo review decide bike-lockers go --reason "Nobody uses them yet whom one could ask"

# The railway writes that it will build two hundred of them. Nothing is prepared, and nothing need be.
== 2026-05-20
09:10 jon.vale   $ pmo review open bike-lockers --gate month-go
      > month-go@2026-05-23/1
      > BLOCKED
13:00 oskar.brandt $ pmo review decide bike-lockers kill --reason "The railway builds two hundred lockers at its own cost"
      > cycle -> closure

== 2026-06-03
09:00 jon.vale   $ cat > change.json
      < [{"op": "add", "path": "/cancelled", "value": {"date": "2026-05-20", "by": "oskar.brandt", "reason": "The railway builds two hundred lockers at its own cost"}},
      <  {"op": "add", "path": "/health/-", "value":
      <   {"id": "H-3", "title": "The railway is pleased", "kind": "satisfaction", "date": "2026-06-01", "shortfall": false}},
      <  {"op": "replace", "path": "/stakeholders/0/last_told", "value": "2026-06-01"}]
09:01 jon.vale   $ pmo project amend bike-lockers --patch change.json
10:00 iris.kamp  $ pmo project answer bike-lockers closure-reviewed yes --evidence https://reviews.marnby.example/bike-lockers/end
10:10 jon.vale   $ pmo project answer bike-lockers documents-archived yes --evidence https://archive.marnby.example/bike-lockers
10:20 oskar.brandt $ pmo project answer bike-lockers celebrated na --justification "There was nothing to celebrate but the railway"

== 2026-06-08
09:00 jon.vale   $ pmo review open bike-lockers
      > READY
13:00 oskar.brandt $ pmo review decide bike-lockers end-here --reason "Cancelled: there are no benefits to wait for"
      > closure -> ended
