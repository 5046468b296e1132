# To be sourced: a bare Debian 12 in a folder.

# bookworm FOLDER: a bare Debian 12 there, from the machine's own mirror; kept in .build for the next time. Needs root and debootstrap.
bookworm() {
    local kept work mirror
    kept=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")/.build/bookworm.tar
    [ "$(id -u)" = 0 ] || { echo "only root can make a bare Debian: sudo make …" >&2; return 1; }
    command -v debootstrap >/dev/null || { echo "debootstrap is not installed" >&2; return 1; }
    mirror=$(sed -nE 's/^(URIs: |deb (\[[^]]*\] )?)(https?:\/\/[^ ]*debian)\/?( .*)?$/\3/p' \
        /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -n 1 || true)
    if [ ! -e "$kept" ]; then
        mkdir -p "$(dirname "$kept")"
        work=$(mktemp -d)
        debootstrap --variant=minbase bookworm "$work/bare" "${mirror:-http://deb.debian.org/debian}" >"$work/log" || {
            tail "$work/log" >&2
            echo "debootstrap found no Debian at ${mirror:-deb.debian.org}" >&2
            return 1
        }
        tar -C "$work/bare" -cf "$kept.part" . && mv "$kept.part" "$kept"
        rm -rf "$work"
    fi
    mkdir "$1" && tar -C "$1" -xpf "$kept"
    cp /etc/resolv.conf "$1/etc/resolv.conf"
}
