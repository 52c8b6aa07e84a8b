# completion.awk: the table of help_table.sh as completions, for -v shell=bash, zsh or fish.
BEGIN { FS = "\t" }

function last_word(words) { sub(/.* /, "", words); return words }
function group_of(words) { return sub(/ [^ ]*$/, "", words) ? words : "" }
function quoted(text) { gsub(/'/, "'\\''", text); return "'" text "'" }
function is_folder(argument) { return argument == "DIR" || argument == "FOLDER" }
function is_file(argument) { return argument == "FILE" || argument == "PATH" || argument == "OUT" }
function short(text) { sub(/[.;] .*$/, "", text); sub(/\.$/, "", text); return text }

$1 == "command" {
    order[++count] = $2
    summary[$2] = $3
    has_commands[$2] = $4 ~ /^COMMAND/
}
$1 == "option" {
    n = ++option_count[$2]
    letter[$2, n] = $3 == "-" || $3 == "?" ? "" : $3
    long[$2, n] = $4
    argument[$2, n] = $5 == "-" ? "" : $5
    doc[$2, n] = short($6)
}

# The options of a command as words; only those with an argument of the kind, or all for "".
function option_words(words, kind,   i, list, fits) {
    for (i = 1; i <= option_count[words]; i++) {
        fits = kind == "" || (kind == "folder" && is_folder(argument[words, i])) || \
               (kind == "other" && argument[words, i] != "" && !is_folder(argument[words, i]) && \
                !is_file(argument[words, i]))
        if (!fits) continue
        if (letter[words, i] != "") list = list " -" letter[words, i]
        list = list " --" long[words, i]
    }
    return substr(list, 2)
}

function commands_of(group,   i, list) {
    for (i = 1; i <= count; i++)
        if (group_of(order[i]) == group) list = list " " last_word(order[i])
    return substr(list, 2)
}

function bash(   i) {
    print "# bash completion for whosaid"
    print "_whosaid() {"
    print "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}"
    print "    local command=${COMP_WORDS[1]-} options= folders= others="
    print "    ((COMP_CWORD > 1)) || command="
    print "    case $command in"
    for (i = 1; i <= count; i++)
        if (has_commands[order[i]])
            print "    " order[i] ") ((COMP_CWORD > 2)) && command+=\" ${COMP_WORDS[2]}\" ;;"
    print "    esac"
    print "    case $command in"
    print "    '') COMPREPLY=($(compgen -W '" commands_of("") " --help --version' -- \"$current\")); return ;;"
    for (i = 1; i <= count; i++) {
        if (has_commands[order[i]]) {
            print "    " quoted(order[i]) ") COMPREPLY=($(compgen -W '" commands_of(order[i]) \
                " --help' -- \"$current\")); return ;;"
        } else {
            print "    " quoted(order[i]) ")"
            print "        options='" option_words(order[i], "") "'"
            print "        folders='" option_words(order[i], "folder") "'"
            print "        others='" option_words(order[i], "other") "' ;;"
        }
    }
    print "    esac"
    print "    if [[ $current == -* ]]; then"
    print "        COMPREPLY=($(compgen -W \"$options\" -- \"$current\"))"
    print "    elif [[ $previous == -* && \" $folders \" == *\" $previous \"* ]]; then"
    print "        mapfile -t COMPREPLY < <(compgen -d -- \"$current\")"
    print "    elif [[ $previous == -* && \" $others \" == *\" $previous \"* ]]; then"
    print "        COMPREPLY=()"
    print "    else"
    print "        mapfile -t COMPREPLY < <(compgen -f -- \"$current\")"
    print "    fi"
    print "}"
    print "complete -o filenames -F _whosaid whosaid"
}

function zsh_commands(group,   i, list) {
    for (i = 1; i <= count; i++)
        if (group_of(order[i]) == group)
            list = list " " quoted(last_word(order[i]) ":" summary[order[i]])
    return list
}

function zsh_option(words, i,   spec, text, value) {
    text = doc[words, i]
    gsub(/\[|\]|:|\\/, "\\\\&", text)
    if (argument[words, i] != "") {
        value = argument[words, i]
        gsub(/\[|\]|:|\\/, "\\\\&", value)
        value = ":" value ":" (is_folder(argument[words, i]) ? "_files -/" : \
                               is_file(argument[words, i]) ? "_files" : "")
    }
    spec = quoted("*--" long[words, i] (value == "" ? "" : "=") "[" text "]" value)
    if (letter[words, i] != "") spec = spec " " quoted("*-" letter[words, i] "[" text "]" value)
    return spec
}

function zsh(   i, k) {
    print "#compdef whosaid"
    print "local -a commands"
    print "if (( CURRENT == 2 )); then"
    print "    commands=(" zsh_commands("") ")"
    print "    _describe command commands; return"
    print "fi"
    for (i = 1; i <= count; i++) {
        if (!has_commands[order[i]]) continue
        print "if [[ $words[2] == " order[i] " ]] && (( CURRENT == 3 )); then"
        print "    commands=(" zsh_commands(order[i]) ")"
        print "    _describe command commands; return"
        print "fi"
    }
    print "case \"$words[2] $words[3]\" in"
    for (i = 1; i <= count; i++) {
        if (has_commands[order[i]]) continue
        print "(" (group_of(order[i]) == "" ? order[i] "\\ *" : "'" order[i] "'") ")"
        print "    shift " (group_of(order[i]) == "" ? 1 : 2) " words; (( CURRENT -= " \
            (group_of(order[i]) == "" ? 1 : 2) " ))"
        print "    _arguments \\"
        for (k = 1; k <= option_count[order[i]]; k++) print "        " zsh_option(order[i], k) " \\"
        print "        '*:file:_files' ;;"
    }
    print "esac"
}

function fish_condition(words,   group) {
    group = group_of(words)
    if (group == "") return "__fish_seen_subcommand_from " words
    return "__fish_seen_subcommand_from " group "; and __fish_seen_subcommand_from " last_word(words)
}

function fish_command(words,   group, condition) {
    group = group_of(words)
    condition = group == "" ? "__fish_use_subcommand" : \
        "__fish_seen_subcommand_from " group "; and not __fish_seen_subcommand_from " commands_of(group)
    print "complete -c whosaid -f -n " quoted(condition) " -a " last_word(words) " -d " \
        quoted(summary[words])
}

function fish(   i, k, w) {
    print "# fish completion for whosaid"
    for (i = 1; i <= count; i++) fish_command(order[i])
    for (i = 1; i <= count; i++)
        for (k = 1; k <= option_count[order[i]]; k++) {
            w = order[i]
            print "complete -c whosaid -n " quoted(fish_condition(w)) \
                (letter[w, k] == "" ? "" : " -s " letter[w, k]) " -l " long[w, k] \
                (argument[w, k] == "" ? "" : " -r") \
                (is_folder(argument[w, k]) ? " -a '(__fish_complete_directories)'" : "") \
                " -d " quoted(doc[w, k])
        }
}

END {
    if (shell == "bash") bash()
    if (shell == "zsh") zsh()
    if (shell == "fish") fish()
}
