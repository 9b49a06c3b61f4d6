#!/bin/sh
# Run a command only where a release is ready:  sh gate.sh RECORD COMMAND...
set -u
record=$1
shift
pmo check --standard ./release --gate go-live ${PMO_GATE_OPTIONS:-} "$record"
answer=$?
case $answer in
0) exec "$@" ;;
1) echo "Not deployed: the gate is blocked." >&2 ;;
3) echo "Not deployed: the record or the standard cannot be read." >&2 ;;
*) echo "Not deployed: pmo could not tell (exit $answer)." >&2 ;;
esac
exit "$answer"
