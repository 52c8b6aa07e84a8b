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
    awk -v count="$count" '
        { lines[NR] = $0 }
        END {
            for (i = 0; i < count; i++) {
                line = lines[i % NR + 1]
                sub(/^\{"id": *"[^"]*"/, "{\"id\":\"article-" i "\"", line)
                if ((i + int(i / NR)) % 2) sub(/"text": *"/, "&Report number " i " of the day. ", line)
                print line
            }
        }' "$base.jsonl"
    rm -f "$base" "$base.jsonl"
}
