@echo off
rem Builds the Windows installer. Run on 64-bit Windows with Python 3.11 to 3.13 (the py launcher) and NSIS 3 on the path.
setlocal
chcp 65001 >nul
cd /d "%~dp0..\.."
py -3 -m venv build\venv || exit /b 1
build\venv\Scripts\python -m pip install --require-hashes -r installer\requirements.txt || exit /b 1
build\venv\Scripts\python -m pip install pyinstaller==6.22.3 pyinstaller-hooks-contrib==2026.9 || exit /b 1
build\venv\Scripts\python -m PyInstaller --noconfirm --distpath dist --workpath build\work installer\unit-budget-ledger.spec || exit /b 1
build\venv\Scripts\python installer\smoke.py dist\unit-budget-ledger\ysz.exe || exit /b 1
for /f "tokens=2 delims== " %%v in ('findstr /b "version" pyproject.toml') do set VERSION=%%~v
cd installer\windows
makensis -INPUTCHARSET UTF8 -DVERSION=%VERSION% -DSOURCE=..\..\dist\unit-budget-ledger -DOUTPUT=..\..\dist\unit-budget-ledger-%VERSION%-setup.exe unit-budget-ledger.nsi || exit /b 1
echo dist\unit-budget-ledger-%VERSION%-setup.exe
