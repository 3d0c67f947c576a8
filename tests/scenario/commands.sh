#!/bin/bash
# The commands that need no run: what they print, where, and their exit status.
#
# Usage: commands.sh HEADROOM SOURCE_ROOT
set -u
headroom=$1 root=$2
export HEADROOM_SCENARIOS=$root/scenarios
scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT
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
    status 0 check --all "$scenario"
    says "calibration"
    says "DEFAULT"
    status 0 check --json --neutral "$scenario"
    is_json
done
status 0 check -s trials=7 "$root/scenarios/tees_like_today.yaml"
says "trials      7"
says "--all lists every key"
[ "$(echo "$said" | wc -l)" -lt 20 ] || { echo "check is long: $said" >&2; failures=$((failures + 1)); }
status 2 check --json -s trials=0 "$root/scenarios/tees_like_today.yaml"
says '"valid": false'

# What is implausible is said, counted, and refused on request.
cat >"$scratch/practices.csv" <<'END'
practice_code,practice_name,network_code,contract_type,list,weighted_list,core_rate,partner_headcount,partner_fte,salaried_headcount,salaried_fte
T00001,Church Street,N1,GMS,8000,8400,0.01,2,15,2,1
T00002,Mill Lane,N1,GMS,8000,8400,149,2,1.6,2,1
T00003,Hill,N1,GMS,8000,8400,149,2,1.6,2,1
T00004,Dale,N1,GMS,8000,8400,149,2,1.6,2,1
END
cat >"$scratch/implausible.yaml" <<END
include: [assumptions/england_2026.yaml]
patch: { practices: practices.csv, horizon_years: 1 }
forms: [partnership]
reference: partnership
END
status 0 check "$scratch/implausible.yaml"
says "implausible 2; left as it is"
says "practices.csv:row 2: T00001 core_rate: 0.01 is outside 0.5 to 2 times the patch's median, 149"
says "practices.csv:row 2: T00001 partner_fte: 15 fte of 2 heads"
status 0 check --json "$scratch/implausible.yaml"
is_json
says '"implausible":'
status 2 check --strict "$scratch/implausible.yaml"
says "headroom: 2 implausible, and --strict refuses that"
status 0 run --trials 2 -o "$scratch/implausible.h5" "$scratch/implausible.yaml"
says "headroom: 2 things about the practices are implausible; headroom check $scratch/implausible.yaml says which"
status 2 run --strict --trials 2 -o "$scratch/refused.h5" "$scratch/implausible.yaml"
[ -e "$scratch/refused.h5" ] && { echo "--strict left a result" >&2; failures=$((failures + 1)); }
status 0 check "$root/scenarios/tees_like_today.yaml"
says "implausible nothing"

# A calibration that is not usual is accepted for a reason, which the result keeps.
sed 's/,8000,8400,149,/,8000,8400,240,/; s/,0.01,2,15,/,240,2,1.6,/' "$scratch/practices.csv" >"$scratch/rich.csv"
sed 's/practices.csv/rich.csv/' "$scratch/implausible.yaml" >"$scratch/rich.yaml"
status 2 check "$scratch/rich.yaml"
says "rich.yaml:2:21: patch.practices: for partners to earn money.partner_income"
says "accept it with money.calibration_factor.most"
echo 'money.calibration_factor.most: { value: 20, source: "they own their hospital" }' >>"$scratch/rich.yaml"
status 0 check "$scratch/rich.yaml"
says "0.5 to 20 is accepted"
status 0 run --trials 2 -o "$scratch/rich.h5" "$scratch/rich.yaml"
status 0 show "$scratch/rich.h5"
said=${said//$'\n'/ } # it is wrapped
says "0.5 to 1.5 is usual; accepted because: they own their hospital"
status 0 show --json "$scratch/rich.h5"
is_json
says '"calibration_reason": "they own their hospital"'
status 0 verify "$scratch/rich.h5"
status 0 show "$scratch/implausible.h5"
case $said in *"accepted because"*) failures=$((failures + 1)); echo "a usual calibration is remarked on" >&2 ;; esac

