#!/usr/bin/env bash
# A Slurm cluster of this machine alone, for tests. `run COMMAND…` starts it, carries out the command with SLURM_CONF set, and ends it
# whatever happens. `start` prints the path of its configuration, which SLURM_CONF must name for those who use it; `stop` ends it. Root only,
# with Debian's slurm-wlm and munge. It keeps everything in a folder of its own, munge's key and socket too, and has ports of its own,
# so that another cluster of this machine is left alone.
set -euo pipefail

host=$(hostname -s)
folder=${ONE_NODE_SLURM:-${TMPDIR:-/tmp}/gedi-one-node-slurm}
conf=$folder/slurm.conf

# Ends the daemon that wrote a file with its number, where it still is that daemon.
end() {
  local pid
  pid=$(cat "$folder/$1.pid" 2>/dev/null) || return 0
  [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = "$1" ] || return 0
  kill "$pid"
  for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || return 0; sleep 0.1; done
  kill -KILL "$pid"
}

# Ends all jobs and waits until their processes are gone: those outlive the daemon of the node.
end_jobs() {
  [ -f "$conf" ] || return 0
  timeout 10 scancel --full --user=root 2>/dev/null || return 0
  for _ in $(seq 100); do
    [ -n "$(timeout 10 squeue --noheader 2>/dev/null)" ] || return 0
    sleep 0.2
  done
}

stop() {
  end_jobs
  end slurmd
  end slurmctld
  end munged
  # What a test had mounted below the folder for its files, and could not take away any more.
  awk -v inside="$folder/" 'index($2, inside) == 1 { print $2 }' /proc/mounts | while read -r mount; do umount --lazy "$mount"; done
  rm -rf "$folder/tmp"
}

# The daemon by which the parts of Slurm know each other.
start_munge() {
  mkdir -p "$folder/munge"
  chmod 755 "$folder" "$folder/munge"
  (umask 077 && head -c 1024 /dev/urandom >"$folder/munge/key")
  munged --key-file="$folder/munge/key" --socket="$folder/munge/socket" --pid-file="$folder/munged.pid" \
    --log-file="$folder/munge/log" --seed-file="$folder/munge/seed" >&2
}

# Tasks of tests wait more than they compute, so the node says it has four cores where it has fewer. All waiting of Slurm's own
# (before a batch of submissions is looked at, between the end of a task and its kill, before a task is started anew) is short.
write_conf() {
  local cores memory
  cores=$(nproc)
  [ "$cores" -ge 4 ] || cores=4
  memory=$(awk '/^MemTotal/ { print int($2 / 1024) }' /proc/meminfo)
  mkdir -p "$folder/state" "$folder/spool"
  cat >"$conf" <<CONF
ClusterName=one-node
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmctldPort=16817
SlurmdPort=16818
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
AuthType=auth/munge
AuthInfo=cred_expire=5,socket=$folder/munge/socket
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=batch_sched_delay=0,sched_interval=1
SlurmdParameters=config_overrides
ReturnToService=2
KillWait=3
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
NodeName=$host NodeAddr=127.0.0.1 CPUs=$cores RealMemory=$memory State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
}

start() {
  stop
  rm -rf "$folder"
  mkdir -p "$folder/tmp"
  start_munge
  write_conf
  slurmctld
  slurmd
  for _ in $(seq 60); do
    if sinfo --noheader --format=%T 2>/dev/null | grep -qx idle; then return; fi
    sleep 0.5
  done
  echo "The node does not become idle; see $folder/*.log." >&2
  return 1
}

export SLURM_CONF=$conf
case ${1:-} in
start)
  start
  echo "$conf"
  ;;
run)
  shift
  # The command gets Ctrl-C from the terminal too, and is waited for. Where only this script is told, it passes it on.
  command=
  interrupt() {
    [ -n "$command" ] || exit 130
    kill -TERM "$command" 2>/dev/null || true
  }
  trap stop EXIT
  trap interrupt INT TERM HUP
  start
  TMPDIR=$folder/tmp "$@" &
  command=$!
  status=0
  # A signal ends the waiting, not the command.
  while :; do
    wait "$command" && status=0 || status=$?
    kill -0 "$command" 2>/dev/null || break
  done
  exit "$status"
  ;;
stop)
  stop
  ;;
*)
  echo "one-node-slurm.sh run COMMAND... | start | stop" >&2
  exit 2
  ;;
esac
