#!/bin/sh
# make.sh WHOSAID VERSION OUT: the manual into OUT/man and the completions into OUT/completions.
# Pages of commands come from their helps, with NAME.more.scd behind; the others are PAGE.scd.
# Without scdoc there are no pages.
set -eu
program=$1 version=$2 out=$3
here=$(cd "$(dirname "$0")" && pwd)
rm -rf "$out/man" "$out/completions"
mkdir -p "$out/man/man1" "$out/man/man5" "$out/completions"
table=$out/help_table.tsv
sh "$here/help_table.sh" "$program" >"$table"

for shell in bash zsh fish; do
    awk -v shell=$shell -f "$here/completion.awk" "$table" >"$out/completions/whosaid.$shell"
done

command -v scdoc >/dev/null || exit 0
pages=$(awk -F'\t' '$1 == "command" && $2 !~ / / { print $2 }' "$table")
SOURCE_DATE_EPOCH=0 # pages that are the same whenever they are made
export SOURCE_DATE_EPOCH
for page in $pages; do
    {
        awk -v page="$page" -v version="$version" -f "$here/page.awk" "$table"
        if [ -e "$here/whosaid-$page.more.scd" ]; then
            echo
            cat "$here/whosaid-$page.more.scd"
        fi
        printf '\n# SEE ALSO\n\n*whosaid*(1), *whosaid-report*(5), *whosaid-article*(5)\n'
    } | scdoc >"$out/man/man1/whosaid-$page.1"
done
commands=$(awk -f "$here/page.awk" "$table")
awk -v commands="$commands" '/^@COMMANDS@$/ { print commands; next } { print }' \
    "$here/whosaid.1.scd" | sed "s/@VERSION@/$version/" | scdoc >"$out/man/man1/whosaid.1"
for source in "$here"/*.5.scd; do
    page=$(basename "$source" .scd)
    sed "s/@VERSION@/$version/" "$source" | scdoc >"$out/man/man5/$page"
done