# The schema takes what is shipped, where Python can tell.
if python3 -c 'import jsonschema, yaml' 2>/dev/null; then
    "$headroom" schema >"$scratch/schema.json"
    python3 - "$scratch/schema.json" "$root"/scenarios/*.yaml "$root"/scenarios/assumptions/*.yaml <<'END' || failures=$((failures + 1))
import json
import sys

import jsonschema
import yaml


def text_keys(node):
    """Years are keys, and JSON has no other than text."""
    if isinstance(node, dict):
        return {str(key): text_keys(value) for key, value in node.items()}
    return [text_keys(item) for item in node] if isinstance(node, list) else node


schema = json.load(open(sys.argv[1], encoding="utf-8"))
jsonschema.Draft7Validator.check_schema(schema)
for path in sys.argv[2:]:
    with open(path, encoding="utf-8") as scenario:
        jsonschema.validate(text_keys(yaml.safe_load(scenario)), schema)
END
fi

# A shipped scenario is found by name from any folder, a file of that name first.
for name in tees_like_today tees_like_today.yaml; do
    said=$(cd "$scratch" && "$headroom" check "$name") ||
        { echo "$name is not found" >&2; failures=$((failures + 1)); }
    says "76 practices"
done
status 2 check tees_like_tody
says "tees_like_tody: is no file and no shipped scenario; the nearest is tees_like_today; there are london_2017 "
status 2 check quite_another_name
says "is no file and no shipped scenario; there are london_2017 "
status 2 check no_such/tees_like_today
says "cannot be read"

# A scenario of one's own, from any folder, whatever its name; and it is not overwritten.
for name in ours "Our twelve, (2026) [é] 'x' \"y\" & \$z"; do
    folder="$scratch/in $name"
    mkdir "$folder"
    cp "$root/scenarios/patches/example_patch.csv" "$folder/$name.csv"
    cd "$folder" || exit 1
    status 0 new "$name" --practices "$name.csv"
    says "wrote $name.yaml"
    (eval "\"\$headroom\" ${said##*next: headroom } --trials 16 -o result.h5") >/dev/null ||
        { echo "what new says is next does not run: $said" >&2; failures=$((failures + 1)); }
    status 2 new "$name"
    says "nothing is overwritten"
    cd "$scratch" || exit 1
    status 0 new "$folder/elsewhere.yaml" --practices "in $name/$name.csv"
    status 0 new --json "$folder/shipped"
    is_json
done
status 2 new nowhere --practices no_such.csv
says "no_such.csv: No such file"
[ ! -e nowhere.yaml ] || { echo "a refused draft is left" >&2; failures=$((failures + 1)); }
echo "practice_code" >"$scratch/empty.csv"
status 2 new mended --practices empty.csv
says "to be mended"
status 2 new ""
status 2 new "no/such/folder"
cd "$root" || exit 1

# The shipped scenarios are found beside an installed program.
mkdir -p "$scratch/bin" "$scratch/share/headroom/scenarios/forms"
cp "$headroom" "$scratch/bin/headroom"
cp "$root/tests/data/scenarios/forms/alone.yaml" "$scratch/share/headroom/scenarios/forms/"
said=$(env -u HEADROOM_SCENARIOS "$scratch/bin/headroom" forms --json)
says '"alone"'
[ "$(echo "$said" | grep -c federation)" -eq 0 ] || failures=$((failures + 1))

said=$(HEADROOM_SCENARIOS=/nowhere "$headroom" forms 2>&1)
[ $? -eq 2 ] || { echo "no forms are no failure" >&2; failures=$((failures + 1)); }
says "HEADROOM_SCENARIOS may name"

# a full disk
"$headroom" keys >/dev/full 2>/dev/null
[ $? -eq 1 ] || { echo "a full disk goes unnoticed" >&2; failures=$((failures + 1)); }
"$headroom" keys >&- 2>/dev/null
[ $? -eq 1 ] || { echo "a closed output goes unnoticed" >&2; failures=$((failures + 1)); }

# what has no end is no scenario
status 2 check /dev/zero
says "/dev/zero: cannot be read: it is a device, not a file"

# Of two values for one option the last would win without a word: every option of every
# command, but for -s, --axis and --reuse, which add to one another.
options=0
for command in $("$headroom" --help | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p'); do
    for option in $("$headroom" "$command" --help 2>/dev/null | grep -o -- '--[a-z-]*=' | sort -u); do
        case $option in --set= | --axis= | --reuse=) continue ;; esac
        status 2 "$command" "${option}1" "${option}2"
        says "is given twice"
        options=$((options + 1))
    done
done
[ "$options" -gt 100 ] || { echo "only $options options were tried" >&2; failures=$((failures + 1)); }
tees=$root/scenarios/tees_like_today.yaml
status 2 plan "$tees" --trials 5 -s trials=6
says "trials: is given twice"
status 2 sweep "$tees" --axis money.salary=1:2:2 --axis money.salary=90000
says "money.salary is an axis already"

# A result is no table, whatever its name.
for name in r.xlsx r.csv r.yaml r.CSV; do
    status 2 run "$tees" --trials 1 -o "$scratch/$name"
    says "is an HDF5 file"
    [ ! -e "$scratch/$name" ] || { echo "$name was written" >&2; failures=$((failures + 1)); }
done

# What a terminal obeys is shown as its code, in text, in JSON and in messages.
bad=$(printf '\033]0;x\007\302\233\342\200\256')
for words in "check $tees" "check --json $tees" "plan $tees" no_such_file_; do
    # shellcheck disable=SC2086 # a command and its scenario are words
    said=$("$headroom" $words -s "title=\"\\e[31m\\u009b\\u202e\\x7f\"" 2>&1; "$headroom" "$bad" 2>&1; "$headroom" check "$bad" 2>&1; "$headroom" plan "--trials=$bad" "$tees" 2>&1; "$headroom" plan a "$bad" 2>&1)
    if printf '%s' "$said" | LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177]\|\302[\200-\237]\|\342\200[\252-\256]')"; then
        echo "$words: a control character is passed on" >&2
        failures=$((failures + 1))
    fi
done
status 0 check "$tees" -s 'title="\e[31mred"'
says 'title       \u001b[31mred'
status 0 check "$tees" --json -s 'title="\e[31mred"'
is_json

# A pipe is read once, and kept as it was read; one that nobody writes to is given up.
mkfifo "$scratch/pipe"
cat "$tees" >"$scratch/pipe" &
status 0 run "$scratch/pipe" --trials 1 -o "$scratch/piped.h5" --neutral
if command -v h5dump >/dev/null; then
    said=$(h5dump -d /inputs/scenario "$scratch/piped.h5")
    says "Tees-like patch, ten years"
fi
cat "$root/scenarios/patches/example_patch.csv" >"$scratch/pipe" &
status 0 check "$tees" -s "patch.practices=$scratch/pipe" --neutral
status 2 check "$scratch/pipe"
says "is a pipe that nobody writes to"

# A bare number with -s keeps the price year of the value it replaces, and says so.
status 0 check "$tees" -s money.core_rate=139.94
says "is money of 2022, as the value it replaces"
status 0 plan "$tees" --trials 1 -s money.core_rate=139.94
says "is money of 2022, as the value it replaces"

# More threads than any machine has are a slip of the pen.
said=$(OMP_NUM_THREADS=100000 "$headroom" run "$tees" --trials 8 -o "$scratch/threads.h5" 2>&1)
[ $? -eq 2 ] || { echo "100000 threads were taken" >&2; failures=$((failures + 1)); }
says "look at OMP_NUM_THREADS"

# Bounds: files that include each other, and more messages than one can read.
for i in $(seq 0 60); do echo "include: [c$((i + 1)).yaml]" >"$scratch/c$i.yaml"; done
echo 'title: x' >"$scratch/c61.yaml"
status 2 check "$scratch/c0.yaml"
says "files include each other more than 32 deep"
for i in $(seq 0 23); do echo "include: [f$((i + 1)).yaml, f$((i + 1)).yaml]" >"$scratch/f$i.yaml"; done
cp "$tees" "$scratch/f24.yaml"
status 0 check "$scratch/f0.yaml"
(echo "include: f24.yaml"; for i in $(seq 1 1200); do echo "key$i: 1"; done) >"$scratch/many.yaml"
status 2 check "$scratch/many.yaml"
says "and 1100 more"
status 2 check "$scratch/many.yaml" --json

[ "$failures" -eq 0 ]
