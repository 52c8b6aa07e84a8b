#!/usr/bin/env bash
# install.sh SOURCE BUILD: installs into a folder, moves that elsewhere, and uses it as a stranger
# would: the program, pkg-config, CMake, the example linked to either library, the Python module.
set -euo pipefail
source_tree=$1 build=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
step() { printf '%s\n' "--- $*"; }

step "installing, and moving what was installed"
cmake --install "$build" --prefix "$scratch/first" >"$scratch/install.log"
mv "$scratch/first" "$scratch/prefix"
prefix=$scratch/prefix
libraries=$(dirname "$(find "$prefix" -name libwhosaid.so)")

step "the program finds its models"
cd "$scratch"
cp -r "$source_tree/corpus/sample" articles
"$prefix/bin/whosaid" score --quiet articles -o report.csv
head -c 13 report.csv | grep -qx 'article,date,'
rows=$(($("$prefix/bin/whosaid" score --quiet --format jsonl articles | grep -o '"contents"' | wc -l)))
((rows > 50))

check_example() { # check_example PROGRAM: says as much as the program
    local found
    found=$("$@" articles 2>counts | grep -cE '^[^ ]+ q[0-9]+: ')
    ((found == rows)) || { echo "$found statements instead of $rows" && return 1; }
    grep -q "^$rows statements in" counts
    ! "$@" articles/gone.txt >/dev/null 2>&1
}

step "pkg-config, the shared library"
export PKG_CONFIG_PATH=$libraries/pkgconfig
example=$source_tree/analyzer/examples/whosaid_example.c
read -ra flags < <(pkg-config --cflags --libs whosaid)
cc -std=c17 -Wall -Wextra -Werror "$example" "${flags[@]}" -o shared_example
check_example env LD_LIBRARY_PATH="$libraries" ./shared_example
[[ $(pkg-config --modversion whosaid) == "$("$prefix/bin/whosaid" --version | cut -d' ' -f2)" ]]
[[ -d $(pkg-config --variable=modelsdir whosaid)/attribution ]]

step "pkg-config, the static library"
read -ra flags < <(pkg-config --static --cflags --libs whosaid)
cc -std=c17 "$example" "${flags[@]/#-lwhosaid/$libraries/libwhosaid.a}" -o static_example
! ldd static_example | grep -q libwhosaid
check_example env WHOSAID_MODELS="$prefix/share/whosaid/models" ./static_example
cp static_example "$prefix/bin/" # beside the program it needs no more
check_example "$prefix/bin/static_example"

step "CMake"
cmake -S "$source_tree/tests/install/consumer" -B cmake -DCMAKE_PREFIX_PATH="$prefix" \
    -DEXAMPLE="$example" >cmake.log 2>&1 || { cat cmake.log; exit 1; }
cmake --build cmake >>cmake.log 2>&1 || { cat cmake.log; exit 1; }
check_example cmake/shared_consumer
check_example env WHOSAID_MODELS="$prefix/share/whosaid/models" cmake/static_consumer
cmake/cxx_consumer

if command -v python3 >/dev/null; then
    step "Python: the installed module finds the installed library and its models"
    module=$(find "$prefix" -name whosaid.py)
    PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$(dirname "$module") python3 -m whosaid articles >articles.jsonl
    (($(grep -o '"quote":' articles.jsonl | wc -l) == rows))
fi
