# Completion of headroom's commands, options and files, as the program's own help
# names them.

_headroom_words()
{
    local program=$1 command=$2 pattern=$3

    "$program" ${command:+"$command"} --help 2>/dev/null | grep -oE -- "$pattern" | tr -d ' ' | sort -u
}

_headroom()
{
    local program=$1 word=$2 command=

    [ "$COMP_CWORD" -eq 1 ] || command=${COMP_WORDS[1]}
    case $word in
    -*)
        mapfile -t COMPREPLY < <(compgen -W \
            "$(_headroom_words "$program" "$command" '--[a-z-]+')" -- "$word")
        ;;
    *)
        if [ -z "$command" ]; then
            mapfile -t COMPREPLY < <(compgen -W \
                "$(_headroom_words "$program" '' '^  [a-z]+ ')" -- "$word")
        else
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -f -- "$word")
        fi
        ;;
    esac
}

complete -F _headroom headroom
