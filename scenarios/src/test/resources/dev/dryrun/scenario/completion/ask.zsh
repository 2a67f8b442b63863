# Asks a completion script ($1) what it offers for each of the command lines that follow: types each into an
# interactive shell, presses tab, and overhears what is handed to compadd.
zmodload zsh/zpty
zpty shell zsh -f -i
hear() {
    local part
    heard=
    while zpty -r shell part; do
        heard+=$part
        [[ $heard == *$1* ]] && return
    done
}
zpty -w shell "stty -echo; PS1=; PS2=; autoload -U compinit; compinit -D -u; source ${(q)1}; print LOA''DED"
hear LOADED
zpty -w shell 'compadd() {
    local -a hits
    if [[ "$*" != *-[OAD]\ * ]]; then
        builtin compadd -O hits "$@"
        (( $#hits )) && print -rl -- "<"$^hits">"
    fi
    builtin compadd "$@"
}; print REA''DY'
hear READY
shift
for line; do
    zpty -w -n shell "$line"$'\t'
    zpty -w -n shell $'\C-u'
    zpty -w shell "print DO''NE"
    hear DONE
    print -r -- "? $line"
    print -r -- $heard | grep -ao '<[^<>]*>' | tr -d '<>'
done
