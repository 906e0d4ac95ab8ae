#!/usr/bin/env bash
# The whole chain on this machine: a simulated field that replays recorded hives, the gateway, the cloud. Needs the .NET 10 SDK alone.
#   ./run.sh [--speed N] [--data DIR] [--port P] [--fresh]
set -euo pipefail
root=$(cd "$(dirname "$0")" && pwd)
speed=2000 data="$root/.demo" port=8080 fresh=no

usage() {
  cat <<EOF
usage: ./run.sh [--speed N] [--data DIR] [--port P] [--fresh]
  --speed N   how many times faster than life the recording is replayed (default $speed)
  --data DIR  where everything is kept between runs (default .demo)
  --port P    the page's port; the three after it are used too (default $port)
  --fresh     throw the data folder's content away first
EOF
}
need() { [ $# -ge 2 ] || { echo "run.sh: $1 needs a value" >&2; usage >&2; exit 2; }; }
while [ $# -gt 0 ]; do
  case "$1" in
    --speed) need "$@"; speed=$2; shift 2 ;;
    --data) need "$@"; data=$2; shift 2 ;;
    --port) need "$@"; port=$2; shift 2 ;;
    --fresh) fresh=yes; shift ;;
    -h|--help) usage; exit 0 ;;
    *) echo "run.sh: unknown option $1" >&2; usage >&2; exit 2 ;;
  esac
done
[[ $speed =~ ^[0-9]+$ && $speed -gt 0 ]] || { echo "run.sh: --speed is '$speed'; expected a whole number above 0" >&2; exit 2; }
[[ $port =~ ^[0-9]+$ && $port -ge 1024 && $port -le 65532 ]] || { echo "run.sh: --port is '$port'; expected 1024 to 65532" >&2; exit 2; }

if ! command -v dotnet >/dev/null || ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
  echo "run.sh needs the .NET 10 SDK: https://dotnet.microsoft.com/download/dotnet/10.0" >&2
  exit 1
fi
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

web=$port status=$((port + 1)) cloud=$((port + 2)) field=$((port + 3))
for p in $web $status $cloud $field; do
  if (exec 3<>"/dev/tcp/127.0.0.1/$p") 2>/dev/null; then
    echo "run.sh: port $p is taken; stop what listens there or choose others with --port" >&2
    exit 1
  fi
done

# Only a folder that this script made, or an empty one, is ever thrown away.
if [ "$fresh" = yes ] && [ -d "$data" ] && [ -n "$(ls -A "$data")" ]; then
  [ -f "$data/.iotgateway-demo" ] || { echo "run.sh: $data was not made by run.sh; --fresh will not empty it" >&2; exit 1; }
  rm -rf "${data:?}"
fi
if [ -d "$data" ] && [ -n "$(ls -A "$data")" ] && [ ! -f "$data/.iotgateway-demo" ]; then
  echo "run.sh: $data holds something that run.sh did not make; give --data an empty folder or a new one" >&2
  exit 1
fi
mkdir -p "$data/logs"
data=$(cd "$data" && pwd)
touch "$data/.iotgateway-demo"

echo "Building (the first time takes a minute or two) …"
for project in cloud edge firmware-sim; do
  dotnet build "$root/$project" -c Release -v quiet --nologo >"$data/logs/build.log" 2>&1 || { cat "$data/logs/build.log" >&2; exit 1; }
done
program() { echo "$root/$1/bin/Release/net10.0/IotGateway.$2.dll"; }

pids=()
stop() {
  trap - EXIT INT TERM
  for pid in "${pids[@]:-}"; do [ -n "$pid" ] && kill -TERM "$pid" 2>/dev/null; done
  for pid in "${pids[@]:-}"; do [ -n "$pid" ] && wait "$pid" 2>/dev/null; done
  echo "Stopped."
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
start() { # name, arguments of dotnet …
  local name=$1
  shift
  dotnet "$@" >"$data/logs/$name.log" 2>&1 &
  pids+=($!)
}
ready() { # name, pid, url
  for _ in $(seq 1 120); do
    kill -0 "$2" 2>/dev/null || break
    (exec 3<>"/dev/tcp/127.0.0.1/$3") 2>/dev/null && return 0
    sleep 0.25
  done
  echo "run.sh: the $1 did not start:" >&2
  tail -n 20 "$data/logs/$1.log" >&2
  exit 1
}

identity="$data/identity"
if [ ! -f "$identity/gateway.pem" ]; then
  mkdir -p "$data/gateway"
  dotnet "$(program cloud Cloud)" enroll gw-demo --data "$data/cloud" --out "$identity" >"$data/logs/enroll.log" 2>&1 || { cat "$data/logs/enroll.log" >&2; exit 1; }
fi

start cloud "$(program cloud Cloud)" --config "$root/firmware-sim/demo/cloud.json" --urls "http://127.0.0.1:$web" --data "$data/cloud" \
  --Ingest:Port "$cloud" --Weather:Recorded:montreal:File "$root/firmware-sim/recordings/montreal_hourly_2021_06_2022_12.csv.gz" \
  --Visits:Recorded:0 "$root/firmware-sim/recordings/urban_visits_2021.csv" \
  --Visits:Recorded:1 "$root/firmware-sim/demo/synthetic_visits.csv"
ready cloud "${pids[0]}" "$web"
# A kept folder goes on where the field's last run stood; what overlaps is recognised as sent before.
resume=()
if [ -f "$data/logs/field.log" ]; then
  last=$(grep -oE '^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} UTC' "$data/logs/field.log" | tail -n 1 || true)
  [ -z "$last" ] || resume=(--from "$(echo "$last" | sed 's/\(.*\) \(.*\) UTC/\1T\2:00Z/')")
  if grep -q '^replay ended' "$data/logs/field.log"; then
    echo "The recording was played to its end; --fresh begins anew."
    resume=()
  fi
fi
start field "$(program firmware-sim FirmwareSim)" "${resume[@]}" --speed "$speed" --mqtt-port "$field" --recordings "$root/firmware-sim/recordings" --synthetic 1
ready field "${pids[1]}" "$field"
start gateway "$(program edge Edge)" --config "$root/firmware-sim/demo/edge.json" --Urls "http://127.0.0.1:$status" --Gateway:DataDirectory "$data/gateway" \
  --Sources:0:Port "$field" --Forwarding:Port "$cloud" --Forwarding:CaFile "$identity/ca.pem" --Forwarding:CertificateFile "$identity/gateway.pem" \
  --Forwarding:KeyFile "$identity/gateway.key"
ready gateway "${pids[2]}" "$status"

cat <<EOF

  The hives          http://127.0.0.1:$web
  The gateway        http://127.0.0.1:$status
  Data and logs      $data

No sign-in: both pages answer on this machine alone. Seven hives are real, recorded in Montreal in 2021 and replayed
$speed times faster than life; the one called synthetic is drawn. Ctrl-C stops everything.
EOF
wait -n || true
echo "One of the processes ended; the last lines of each log:" >&2
tail -n 5 "$data"/logs/{cloud,field,gateway}.log >&2
exit 1
