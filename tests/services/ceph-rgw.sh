#!/usr/bin/env bash
# A real S3 for tests: one Ceph monitor, one OSD in memory and the RADOS gateway, all on 127.0.0.1, without a root service.
#   ceph-rgw.sh start FOLDER PORT KEY SECRET   starts all; PORT and the two after it must be free; FOLDER must not hold anything else
#   ceph-rgw.sh user FOLDER NAME KEY SECRET    makes another account
#   ceph-rgw.sh gateway FOLDER                 starts the RADOS gateway alone again, after it was killed
#   ceph-rgw.sh stop FOLDER                    ends the processes that it started in FOLDER, by their ids
set -euo pipefail
act=$1 folder=$2
export CEPH_CONF=$folder/ceph.conf

wait_for_gateway() {
  local port
  port=$(cat "$folder/port")
  for _ in $(seq 150); do
    curl -s -o /dev/null "http://127.0.0.1:$port/" && return 0
    sleep 0.1
  done
  echo "The RADOS gateway does not answer on port $port." >&2
  return 1
}

case $act in
start)
  port=$3 key=$4 secret=$5
  fsid=$(cat /proc/sys/kernel/random/uuid)
  monitor="[v2:127.0.0.1:$((port + 2)),v1:127.0.0.1:$((port + 1))]"
  mkdir -p "$folder"/{mon,osd,run,log,rgw}
  echo "$port" > "$folder/port"
  touch "$folder/keyring"
  cat > "$CEPH_CONF" <<CONF
[global]
fsid = $fsid
mon host = $monitor
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
ms mon client mode = crc
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
osd objectstore = memstore
memstore device bytes = 1073741824
paxos propose interval = 0.05
paxos min wait = 0.02
run dir = $folder/run
admin socket = $folder/run/\$name.asok
pid file = $folder/run/\$name.pid
log file = $folder/log/\$name.log
keyring = $folder/keyring
[mon]
mon data = $folder/mon
mon cluster log file = $folder/log/cluster.log
[osd]
osd data = $folder/osd
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:$port
rgw data = $folder/rgw
rgw enable ops log = false
rgw dns name = localhost
rgw thread pool size = 32
rgw gc max objs = 7
rgw lc max objs = 7
rgw run sync thread = false
CONF
  monmaptool --create --fsid "$fsid" --addv a "$monitor" "$folder/monmap" >/dev/null
  ceph-mon --mkfs -i a --monmap "$folder/monmap"
  ceph-mon -i a 2>/dev/null
  id=$(ceph osd create)
  ceph-osd -i "$id" --mkfs >/dev/null 2>&1
  ceph-osd -i "$id" >/dev/null 2>&1
  radosgw-admin --no-mon-config user create --uid=gateway --display-name=gateway --access-key="$key" --secret="$secret" >/dev/null 2>"$folder/log/user.log"
  radosgw -n client.rgw
  wait_for_gateway
  ;;
user)
  radosgw-admin --no-mon-config user create --uid="$3" --display-name="$3" --access-key="$4" --secret="$5" >/dev/null 2>"$folder/log/user.log"
  ;;
gateway)
  radosgw -n client.rgw
  wait_for_gateway
  ;;
stop)
  for file in "$folder"/run/*.pid; do
    [ -e "$file" ] || continue
    pid=$(cat "$file")
    # Only a process whose command line still is the one that was started from this folder's configuration.
    tr '\0' '\n' < "/proc/$pid/environ" 2>/dev/null | grep -qx "CEPH_CONF=$CEPH_CONF" && kill -9 "$pid" 2>/dev/null || true
  done
  ;;
*)
  echo "ceph-rgw.sh start|user|gateway|stop FOLDER …" >&2
  exit 2
  ;;
esac
