# Asks a completion script ($1) what it offers for each of the command lines that follow: types each into an
# interactive shell, presses tab, and overhears what is handed to compadd.
#
# Nothing is typed before the shell prompts: until then the terminal would take ctrl-U for itself, and lose the line.
zmodload zsh/zpty
zpty shell zsh -f -i
# Reads until the output so far ends in a pattern.
hear() {
    zpty -r shell heard "*$1"
}
zpty -w shell "stty -echo; PS1=AWA''ITING; PS2=; autoload -U compinit; compinit -D -u; source ${(q)1}; print LOA''DED"
hear 'LOADED*AWAITING'
zpty -w shell 'compadd() {
    local -a hits
    if [[ "$*" != *-[OAD]\ * ]]; then
        builtin compadd -O hits "$@"
        (( $#hits )) && print -rl -- "<"$^hits">"
    fi
    builtin compadd "$@"
}; print REA''DY'
hear 'READY*AWAITING'
shift
for line; do
    zpty -w -n shell "$line"$'\t'
    zpty -w -n shell $'\C-u'
    zpty -w shell "print DO''NE"
    hear 'DONE*AWAITING'
    print -r -- "? $line"
    print -r -- $heard | grep -ao '<[^<>]*>' | tr -d '<>'
done
