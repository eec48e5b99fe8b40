@echo off
rem Double-click: starts the server and shows its first page.
setlocal
cd /d "%~dp0"
where py >nul 2>nul
if not errorlevel 1 (
  py -3 run.py --open %*
) else (
  python run.py --open %*
)
if errorlevel 1 pause
