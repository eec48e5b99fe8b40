#!/bin/sh
# Double-click, or run: starts the server and shows its first page.
cd "$(dirname "$0")" || exit 1
python=$(sh start/linux/python.sh) # sh: a stick may have lost the right to run files
if [ -z "$python" ]; then
    echo "Python 3.11 or newer is needed. / Diperlukan Python 3.11 atau yang lebih baru."
    status=1
else
    "$python" run.py --open "$@"
    status=$?
fi
if [ "$status" -ne 0 ] && [ -t 0 ]; then
    printf "Enter ..."
    read -r _
fi
exit "$status"
