#!/usr/bin/env bash
# usage: Tests/packaging/deb.sh WAITKEEPER.deb
#
# On a bare Debian 12 in a folder: installs the package, starts what the unit starts as the unit's user against a stand-in publisher on
# loopback, backs up, restores, installs again, removes and purges; then, where systemd-nspawn can boot that folder, once more under
# the real unit and systemd. Needs root, debootstrap and the machine's own Debian mirror; the bare system is kept for the next time.
set -euo pipefail

deb=$(realpath "$1")
here=$(realpath "$(dirname "$0")")
. "$here/bookworm.sh"
work=$(mktemp -d)
root=$work/root
record=/var/lib/waitkeeper/waitkeeper.sqlite
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8

step() { printf '%s\n' "== $*"; }
fail() { printf 'deb.sh: %s\n' "$*" >&2; exit 1; }
inside() { chroot "$root" "$@"; }
as() { inside setpriv --reuid "$1" --regid "$(inside id -g "$1")" --clear-groups --no-new-privs env -C /var/lib/waitkeeper "${@:2}"; }
# Until a command succeeds, for two minutes.
await() {
    for _ in $(seq 600); do "$@" >/dev/null 2>&1 && return; sleep 0.2; done
    tail -n 5 "$work/run" >&2 || true
    "$@" >&2 || true
    fail "waited in vain for: $*"
}
clean() {
    [ -z "$(jobs -p)" ] || kill $(jobs -p) 2>/dev/null || true
    wait 2>/dev/null || true
    mountpoint -q "$root/proc" && umount "$root/proc"
    rm -rf "$work"
}
trap clean EXIT

# The files of the system, but for what apt and dpkg note down for themselves.
files() {
    (cd "$root" && find . -xdev \( -path ./proc -o -path ./var/cache -o -path ./var/lib/apt -o -path ./var/log -o -path ./tmp \
        -o -path ./var/lib/dpkg \) -prune -o -print | sort)
}

step "a bare Debian 12"
bookworm "$root" || fail "no bare system"
mount -t proc proc "$root/proc"
inside apt-get update -qq
files >"$work/before"
cp "$deb" "$root/tmp/waitkeeper.deb"

step "installing"
inside apt-get install -y -qq --no-install-recommends /tmp/waitkeeper.deb >"$work/install.log" 2>&1 \
    || { cat "$work/install.log" >&2; fail "it does not install"; }
inside dpkg --verify waitkeeper
inside waitkeeper --version
! inside ldd /usr/bin/waitkeeper | grep "not found" || fail "libraries are missing"
! inside ldd /usr/bin/waitkeeper | grep -i swift || fail "it needs a Swift runtime"
[ -L "$root/etc/systemd/system/multi-user.target.wants/waitkeeper.service" ] || fail "the unit is not enabled"
[ "$(inside stat -c %U:%a /var/lib/waitkeeper)" = waitkeeper:755 ] || fail "/var/lib/waitkeeper is not the user's"
grep -q "$record" "$root/etc/waitkeeper.json" || fail "the settings name another record"

step "the unit"
cp "$root/lib/systemd/system/waitkeeper.service" "$work/waitkeeper.service"
sed "s|^ExecStart=/usr/bin/waitkeeper|ExecStart=$root/usr/bin/waitkeeper|" "$work/waitkeeper.service" >"$work/waitkeeper-check.service"
systemd-analyze verify --man=no "$work/waitkeeper-check.service" || fail "systemd finds fault with the unit"
systemd-analyze security --offline=true "$work/waitkeeper.service" | tail -n 1

step "a stand-in publisher on loopback"
chroot "$root" waitkeeper replay --port 0 >"$work/replay" &
await grep -q "Simulated publisher at" "$work/replay"
publisher=$(grep -oE 'http://[0-9.:]+' "$work/replay" | head -n 1)

# What the unit starts, as its user; port 0, since the machine's own 8080 may be taken.
read -ra exec_start <<<"$(sed -n 's/^ExecStart=//p' "$root/lib/systemd/system/waitkeeper.service")"
start() {
    : >"$work/run"
    as waitkeeper env WAITKEEPER_HA_URL="$publisher" WAITKEEPER_ARCHIVE_URL="$publisher/v1/historical-archive" \
        sh -c 'echo $$ >/tmp/run.pid; exec "$@"' sh "${exec_start[@]}" --listen 127.0.0.1:0 2>>"$work/run" &
    running=$!
    await grep -q "Listening on" "$work/run"
}
stop() {
    kill -TERM "$(cat "$root/tmp/run.pid")"
    wait "$running" || fail "run ended with $?: $(tail -n 3 "$work/run")"
}
# Somebody else's question to the service's record, without an option.
latest() { [ "$(as nobody waitkeeper latest --format csv | grep -c "T")" -ge 18 ]; }

step "collecting, as the unit does"
start
await latest
as nobody waitkeeper latest | sed -n 1,4p
url=$(grep -oE 'http://127[0-9.:]+' "$work/run" | head -n 1)
exec 3<>"/dev/tcp/127.0.0.1/${url##*:}"
printf 'GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
head -n 1 <&3 | grep " 200 " || fail "the API does not answer"
exec 3<&-

step "a copy while it collects"
as waitkeeper waitkeeper backup copy.sqlite
stop

step "restoring it"
mkdir "$root/var/lib/waitkeeper/broken"
mv "$root$record"* "$root/var/lib/waitkeeper/broken/"
inside install -o waitkeeper -g waitkeeper -m 644 /var/lib/waitkeeper/copy.sqlite "$record"
as nobody waitkeeper verify 2>&1 | tail -n 1
start
await latest
stop

step "installing again: settings and record stay"
sed -i 's/"jitter-seconds": 30/"jitter-seconds": 29/' "$root/etc/waitkeeper.json"
inside apt-get install -y -qq --reinstall /tmp/waitkeeper.deb >"$work/install.log" 2>&1 || { cat "$work/install.log" >&2; fail "it does not"; }
grep -q '"jitter-seconds": 29' "$root/etc/waitkeeper.json" || fail "the settings were replaced"
latest || fail "the record is gone"

if [ -x "$(command -v systemd-nspawn)" ]; then
    step "under systemd"
    "$here/booted.sh" "$root" "$publisher" "$work"
fi

step "removing: settings and record stay"
inside apt-get remove -y -qq waitkeeper >/dev/null 2>&1
[ -e "$root$record" ] && [ -e "$root/etc/waitkeeper.json" ] || fail "removing took the record or the settings"
[ ! -e "$root/usr/bin/waitkeeper" ] || fail "the command is still there"

step "purging: nothing stays"
kill %1 2>/dev/null || true
inside apt-get purge -y -qq --autoremove waitkeeper >/dev/null 2>&1
! inside getent passwd waitkeeper || fail "the user is still there"
left=$(comm -13 "$work/before" <(files) | grep -i waitkeeper || true)
[ -z "$left" ] || fail "left behind: $left"
echo "$(comm -13 "$work/before" <(files) | wc -l) files of packages that it brought stay until somebody removes those"
step "all is well"
