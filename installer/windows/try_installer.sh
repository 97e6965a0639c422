#!/bin/sh
# Tries the mechanics of the Windows installer under wine with a stand-in for the program: silent installation, the file type,
# an upgrade that clears the older version but keeps what the user put there, removal that keeps it too. Needs makensis, wine.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d)
trap 'WINEPREFIX=$work/wine wineserver -k 2>/dev/null || true; rm -rf "$work"' EXIT
export WINEPREFIX="$work/wine" WINEDEBUG=-all WINEARCH=win64
mkdir -p "$work/program/_internal"
echo stand-in > "$work/program/unit-budget-ledger.exe"
echo new > "$work/program/_internal/new.txt"
(cd "$here" && makensis -V2 -INPUTCHARSET UTF8 -DVERSION=0.0.0 "-DSOURCE=$work/program" "-DOUTPUT=$work/unit-budget-ledger-setup.exe" unit-budget-ledger.nsi)
failed=0
check() { # TITLE COMMAND...: print whether it holds
    title=$1
    shift
    if "$@" >/dev/null 2>&1; then echo "ok   $title"; else echo "FAIL $title"; failed=1; fi
}
registered() { wine reg query "$@" | tr -d '\r' | grep -q .; }
wineboot -i >/dev/null 2>&1
wine reg add 'HKLM\Software\Microsoft\Windows NT\CurrentVersion' /v CurrentBuildNumber /d 19045 /f >/dev/null 2>&1
wine winecfg -v win10 >/dev/null 2>&1
wine "$work/unit-budget-ledger-setup.exe" /S
place=$(find "$WINEPREFIX/drive_c/users" -type d -name UnitBudgetLedger | head -1)
check 'silent installation' test -f "$place/unit-budget-ledger.exe"
check 'uninstaller' test -f "$place/uninstall.exe"
check 'file type' registered 'HKCU\Software\Classes\UnitBudgetLedger.Document\shell\open\command'
check 'entry under installed programs' registered 'HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\UnitBudgetLedger'
echo old > "$place/_internal/old.txt"
echo mine > "$place/mine.ysz"
wine "$work/unit-budget-ledger-setup.exe" /S
check 'upgrade clears the older version' test ! -e "$place/_internal/old.txt"
check 'upgrade brings the newer one' test -f "$place/_internal/new.txt"
check 'upgrade keeps a ledger' test -f "$place/mine.ysz"
wine "$place/uninstall.exe" /S
sleep 3
wineserver -w
check 'removal takes the program' test ! -e "$place/unit-budget-ledger.exe"
check 'removal keeps a ledger' test -f "$place/mine.ysz"
check 'removal forgets the file type' sh -c "! wine reg query 'HKCU\\Software\\Classes\\UnitBudgetLedger.Document'"
exit $failed
