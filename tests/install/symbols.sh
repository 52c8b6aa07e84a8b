#!/usr/bin/env bash
# symbols.sh BUILD: the libraries export what symbols.txt says, no more and no less. A name that goes
# or changes its meaning breaks programs: then the SOVERSION must change too.
set -euo pipefail
here=$(dirname "$0")
diff -u "$here/symbols.txt" <(nm -D --defined-only "$1/libwhosaid.so" | awk '{print $3}' | LC_ALL=C sort)
diff -u "$here/symbols.txt" <(nm -g --defined-only "$1/libwhosaid.a" | awk 'NF == 3 {print $3}' | LC_ALL=C sort)
