# The office itself: founded in January, looked at each month, and ticked, sometimes twice.

== 2026-01-05
08:00 kira.holm  $ pmo init marnby --standard pm2@3.1.0 --standard p3express@2.0.0 --title "City of Marnby" --zone Europe/Copenhagen
      > pm2@3.1.0
      > p3express@2.0.0
08:05 kira.holm  $ cat people.yaml >> marnby/pmo.yaml
08:06 kira.holm  $ cp projects/*.yaml marnby/projects/
08:07 kira.holm  $ cp evidence/*.md marnby/evidence/
08:08 kira.holm  $ cd marnby
08:09 kira.holm  $ rm projects/example.yaml
08:10 kira.holm  $ pmo project list
08:11 kira.holm  $ pmo tick
08:12 kira.holm  $ pmo tick
      > Nothing has come due

== 2026-02-02
06:00 kira.holm  $ pmo tick

== 2026-03-02
06:00 kira.holm  $ pmo tick
06:01 kira.holm  $ pmo tick
      > Nothing has come due
06:02 kira.holm  $ pmo status

== 2026-04-01
06:00 kira.holm  $ pmo tick

== 2026-05-01
06:00 kira.holm  $ pmo tick --dry-run
      > month-go@2026-04-19 is due
      > Nothing was written
06:01 kira.holm  $ pmo tick
06:02 kira.holm  $ pmo gate status
      = exit 1

== 2026-06-01
06:00 kira.holm  $ pmo tick
06:01 kira.holm  $ pmo tick
      > Nothing has come due

# The clock of somebody's machine is wrong: a tick before the last one does nothing.
06:02 kira.holm  $ pmo tick --at 2026-05-15T06:00Z
      > Nothing was done

== 2026-07-01
06:00 kira.holm  $ pmo tick
      > month-go@2026-07-01 is due

== 2026-08-03
06:00 kira.holm  $ pmo tick
06:01 kira.holm  $ pmo project list

== 2026-09-01
06:00 kira.holm  $ pmo tick

== 2026-10-01
06:00 kira.holm  $ pmo tick
06:01 kira.holm  $ pmo tick
      > Nothing has come due

== 2026-11-02
06:00 kira.holm  $ pmo tick

== 2026-12-01
06:00 kira.holm  $ pmo tick
      > benefits-review@2026-12-01 is due
06:01 kira.holm  $ pmo status --as lea.sand

== 2026-12-31
06:00 kira.holm  $ pmo tick
06:01 kira.holm  $ pmo tick
      > Nothing has come due
06:02 kira.holm  $ pmo status
06:03 kira.holm  $ pmo project list
      > 0 ready, 0 blocked, 8 with no gate ahead
06:04 kira.holm  $ pmo gate status
      > No project stands before a gate
06:05 kira.holm  $ pmo decision list
      > 45 decisions

# Their files are proposals of long ago, and what was changed in none of them changes nothing.
06:10 kira.holm  $ pmo project add projects/
      > 0 added, 0 changed, 8 unchanged, 0 not taken in
06:11 kira.holm  $ pmo project history flood-gauges
      > decided recycle at ready-for-executing/1
      > 60 events; chain whole
06:12 kira.holm  $ pmo decision show riverside-path ready-for-closing/1
      > Hold, Tue 8 Sep 2026 15:00, by Oskar Brandt (owner)
      > project flood-gauges in executing
      > resume by Mon 5 Oct 2026
06:13 kira.holm  $ pmo decision show flood-gauges ready-for-executing/1
      > Recycle
      > phase planning -> initiating
      > Below the weir no gauge may stand
06:14 kira.holm  $ pmo project show riverside-path
      > closed since Wed 16 Dec 2026
