@echo off
rem Double-click: starts the server and shows its first page.
setlocal
cd /d "%~dp0"
set "python=python"
for %%v in (3.11 3.12 3.13) do (
  py -%%v -c "" >nul 2>nul && set "python=py -%%v"
)
%python% -c "import sys; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12), (3, 13)))" >nul 2>nul
if errorlevel 1 (
  echo Python 3.11, 3.12 or 3.13 is needed. / Diperlukan Python 3.11, 3.12, atau 3.13.
  pause
  exit /b 1
)
%python% run.py --open %*
if errorlevel 1 pause
