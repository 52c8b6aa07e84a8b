# articles.sh: many articles from few, for the tests of this folder. Sourced.
#
#   repeat_articles N [PATH...] >FILE.jsonl
#
# writes N articles: those under the paths (default: the own corpus) over and over under new ids.
# Every other one also gets a sentence of its own, so that half of the texts stand twice and more
# and half do not. PATH is anything that `whosaid convert` reads.
repeat_articles() {
    local count=$1 base
    shift
    (($#)) || set -- "$SOURCE/corpus/long-range-strikes/articles"
    base=$(mktemp)
    "$WHOSAID" convert --quiet --to jsonl "$@" -o "$base.jsonl" || return
    # The texts only: what follows the id, up to the text, and from the text on.
    sed 's/,"quotes":\[.*$/}/' "$base.jsonl" | awk -v count="$count" '
        match($0, /^\{"id": *"[^"]*"/) {
            rest = substr($0, RLENGTH + 1)
            if (!match(rest, /"text": *"/)) next
            before[n + 0] = substr(rest, 1, RSTART + RLENGTH - 1)
            text[n++] = substr(rest, RSTART + RLENGTH)
        }
        END {
            for (i = 0; i < count; i++) {
                own = (i + int(i / n)) % 2 ? "Report number " i " of the day. " : ""
                printf "{\"id\":\"article-%d\"%s%s%s\n", i, before[i % n], own, text[i % n]
            }
        }'
    rm -f "$base" "$base.jsonl"
}
