#!/usr/bin/env bash
# usage: Tests/packaging/booted.sh ROOT PUBLISHER WORK
#
# Boots a copy of ROOT, a Debian with the package, under systemd: the unit as it is collects from the stand-in at PUBLISHER, is started
# again by the watchdog when it hangs, ends in time, and is gone after a purge.
set -euo pipefail
root=$1 publisher=$2 work=$3
booted=$work/booted

cp -ax "$root" "$booted"
chroot "$booted" apt-get install -y -qq --no-install-recommends systemd systemd-sysv >"$work/systemd.log" 2>&1
mkdir -p "$booted/etc/systemd/system/waitkeeper.service.d"
cat >"$booted/etc/systemd/system/waitkeeper.service.d/check.conf" <<UNIT
[Service]
Environment=WAITKEEPER_HA_URL=$publisher WAITKEEPER_ARCHIVE_URL=$publisher/v1/historical-archive WAITKEEPER_LISTEN=127.0.0.1:0
WatchdogSec=20
RestartSec=1
UNIT
cat >"$booted/etc/systemd/system/check.service" <<UNIT
[Unit]
After=waitkeeper.service
[Service]
Type=oneshot
ExecStart=/check.sh
StandardOutput=append:/check.log
StandardError=inherit
ExecStopPost=/bin/systemctl --no-block poweroff
TimeoutStartSec=900
[Install]
WantedBy=multi-user.target
UNIT
ln -s ../check.service "$booted/etc/systemd/system/multi-user.target.wants/check.service"
rm -f "$booted"/var/lib/waitkeeper/waitkeeper.sqlite*
cat >"$booted/check.sh" <<'CHECK'
#!/bin/bash
set -eu
property() { systemctl show --value -p "$1" waitkeeper; }
await() {
    for _ in $(seq 600); do [ "$(property "$1")" "$2" "$3" ] && return; sleep 0.2; done
    echo "waited in vain for $1 $2 $3: it is $(property "$1")"
    systemctl status waitkeeper --no-pager -l -n 40
    journalctl --no-pager -u waitkeeper -n 40
    exit 1
}
status() { property StatusText; }
await ActiveState = active
first=$(property MainPID)
echo "active as $(ps -o user= -p "$first" 2>/dev/null || stat -c %U "/proc/$first"); $(status)"
for _ in $(seq 600); do case "$(status)" in *"newest reading"*) break ;; esac; sleep 0.2; done
status
setpriv --reuid nobody --regid nogroup --clear-groups waitkeeper latest | sed -n 1,3p
systemd-analyze security waitkeeper | tail -n 1
kill -STOP "$first"
await NRestarts -ge 1
await ActiveState = active
[ "$(property MainPID)" != "$first" ]
echo "hung, and was started anew: $(journalctl --no-pager -u waitkeeper | grep -o "Watchdog timeout.*\|Failed with result.*" | tr '\n' ' ')"
waitkeeper verify 2>&1 | tail -n 1
systemctl stop waitkeeper
echo "stopped: $(property Result), $(property ActiveState)"
systemctl start waitkeeper
DEBIAN_FRONTEND=noninteractive apt-get purge -y -qq waitkeeper >/dev/null
[ "$(property ActiveState)" = inactive ] || [ "$(property ActiveState)" = failed ]
[ ! -e /var/lib/waitkeeper ] && [ ! -e /etc/waitkeeper.json ] && [ ! -e /lib/systemd/system/waitkeeper.service ]
! getent passwd waitkeeper
echo "purged while it ran"
echo "all is well under systemd"
CHECK
chmod +x "$booted/check.sh"
timeout 900 systemd-nspawn --quiet -D "$booted" --boot --register=no --keep-unit </dev/null >"$work/boot.log" 2>&1 || true
sed 's/^/   /' "$booted/check.log" 2>/dev/null || tail -n 20 "$work/boot.log"
grep -q "all is well under systemd" "$booted/check.log"
