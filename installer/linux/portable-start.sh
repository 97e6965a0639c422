#!/bin/sh
# 双击启动便携版。A stick that is mounted without the right to run programs is answered with what to do.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 2
if [ ! -x "$here/unit-budget-ledger" ]; then
    echo "这个位置不允许运行程序，请把整个文件夹复制到电脑上再启动。" >&2
    exit 2
fi
exec "$here/unit-budget-ledger" "$@"
