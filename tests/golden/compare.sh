#!/usr/bin/env bash
# compare.sh PROGRAM FORMAT EXPECTED: the report of corpus/sample must be EXPECTED, byte for byte.
# Runs in the source folder, since the report names the articles by their paths.
set -euo pipefail
report=$(mktemp)
trap 'rm -f "$report"' EXIT
"$1" score --quiet --format "$2" corpus/sample -o "$report"
diff -u "$3" "$report" || {
    echo 'The report of corpus/sample has changed. If that is right:'
    echo '  cmake --build build --target golden-update, and read the diff.'
    exit 1
}
