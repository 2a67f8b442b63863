# Asks a completion script what it offers for each of the command lines that follow.
source $argv[1]
for line in $argv[2..-1]
    echo "? $line"
    complete -C "$line" | string replace -r '\t.*' ''
end
