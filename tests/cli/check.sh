# check.sh: what the command-line tests share. A test is a bash script that sources this file and
# describes runs of the program:
#
#   run whosaid score gone.txt          # in an empty folder of its own
#   exit_is 3
#   stdout_is ''                        # the whole of it, or lines on standard input with `-`
#   stderr_is 'whosaid: gone.txt: ...'
#
# WHOSAID (the program under test) and SOURCE (the source tree) come from CTest. What a test starts is
# ended after MOST_SECONDS (60; 0: never), and the test fails.
set -uo pipefail
scratch=$(mktemp -d)
mkdir "$scratch/work"
cd "$scratch/work"
status=0

"$SOURCE/tests/cli/watch" $$ "${MOST_SECONDS:-60}" "$scratch/stood_still" </dev/null &
watch=$!
disown # a test that waits for what it has started does not wait for this
finish() {
    kill $watch 2>/dev/null
    [[ -e $scratch/stood_still ]] && status=1
    cd /
    chmod -R u+rwx "$scratch"
    rm -rf "$scratch"
    exit $status
}
trap finish EXIT

whosaid() { "$WHOSAID" "$@"; }

run() {
    last="$*"
    "$@" >"$scratch/stdout" 2>"$scratch/stderr" && code=0 || code=$?
}

fail() {
    printf 'FAILED: %s\n%s\n' "$last" "$*" >&2
    status=1
}

exit_is() {
    ((code == $1)) || fail "exit status $code, expected $1; standard error: $(<"$scratch/stderr")"
}

# same NAME EXPECTED: EXPECTED is a text, or - for standard input.
same() {
    if [[ $2 == - ]]; then cat; elif [[ -n $2 ]]; then printf '%s\n' "$2"; fi >"$scratch/expected"
    diff -u "$scratch/expected" "$scratch/$1" >"$scratch/diff" || fail "$1: $(<"$scratch/diff")"
}

stdout_is() { same stdout "$1"; }
stderr_is() { same stderr "$1"; }
stdout_has() { grep -qF -- "$1" "$scratch/stdout" || fail "standard output lacks: $1"; }
stderr_has() { grep -qF -- "$1" "$scratch/stderr" || fail "standard error lacks: $1"; }
files_equal() { cmp "$1" "$2" >&2 || fail "$1 and $2 differ"; }

HEADER=$'article,date,outlet,title,quote_id,type,kind,quote,cue,source,speaker,role,speaker_score,anonymity,anonymity_score,anonymity_reason,target,stance,stance_score,stance_scores,start,end,paragraph,duplicate_of\r'
