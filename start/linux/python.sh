#!/bin/sh
# Prints which Python runs the program: the first that is there, really runs and is new enough.
# A name alone proves nothing: version managers leave names behind that only say "not found".
for name in python3.13 python3.12 python3.11 python3; do
    "$name" -c 'import sys; sys.version_info < (3, 11) and sys.exit(1); print(sys.executable)' \
        2>/dev/null && exit 0
done
exit 1
