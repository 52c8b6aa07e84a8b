#!/usr/bin/env bash
# array.sh: an array of eight shards on a real Slurm, merged, is the report of a single run; also
# when a task is killed on the way and its job submitted again. Skipped (77) where Slurm is missing
# or may not be started.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
source "$here/cluster.sh"
source "$here/../batch/articles.sh"

skip() {
    echo "skipped: $1"
    exit 77
}
for program in munged slurmctld slurmd sbatch srun; do
    command -v $program >/dev/null || skip "there is no $program (Debian: slurm-wlm, munge)"
done
(($(id -u) == 0)) || skip 'Slurm is started for this as root'

folder=$(mktemp -d)
trap 'cluster_stop; rm -rf "$folder"' EXIT
chmod 755 "$folder"
cluster_start "$folder/slurm" || skip 'Slurm does not start here'

cd "$folder"
mkdir articles parts
repeat_articles 400 >articles/lines.jsonl
for ((i = 0; i < 40; i++)); do
    printf 'The mayor of town %d said that it rained.\n' $i >articles/$i.txt
done
export WHOSAID="$WHOSAID"
"$WHOSAID" score --quiet articles --models "$SOURCE/models" -o whole.csv
"$WHOSAID" score --quiet articles --models "$SOURCE/models" --format jsonl -o whole.jsonl

# run_array REPORT: submits the array and waits until nothing is queued any more. (sbatch --wait asks
# only every half minute.) Whether the tasks did their work shows in the parts.
run_array() {
    sbatch --parsable --array=1-8 "$here/whosaid-array.sbatch" "$1" articles \
        --models "$SOURCE/models" >/dev/null || failed 'the job was not taken'
    while [[ -n $(squeue --noheader) ]]; do sleep 0.2; done
}
failed() {
    echo "$1" >&2
    tail -n 5 whosaid-*.log slurm/log/slurmctld slurm/log/slurmd >&2
    exit 1
}

run_array parts/report.csv
"$WHOSAID" merge --quiet parts/report.*.csv -o merged.csv || failed 'the parts do not fit'
cmp whole.csv merged.csv
echo 'eight shards merged: the same CSV as by one process'

# One part is lost, and one was cut off in the middle by a kill: the same job again repairs it.
run_array parts/report.jsonl
rm -f parts/report.3.jsonl*
"$WHOSAID" score --quiet articles --models "$SOURCE/models" -o parts/report.5.jsonl --shard 5/8 &
until [[ -e parts/report.5.jsonl.journal ]]; do sleep 0.01; done
kill -KILL $!
wait $! 2>/dev/null || true
run_array parts/report.jsonl
"$WHOSAID" merge --quiet parts/report.*.jsonl -o merged.jsonl || failed 'the parts do not fit'
cmp whole.jsonl merged.jsonl
echo 'a part that was lost and one that was killed: the same JSON Lines'
