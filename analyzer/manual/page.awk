# page.awk: the table of help_table.sh as the manual page of one command, for scdoc; with
# -v page=COMMAND, -v version=VERSION. Without a page: the list of commands for the overview.
BEGIN { FS = "\t" }

function escaped(text) { gsub(/[*_\\`#~]/, "\\\\&", text); return text }
function paragraph() { if (literal) { print "```"; literal = 0 } }
# A line of running text, or of a table that stays as it is set.
function tell(line) {
    if (line ~ /^ / && !literal) { print "```"; literal = 1 }
    if (line !~ /^ / && line != "") paragraph()
    print literal ? line : escaped(line)
}
function heading(text) { paragraph(); print "\n# " text "\n" }

$1 == "command" && page == "" && $2 !~ / / {
    print "*whosaid-" $2 "*(1)\n\t" escaped($3) "\n"
}
page == "" || ($2 != page && index($2, page " ") != 1) { next }

$1 == "command" && $2 == page {
    print "whosaid-" page "(1) \"\" \"whosaid " version "\""
    print "\n# NAME\n\nwhosaid-" page " - " escaped($3)
    print "\n# SYNOPSIS\n\n*whosaid " page "* " escaped($4)
    section = ""
    next
}
$1 == "command" {
    heading("WHOSAID " toupper($2))
    print "*whosaid " $2 "* " escaped($4) "\n"
    section = "about"
    next
}
$1 == "about" {
    if (section == "") { heading("DESCRIPTION"); section = "about" }
    tell($3)
}
$1 == "group" || $1 == "option" {
    if (section != "options" && $2 == page) heading("OPTIONS")
    section = "options"
}
$1 == "group" { paragraph(); print "\n" escaped($3) "\n" }
$1 == "option" {
    paragraph()
    name = "*--" $4 "*" ($5 == "-" ? "" : "=_" escaped($5) "_")
    if ($3 != "-") name = "*-" ($3 == "?" ? "\\?" : $3) "*, " name
    print "\n" name "\n\t" escaped($6)
}
$1 == "text" {
    if (section != "text" && $3 == "") next
    if (section == "options" && $2 == page) heading("NOTES")
    else if (section == "options") print ""
    section = "text"
    tell($3)
}
END { paragraph() }
