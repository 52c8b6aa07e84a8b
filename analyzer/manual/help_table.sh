#!/bin/sh
# help_table.sh WHOSAID: what the helps of all commands say, as lines of fields that tabs divide:
#
#   command  WORDS  SUMMARY  USAGE     WORDS: "score", "train stance"; USAGE: behind "whosaid WORDS"
#   about    WORDS  LINE               what stands in front of the options
#   group    WORDS  HEADING
#   option   WORDS  LETTER LONG ARGUMENT DESCRIPTION     "-" where there is none
#   text     WORDS  LINE               what stands behind the options; may be empty
#
# The manual and the completions are made from this, so that they say what the program does.
set -eu
program=$1
ARGP_HELP_FMT=rmargin=30000 # each description on one line
export ARGP_HELP_FMT

# list_commands WORDS...: those in the table of a group of commands.
list_commands() {
    "$program" "$@" --help | awk -v words="$*" '
        /^Usage: / { usage = 1; next }
        /^`/ { exit }
        usage && /^  [a-z]/ {
            name = $1
            sub(/^  [^ ]+ +/, "")
            print (words == "" ? "" : words " ") name "\t" $0
        }'
}

tell_command() { # tell_command "WORDS" SUMMARY
    # shellcheck disable=SC2086 # the words of a command
    "$program" $1 --help | awk -v words="$1" -v summary="$2" '
        function field(text) { return text == "" ? "-" : text }
        function tell_option(line,   doc, head, letter, long, argument) {
            head = line
            doc = ""
            if (match(substr(line, 9), /  +/)) {
                head = substr(line, 1, 8 + RSTART - 1)
                doc = substr(line, 8 + RSTART + RLENGTH)
            }
            letter = match(head, /-[a-zA-Z?]($|,)/) ? substr(head, RSTART + 1, 1) : ""
            long = match(head, /--[a-z-]+/) ? substr(head, RSTART + 2, RLENGTH - 2) : ""
            argument = match(head, /[[=].*$/) ? substr(head, RSTART + 1) : ""
            if (doc == "" && (getline line) > 0) { sub(/^ +/, "", line); doc = line }
            print "option\t" words "\t" field(letter) "\t" field(long) "\t" field(argument) "\t" doc
        }
        BEGIN { part = "about" }
        NR == 1 {
            usage = $0
            sub("^Usage: whosaid " words " *", "", usage)
            sub(/ +$/, "", usage)
            print "command\t" words "\t" summary "\t" usage
            next
        }
        /^Mandatory or optional arguments/ { next }
        /^ +-/ { part = "text"; tell_option($0); next }
        part == "about" && /^ [A-Z].*:$/ { print "group\t" words "\t" substr($0, 2); next }
        /^ [A-Z].*:$/ { print "group\t" words "\t" substr($0, 2); next }
        { print part "\t" words "\t" $0 }'
}

tell_all() { # tell_all [WORDS]
    # shellcheck disable=SC2086
    list_commands ${1-} | while IFS="$(printf '\t')" read -r words summary; do
        # shellcheck disable=SC2086
        if "$program" $words --help | grep -q "^Usage: whosaid $words COMMAND"; then
            printf 'command\t%s\t%s\tCOMMAND ...\n' "$words" "$summary"
            tell_all "$words"
        else
            tell_command "$words" "$summary"
        fi
    done
}

tell_all
