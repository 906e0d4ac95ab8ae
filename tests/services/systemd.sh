#!/usr/bin/env bash
# A systemd with the gateway's unit, as process 1 of namespaces of its own, installed as docs/gateway.md says. Needs root. The machine's
# files are read-only to it or hidden; what it writes lies in FOLDER, and everything ends with this process.
#   systemd.sh FOLDER PROGRAM UNIT DOTNET
#     FOLDER   its etc/ becomes /etc/iotgateway, its state/ /var/lib/iotgateway, its drop-in/ the unit's drop-ins
#     PROGRAM  the folder of the gateway's program
#     UNIT     its unit file
#     DOTNET   the folder of the .NET runtime
set -euo pipefail
if [ "${1:-}" != inside ]; then
  exec unshare --fork --pid --mount --uts --ipc --cgroup --mount-proc --kill-child=SIGKILL "$0" inside "$@"
fi
folder=$(realpath "$2") program=$(realpath "$3") unit=$(realpath "$4") dotnet=$(realpath "$5")

mount --make-rprivate /
mkdir "$folder"/{copy,opt,lib}
mkdir -p "$folder/opt/iotgateway/edge" "$folder/opt/dotnet" "$folder/lib/iotgateway" "$folder/state"
mount -t tmpfs -o mode=755 tmpfs "$folder/copy"
cp -a /etc/. "$folder/copy"
mount --move "$folder/copy" /etc

for group in iotgateway gpio i2c spi audio; do groupadd --system --force "$group"; done
useradd --system --gid iotgateway --home-dir /var/lib/iotgateway --shell /usr/sbin/nologin iotgateway
cp -r "$folder/etc" /etc/iotgateway
chown -R iotgateway:iotgateway /etc/iotgateway "$folder/state"
chmod 750 /etc/iotgateway
mkdir -p /etc/dotnet
echo /opt/dotnet > /etc/dotnet/install_location

# None of the machine's own units: the gateway's, and empty ones where systemd wants them by itself.
rm -rf /etc/systemd/system
mkdir -p /etc/systemd/system/iotgateway-edge.service.d
cp "$unit" /etc/systemd/system/iotgateway-edge.service
cp "$folder"/drop-in/* /etc/systemd/system/iotgateway-edge.service.d/
for name in sysinit basic shutdown local-fs network-online; do
  printf '[Unit]\nDefaultDependencies=no\n' > "/etc/systemd/system/$name.target"
done
printf '[Unit]\nDefaultDependencies=no\nWants=iotgateway-edge.service\n' > /etc/systemd/system/gateway.target
mount -t tmpfs tmpfs /usr/lib/systemd/system

mount --bind "$folder/opt" /opt
mount --bind "$program" /opt/iotgateway/edge
mount --bind "$dotnet" /opt/dotnet
mount --bind "$folder/lib" /var/lib
mount --bind "$folder/state" /var/lib/iotgateway
for path in /run /tmp /var/tmp /root /home; do mount -t tmpfs tmpfs "$path"; done
chmod 1777 /tmp /var/tmp
mount -o remount,bind,ro /

export container=namespaces
exec /lib/systemd/systemd --system --unit=gateway.target --log-target=console --show-status=no
