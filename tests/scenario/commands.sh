#!/bin/bash
# The commands that need no run: what they print, where, and their exit status.
#
# Usage: commands.sh HEADROOM SOURCE_ROOT
set -u
headroom=$1 root=$2
export HEADROOM_SCENARIOS=$root/scenarios
failures=0

# status EXPECTED ARGUMENTS... : the exit status, with nothing lost of the output
status() {
    local expected=$1 got
    shift
    said=$("$headroom" "$@" 2>&1)
    got=$?
    [ "$got" -eq "$expected" ] && return
    echo "headroom $*: exit status $got instead of $expected: $said" >&2
    failures=$((failures + 1))
}

says() {
    case $said in
    *"$1"*) return ;;
    esac
    echo "expected \"$1\" in: ${said:0:300}" >&2
    failures=$((failures + 1))
}

is_json() {
    echo "$said" | python3 -c 'import json, sys; json.load(sys.stdin)' && return
    echo "not JSON: ${said:0:300}" >&2
    failures=$((failures + 1))
}

status 0 --help
says "Commands:"
status 0 --version
says "headroom "
status 2
status 2 chek
says "did you mean check?"
status 2 fly-to-the-moon
says "--help lists them"
status 2 check
status 2 check --no-such-option "$root/scenarios/tees_like_today.yaml"
status 2 check one.yaml two.yaml
status 2 check no_such.yaml
says "no_such.yaml: cannot be read: No such file or directory"
status 2 keys surplus
status 0 check --help

status 0 keys
says "workforce.leave_rate.partner"
status 0 keys --json
is_json
status 0 forms
says "group_by"
status 0 forms --json
is_json
status 0 schema
is_json
for scenario in "$root"/scenarios/*.yaml; do
    status 0 check "$scenario"
    says "calibration"
    says "DEFAULT"
    status 0 check --json --neutral "$scenario"
    is_json
done
status 0 check -s trials=7 "$root/scenarios/tees_like_today.yaml"
says "trials      7"
status 2 check --json -s trials=0 "$root/scenarios/tees_like_today.yaml"
says '"valid": false'

# a full disk
"$headroom" keys >/dev/full 2>/dev/null
[ $? -eq 1 ] || { echo "a full disk goes unnoticed" >&2; failures=$((failures + 1)); }

[ "$failures" -eq 0 ]
