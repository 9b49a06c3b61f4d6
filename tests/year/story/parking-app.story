# Pay for parking by telephone: rejected at its first gate, and archived for its lesson.

== 2026-02-02
10:00 kira.holm  $ pmo project add projects/parking-app.yaml --role owner=oskar.brandt --role manager=jon.vale
10:01 kira.holm  $ pmo project add projects/parking-app.yaml
14:00 jon.vale   $ pmo project artefact parking-app business-case submitted

== 2026-03-02
09:00 jon.vale   $ pmo review open parking-app
      > BLOCKED
13:00 oskar.brandt $ pmo review decide parking-app go
      = exit 4
      ! business-case-approved
13:01 oskar.brandt $ pmo review decide parking-app reject
      = exit 4
      ! needs a reason
13:02 oskar.brandt $ pmo review decide parking-app rejct --reason "Three companies offer it already"
      = exit 2
      ! reject
13:03 oskar.brandt $ pmo review decide parking-app reject --reason "Three companies offer it already"
      > initiating -> closing

# It delivered nothing, so there is no report to write: a gate of its own leads out.
== 2026-03-16
09:00 jon.vale   $ pmo gate explain parking-app --short
      = exit 1
      > project-archived
      > BLOCKED by 2
09:10 jon.vale   $ pmo project amend parking-app --set 'lessons=[{id: E-1, title: "Six weeks went into a case that a search would have ended", recommendation: "Look what can be bought before anything is written"}]'
09:20 kira.holm  $ pmo project answer parking-app documents-archived yes --evidence https://archive.marnby.example/parking-app

== 2026-03-23
09:00 jon.vale   $ pmo review open parking-app
      > project-archived/1
13:00 oskar.brandt $ pmo review decide parking-app go
      > closing -> closed
