#!/usr/bin/env bash
# filter.sh: `whosaid score - --format jsonl` as other programs run a filter. GNU parallel and xargs
# cut the input into pieces, each for a process of its own; the answers are those of one process.
# Skipped (77) where neither is installed.
set -euo pipefail
source "$(dirname "$0")/articles.sh"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
repeat_articles 60 >good.jsonl
# Some lines that cannot be read, and one that is blank.
awk '{ print } NR % 20 == 0 { print "{\"id\": \"broken-" NR "\", \"text\": 5}" } NR == 30 { print "" }' \
    good.jsonl >in.jsonl
lines=$(grep -c . in.jsonl)
tried=0

# Processes that do not know of each other mark no duplicates of what another one had; places of
# faults are counted in the piece.
normalize() { sed 's/"duplicate_of":"[^"]*",//; s/"standard input:[0-9]*:/"standard input:/' "$1"; }

one() { "$WHOSAID" score - --format jsonl --quiet; }
one <in.jsonl >one.jsonl 2>/dev/null || (($? == 2))
[[ $(wc -l <one.jsonl) == "$lines" ]]
normalize one.jsonl >expected.jsonl

# Pieces of about 20 kB; a piece with a faulty line ends with 2, which is no failure of the job.
if command -v parallel >/dev/null; then
    parallel --will-cite --pipe --keep-order --block 20k -j 2 \
        "'$WHOSAID' score - --format jsonl --quiet || test \$? -eq 2" \
        <in.jsonl >parallel.jsonl 2>/dev/null
    normalize parallel.jsonl | cmp - expected.jsonl
    tried=1
    echo 'GNU parallel: the same lines'
fi

# One process a file, as a find | xargs over a folder of pieces has it.
if command -v xargs >/dev/null; then
    grep . in.jsonl | split -l 25 - piece-
    printf '%s\n' piece-* | WHOSAID=$WHOSAID xargs -n 1 sh -c \
        '"$WHOSAID" score - --format jsonl --quiet <"$0" || test $? -eq 2' >xargs.jsonl 2>/dev/null
    normalize xargs.jsonl | cmp - expected.jsonl
    tried=1
    echo 'xargs: the same lines'
fi

((tried)) || { echo 'skipped: there is neither GNU parallel nor xargs'; exit 77; }
command -v parallel >/dev/null || echo 'left out: GNU parallel is not installed (Debian: parallel)'
