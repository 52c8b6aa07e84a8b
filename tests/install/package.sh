#!/usr/bin/env bash
# package.sh SOURCE: builds the Debian packages and installs them with apt in a clean Debian tree,
# where the program, the library, the Python module and a C program must work. Needs root,
# debootstrap (or WHOSAID_CLEAN_TREE, a folder that holds a minimal Debian), and a package mirror;
# exits with 77 where one is missing.
set -euo pipefail
source_tree=$1
skip() { echo "skipped: $*"; exit 77; }
(($(id -u) == 0)) || skip "only root can make a Debian tree"
command -v dpkg-shlibdeps >/dev/null || skip "no dpkg-dev"
scratch=$(mktemp -d)
tree=$scratch/tree
leave() {
    for place in dev proc; do
        mountpoint -q "$tree/$place" && umount "$tree/$place"
    done
    rm -rf --one-file-system "$scratch"
}
trap leave EXIT
step() { printf '%s\n' "--- $*"; }

step "building the packages"
cmake -S "$source_tree" -B "$scratch/build" -G Ninja -DCMAKE_INSTALL_PREFIX=/usr \
    -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_C_FLAGS_RELWITHDEBINFO="-O3 -g -DNDEBUG" \
    -DBUILD_TESTING=OFF >"$scratch/log" 2>&1 || { tail "$scratch/log"; exit 1; }
cmake --build "$scratch/build" >"$scratch/log" 2>&1 || { tail "$scratch/log"; exit 1; }
(cd "$scratch/build" && cpack -G DEB) >"$scratch/log" 2>&1 || { tail -n 30 "$scratch/log"; exit 1; }
ls "$scratch"/build/*.deb
for package in "$scratch"/build/*.deb; do dpkg-deb --info "$package" | grep -E '^ (Package|Depends|Suggests)'; done

step "a clean Debian tree"
if [[ -d ${WHOSAID_CLEAN_TREE-} ]]; then
    cp -a "$WHOSAID_CLEAN_TREE" "$tree"
else
    command -v debootstrap >/dev/null || skip "no debootstrap"
    # shellcheck disable=SC1091
    suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
    debootstrap --variant=minbase "$suite" "$tree" >"$scratch/log" 2>&1 ||
        skip "debootstrap: $(tail -n 1 "$scratch/log")"
fi
mount -t proc proc "$tree/proc" || skip "nothing can be mounted here"
mount --bind /dev "$tree/dev" || skip "nothing can be mounted here"
cp /etc/resolv.conf "$tree/etc/"
cp -r /etc/apt/apt.conf.d /etc/apt/sources.list* "$tree/etc/apt/" 2>/dev/null || true
cp "$scratch"/build/*.deb "$source_tree/analyzer/examples/whosaid_example.c" "$tree/root/"
cp -r "$source_tree/corpus/sample" "$tree/root/articles"
inside() { # with the proxies of this machine, if it has any, and nothing else
    local proxies
    mapfile -t proxies < <(env | grep -iE '^(https?|no|ftp)_proxy=' || true)
    chroot "$tree" env -i "${proxies[@]}" HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        DEBIAN_FRONTEND=noninteractive bash -c "cd /root && $1"
}
inside 'apt-get update -q' >"$scratch/log" 2>&1 || skip "no package mirror: $(tail -n 1 "$scratch/log")"

step "apt install ./whosaid_*.deb && whosaid score"
inside 'apt-get install -q -y --no-install-recommends ./whosaid_*.deb' >"$scratch/log" 2>&1 ||
    { tail "$scratch/log"; exit 1; }
inside 'whosaid score articles -o report.csv && wc -l report.csv && head -n 3 report.csv | cut -c1-200'
inside 'whosaid --version && whosaid targets list'
inside '! ldconfig -p | grep -q "libwhosaid.so$"' # that is for libwhosaid-dev

step "the library, for programs in C and Python"
inside 'apt-get install -q -y --no-install-recommends ./libwhosaid-dev_*.deb gcc libc6-dev pkg-config python3' \
    >"$scratch/log" 2>&1 || { tail "$scratch/log"; exit 1; }
inside 'cc whosaid_example.c $(pkg-config --cflags --libs whosaid) -o example && ./example articles | head -n 4'
inside 'python3 -c "
import whosaid
with whosaid.Analyzer() as analyzer:
    for row in analyzer.rows(\"articles\")[:4]:
        print(row[\"speaker\"], \"|\", row[\"quote\"], \"|\", row[\"stance\"])"'

step "and off again"
inside 'apt-get remove -q -y whosaid' >"$scratch/log" 2>&1 || { tail "$scratch/log"; exit 1; }
inside '[[ ! -e /usr/bin/whosaid && ! -e /usr/share/whosaid ]]'
