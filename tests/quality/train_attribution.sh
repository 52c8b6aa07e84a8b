#!/usr/bin/env bash
# Training on a few articles gives the same bytes for any number of threads, and a model that loads
# and finds statements. Exit status 77 (skipped) where WordNet is not installed.
set -eu
program=$1 corpus=$2
[ -r /usr/share/wordnet/index.verb ] || exit 77
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/articles"
find "$corpus" -name '*.marked' | LC_ALL=C sort | head -n 24 | while read -r file; do
    cp "$file" "$work/articles/"
done
"$program" train attribution --quiet -j 1 --date 2000-01-01 --corpus "$work/articles" -o "$work/one"
"$program" train attribution --quiet -j 2 --date 2000-01-01 --corpus "$work/articles" -o "$work/two"
cmp "$work/one/attribution.model" "$work/two/attribution.model"
cmp "$work/one/model.json" "$work/two/model.json"
"$program" evaluate attribution --model "$work/one" --test "$work/articles" --json > "$work/figures"
grep -q '"correct": {' "$work/figures"
# By folds each article is measured by a model that has not seen it.
"$program" evaluate attribution --corpus "$work/articles" --folds 2 --json > "$work/figures"
grep -q '"correct": {' "$work/figures"
