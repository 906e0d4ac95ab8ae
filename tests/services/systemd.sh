#!/usr/bin/env bash
# A systemd with the gateway's or the cloud's unit, as process 1 of namespaces of its own, installed as docs/gateway.md and docs/cloud.md
# say. Needs root. The machine's files are read-only to it or hidden; what it writes lies in FOLDER, and everything ends with this process.
#   systemd.sh FOLDER PROGRAM UNIT DOTNET NAME USER
#     FOLDER   its etc/ becomes /etc/USER, its state/ /var/lib/USER, its drop-in/ the unit's drop-ins
#     PROGRAM  the folder of the program
#     UNIT     its unit file
#     DOTNET   the folder of the .NET runtime
#     NAME     edge or cloud, below /opt/iotgateway
#     USER     the service's user, by whom its folders are named
set -euo pipefail
if [ "${1:-}" != inside ]; then
  exec unshare --fork --pid --mount --uts --ipc --cgroup --mount-proc --kill-child=SIGKILL "$0" inside "$@"
fi
folder=$(realpath "$2") program=$(realpath "$3") unit=$(realpath "$4") dotnet=$(realpath "$5") name=$6 user=$7
service=$(basename "$unit")

mount --make-rprivate /
mkdir "$folder"/{copy,opt,lib}
mkdir -p "$folder/opt/iotgateway/$name" "$folder/opt/dotnet" "$folder/lib/$user" "$folder/state"
mount -t tmpfs -o mode=755 tmpfs "$folder/copy"
cp -a /etc/. "$folder/copy"
mount --move "$folder/copy" /etc

for group in "$user" gpio i2c spi audio; do groupadd --system --force "$group"; done
useradd --system --gid "$user" --home-dir "/var/lib/$user" --shell /usr/sbin/nologin "$user"
cp -r "$folder/etc" "/etc/$user"
chown -R "$user:$user" "/etc/$user" "$folder/state"
chmod 750 "/etc/$user"
mkdir -p /etc/dotnet
echo /opt/dotnet > /etc/dotnet/install_location

# None of the machine's own units: this one, and empty ones where systemd wants them by itself.
rm -rf /etc/systemd/system
mkdir -p "/etc/systemd/system/$service.d"
cp "$unit" "/etc/systemd/system/$service"
cp "$folder"/drop-in/* "/etc/systemd/system/$service.d/"
for target in sysinit basic shutdown local-fs network-online; do
  printf '[Unit]\nDefaultDependencies=no\n' > "/etc/systemd/system/$target.target"
done
printf '[Unit]\nDefaultDependencies=no\nWants=%s\n' "$service" > /etc/systemd/system/gateway.target
mount -t tmpfs tmpfs /usr/lib/systemd/system

mount --bind "$folder/opt" /opt
mount --bind "$program" "/opt/iotgateway/$name"
mount --bind "$dotnet" /opt/dotnet
mount --bind "$folder/lib" /var/lib
mount --bind "$folder/state" "/var/lib/$user"
for path in /run /tmp /var/tmp /root /home; do mount -t tmpfs tmpfs "$path"; done
chmod 1777 /tmp /var/tmp
mount -o remount,bind,ro /

export container=namespaces
exec /lib/systemd/systemd --system --unit=gateway.target --log-target=console --show-status=no
