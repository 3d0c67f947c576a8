# shellcheck shell=bash disable=SC2154
# Steps of a script: one line for each, its time, and a log that is shown only when the
# step fails. To be sourced; `logs` names the folder.

step_failed()
{
    local log=$1

    echo "failed. The end of $log:"
    tail -n 40 "$log"
    exit 1
}

# step LOG WORDS COMMAND...
step()
{
    local log=$logs/$1.log words=$2 begun=$SECONDS

    shift 2
    mkdir -p "$logs"
    printf '%-58s ' "$words ..."
    "$@" >"$log" 2>&1 || step_failed "$log"
    echo "$((SECONDS - begun)) s"
}
