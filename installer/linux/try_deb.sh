#!/bin/sh
# Installs the .deb in a clean Debian 11 (glibc 2.31, the oldest that debootstrap finds on the mirrors), runs smoke.py there,
# removes the package again and looks that ledgers stay. Needs root and debootstrap.
#
#   installer/linux/try_deb.sh PACKAGE.deb MIRROR       the address of a Debian mirror, as in the sources of apt
set -eu
package=${1:?usage: try_deb.sh PACKAGE.deb MIRROR}
mirror=${2:?usage: try_deb.sh PACKAGE.deb MIRROR}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(mktemp -d)
trap 'umount "$root/proc" 2>/dev/null || true; rm -rf --one-file-system "$root" "$root.log"' EXIT
debootstrap --variant=minbase bullseye "$root" "$mirror" > "$root.log"
mount -t proc proc "$root/proc"
cp "$package" "$root/tmp/package.deb"
cp "$here/../smoke.py" "$root/tmp/"
inside() { chroot "$root" env DEBIAN_FRONTEND=noninteractive QT_QPA_PLATFORM=offscreen sh -ec "$1"; }
inside 'apt-get install -y -qq --no-install-recommends /tmp/package.deb python3 > /dev/null 2>&1'
inside 'python3 /tmp/smoke.py /usr/bin/unit-budget-ledger'
inside 'unit-budget-ledger new /tmp/unit.ysz --unit 测试单位 --year 2026 > /dev/null; dpkg -r unit-budget-ledger > /dev/null'
inside 'test ! -e /opt/unit-budget-ledger && test -f /tmp/unit.ysz && echo "ok   removal keeps ledgers"'
