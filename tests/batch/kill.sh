#!/usr/bin/env bash
# kill.sh ARTICLES KILLS [PATH...]: a run that is killed (SIGKILL) at KILLS random instants, and gone
# on with each time, must write the same bytes as a run that nothing disturbed: as CSV, as JSON
# Lines, and as a shard with its index. By hand, over 100,000 articles of the own corpus:
#
#   WHOSAID=build/whosaid SOURCE=. tests/batch/kill.sh 100000 10
#
# PATH: annotated articles to use instead. Prints where it killed. FORMATS: "csv jsonl shard".
set -euo pipefail
source "$(dirname "$0")/articles.sh"
articles=$1 kills=$2
shift 2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
repeat_articles "$articles" "$@" >"$folder/in.jsonl"
# So that a build or a training meanwhile does no harm.
cp "$WHOSAID" "$folder/whosaid.run"
cp -r "$SOURCE/models" "$folder/models"

now() { date +%s%N; }

# score FILE [OPTION...]: in a process of its own, which a kill then kills.
score() {
    local out=$1
    shift
    exec "$folder/whosaid.run" score --quiet --models "$folder/models" "$folder/in.jsonl" -o "$out" "$@"
}

# disturb NAME OPTION...: compares a disturbed run with a whole one.
disturb() {
    local out=$1 begin nanoseconds killed=0 finished=0 pause
    shift
    begin=$(now)
    (score "$folder/whole.$out" "$@")
    nanoseconds=$(($(now) - begin))
    for ((i = 0; i < kills && !finished; i++)); do
        # On average so long that the run is killed often and still comes to its end.
        pause=$((nanoseconds / (kills + 1) * (RANDOM % 180 + 20) / 100))
        score "$folder/cut.$out" "$@" --resume &
        sleep "$((pause / 1000000000)).$(printf %09d $((pause % 1000000000)))"
        if kill -KILL $! 2>/dev/null; then
            wait $! 2>/dev/null || true
            [[ -e $folder/cut.$out.journal || ! -e $folder/cut.$out ]] || finished=1
            killed=$((killed + !finished))
            printf '%s: killed at %s bytes\n' "$out" "$(stat -c %s "$folder/cut.$out" 2>/dev/null || echo no)"
        else
            wait $!
            finished=1
        fi
    done
    (score "$folder/cut.$out" "$@" --resume)
    cmp "$folder/whole.$out" "$folder/cut.$out"
    [[ ! -e $folder/cut.$out.journal ]]
    ((killed > 0)) || { echo "$out: it was never killed" >&2; return 1; }
    printf '%s: the same after %d kills\n' "$out" "$killed"
}

for format in ${FORMATS:-csv jsonl shard}; do
    if [[ $format == shard ]]; then
        disturb part.csv --shard 1/2
        cmp "$folder/whole.part.csv.shard" "$folder/cut.part.csv.shard"
    else
        disturb "report.$format"
    fi
    rm -f "$folder"/whole.* "$folder"/cut.*
done
