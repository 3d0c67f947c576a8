#!/bin/bash
# Every broken input yields its exact message, exit status 2, and nothing else.
#
# Usage: broken.sh HEADROOM FOLDER [--write]
# FOLDER/name.yaml is checked with the arguments of name.arguments, one a line, where
# there is one; what is said must be name.expected. --write writes those instead.
set -u
headroom=$1 folder=$2 write=${3:-}
cd "$folder/broken" || exit 1
export HEADROOM_SCENARIOS=../scenarios
scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT
failures=0

fail() {
    echo "$1: $2" >&2
    failures=$((failures + 1))
}

# The commands that read a scenario; run has a file to leave behind.
commands=(check)
"$headroom" run --help >"$scratch/help" 2>&1 && commands+=("run --output=$scratch/result.h5")

for scenario in *.yaml; do
    name=${scenario%.yaml}
    [ "$name" = include_cycle_back ] && continue
    overrides=()
    [ -f "$name.arguments" ] && while IFS= read -r line; do overrides+=(-s "$line"); done <"$name.arguments"
    for command in "${commands[@]}"; do
        # shellcheck disable=SC2086 # a command and its option are two words
        "$headroom" $command "$scenario" "${overrides[@]}" >"$scratch/out" 2>"$scratch/said"
        status=$?
        [ "$status" -eq 2 ] || fail "$name" "${command%% *}: exit status $status instead of 2"
        [ -s "$scratch/out" ] && fail "$name" "${command%% *}: something on standard output"
        [ -e "$scratch/result.h5" ] && fail "$name" "a result file was left behind"
        [ -n "$write" ] && cp "$scratch/said" "$name.expected"
        diff -u "$name.expected" "$scratch/said" >&2 || fail "$name" "${command%% *}: another message"
    done
done
[ "$failures" -eq 0 ]
