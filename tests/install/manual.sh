#!/usr/bin/env bash
# manual.sh BUILD: completions and manual tell every command and option that the program has, and the
# shells that are installed can read them.
set -euo pipefail
build=$1 table=$1/help_table.tsv failed=0
fail() { echo "FAILED: $*" && failed=1; }
lines() { awk -F'\t' -v kind="$1" '$1 == kind' "$table"; }

# complete WORD...: what bash offers for the last word.
complete_words() {
    COMP_WORDS=(whosaid "$@") COMP_CWORD=$# COMPREPLY=()
    _whosaid
    printf '%s\n' "${COMPREPLY[@]}"
}

# shellcheck disable=SC1091
source "$build/completions/whosaid.bash"
(($(lines option | wc -l) > 50)) || fail "the table of options is short"
while IFS=$'\t' read -r _ words _; do
    grep -qx "${words##* }" <(complete_words ${words% *} "${words##* }") ||
        [[ $words != *' '* && $(complete_words "$words") == "$words" ]] || fail "bash: $words"
done < <(lines command)
while IFS=$'\t' read -r _ words letter long _; do
    grep -qx -- "--$long" <(complete_words $words "--$long") || fail "bash: $words --$long"
    grep -q -- "--$long" "$build/completions/whosaid.zsh" || fail "zsh: $words --$long"
    page=$build/man/man1/whosaid-${words%% *}.1
    [[ ! -e $build/man/man1/whosaid.1 ]] ||
        grep -qF -- "--$long" <(sed 's/\\-/-/g' "$page") || fail "$page: --$long"
done < <(lines option)

if command -v zsh >/dev/null; then zsh -n "$build/completions/whosaid.zsh" || fail "zsh"; fi
if command -v fish >/dev/null; then
    grep -q '^--format' <(fish --no-config -c "source $build/completions/whosaid.fish; complete -C 'whosaid score --f'") ||
        fail "fish: score --f"
    grep -q '^stance' <(fish --no-config -c "source $build/completions/whosaid.fish; complete -C 'whosaid train st'") ||
        fail "fish: train st"
fi
if [[ -e $build/man/man1/whosaid.1 ]]; then
    known=$(lines option | cut -f 4 | sort -u)
    for page in "$build"/man/man*/*; do
        grep -q '^\.TH' "$page" || fail "$page is no manual page"
        for option in $(sed 's/\\-/-/g' "$page" | grep -oE -- '--[a-z][a-z-]*' | sort -u); do
            grep -qx -- "${option#--}" <<<"$known"$'\nversion' || fail "$page: there is no $option"
        done
    done
else
    echo "no manual: scdoc is not installed"
fi
exit $failed
