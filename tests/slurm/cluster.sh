# cluster.sh: a Slurm of one machine, in a folder, for a test. Sourced, as root.
#
#   cluster_start FOLDER    starts munged, slurmctld and slurmd; SLURM_CONF is set
#   cluster_stop            ends those again
#
# Everything that they write lies in FOLDER, and the ports are not the usual ones: a Slurm that the
# machine has for itself is not touched.
cluster_processes=()

cluster_start() {
    local folder=$1 host processors base=$((20000 + RANDOM % 20000))
    host=$(hostname -s)
    processors=$(nproc)
    mkdir -p "$folder"/{state,spool,log,munge}
    dd if=/dev/urandom of="$folder/munge/key" bs=1024 count=1 status=none
    chmod 700 "$folder/munge"
    chmod 400 "$folder/munge/key"
    cat >"$folder/slurm.conf" <<END
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket
CryptoType=crypto/munge
SlurmctldPort=$base
SlurmdPort=$((base + 1))
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/log/slurmctld
SlurmdLogFile=$folder/log/slurmd
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
ReturnToService=2
SchedulerParameters=sched_interval=1
KillWait=5
NodeName=$host NodeAddr=127.0.0.1 CPUs=$processors State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP
END
    export SLURM_CONF=$folder/slurm.conf
    munged --foreground --force --key-file="$folder/munge/key" --socket="$folder/munge/socket" \
        --pid-file="$folder/munge/pid" --log-file="$folder/munge/log" \
        --seed-file="$folder/munge/seed" >"$folder/log/munged" 2>&1 &
    cluster_processes+=($!)
    slurmctld -D -c >"$folder/log/slurmctld.out" 2>&1 &
    cluster_processes+=($!)
    slurmd -D -N "$host" >"$folder/log/slurmd.out" 2>&1 &
    cluster_processes+=($!)
    cluster_wait "$folder"
}

# Until the one node takes jobs.
cluster_wait() {
    local i
    for ((i = 0; i < 150; i++)); do
        [[ $(sinfo --noheader --format=%T 2>/dev/null) == idle ]] && return 0
        sleep 0.2
    done
    tail -n 20 "$1"/log/* "$1/munge/log" >&2
    return 1
}

cluster_stop() {
    local i
    for ((i = ${#cluster_processes[@]} - 1; i >= 0; i--)); do
        kill "${cluster_processes[i]}" 2>/dev/null || true
        wait "${cluster_processes[i]}" 2>/dev/null || true
    done
    cluster_processes=()
}
