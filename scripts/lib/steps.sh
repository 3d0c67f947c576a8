# shellcheck shell=bash disable=SC2154
# Steps of a script: one line for each, its time, and a log that is shown only when the
# step fails. To be sourced; `logs` names the folder.

step_failed()
{
    local log=$1

    echo "failed. The end of $log:"
    tail -n 40 "$log"
    echo "Not all held: \"$2\" failed, after $(duration $SECONDS). Its log is $log."
    exit 1
}

# duration SECONDS, as people say it
duration()
{
    if [ "$1" -lt 60 ]; then
        echo "$1 s"
    elif [ "$1" -lt 3600 ]; then
        echo "$(($1 / 60)) min $(($1 % 60)) s"
    else
        echo "$(($1 / 3600)) h $(($1 % 3600 / 60)) min"
    fi
}

# step LOG WORDS COMMAND...
step()
{
    local log=$logs/$1.log words=$2 begun=$SECONDS

    shift 2
    mkdir -p "$logs"
    printf '%-58s ' "$words ..."
    "$@" >"$log" 2>&1 || step_failed "$log" "${words% ...}"
    duration $((SECONDS - begun))
}
