# Asks a completion script ($1) what it offers for each of the command lines that follow.
source "$1"
shift
for line; do
    read -ra COMP_WORDS <<<"$line"
    [[ $line == *" " ]] && COMP_WORDS+=("")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    _dryrun
    echo "? $line"
    printf '%s\n' "${COMPREPLY[@]}"
done
