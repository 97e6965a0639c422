@echo off
where py >nul 2>nul
if not errorlevel 1 goto launcher
where python >nul 2>nul
if not errorlevel 1 goto python
chcp 65001 >nul
echo 需要 Python 3.11 或更高版本，请先安装（Python was not found）。
exit /b 2

:launcher
py -3 "%~dp0installer\bootstrap.py" test %*
exit /b

:python
python "%~dp0installer\bootstrap.py" test %*
exit /b
