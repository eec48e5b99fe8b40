#!/bin/sh
# Shows one screen of the office in a browser that fills a monitor, and keeps it there.
#
#   screen.sh kiosk|display|counter [options]
#     --server URL    address of the server (default http://localhost:8017)
#     --monitor N     1 is the first monitor that xrandr lists (default 1)
#     --audio SINK    name of a sound output, see `pactl list short sinks` (default: the system's)
#     --browser PATH  another browser of Chromium's family
#     --once          do not start the browser again when it ends
#
# The browser has a profile of its own for each screen, so that a kiosk and a display may run on one
# computer. Sound needs no tap. The monitor is kept from sleeping as long as this runs.
set -u

usage() { sed -n '2,/^$/s/^# \{0,1\}//p' "$0"; exit "$1"; }

case "${1:-}" in
    kiosk | display | counter) kind=$1; shift ;;
    -h | --help) usage 0 ;;
    *) usage 2 >&2 ;;
esac
server=http://localhost:8017 monitor=1 audio="" browser="" once=""
while [ $# -gt 0 ]; do
    case "$1" in
        --server) server=${2:?}; shift ;;
        --monitor) monitor=${2:?}; shift ;;
        --audio) audio=${2:?}; shift ;;
        --browser) browser=${2:?}; shift ;;
        --once) once=yes ;;
        *) usage 2 >&2 ;;
    esac
    shift
done

if [ -z "$browser" ]; then
    for name in chromium chromium-browser google-chrome google-chrome-stable microsoft-edge; do
        if command -v "$name" >/dev/null 2>&1; then browser=$name; break; fi
    done
fi
[ -n "$browser" ] || { echo "screen.sh: no Chromium found; install it or give --browser" >&2; exit 1; }

# 1920x1080+1920+0 of the chosen monitor; the first one's place where xrandr cannot tell.
place() {
    command -v xrandr >/dev/null 2>&1 || return
    xrandr --query 2>/dev/null | awk -v n="$monitor" '
        / connected/ { for (i = 1; i <= NF; i++) if ($i ~ /^[0-9]+x[0-9]+\+[0-9]+\+[0-9]+$/) {
            if (++seen == n) { print $i; exit } } }'
}
found=$(place)
x=0 y=0
if [ -n "$found" ]; then
    x=${found#*+}; y=${x#*+}; x=${x%%+*}
elif [ "$monitor" != 1 ]; then
    echo "screen.sh: there is no monitor $monitor; using the first" >&2
fi

# No sleeping monitor, no screen saver; whatever is not there is not needed.
xset s off s noblank -dpms 2>/dev/null
inhibit=""
if command -v systemd-inhibit >/dev/null 2>&1; then
    inhibit="systemd-inhibit --what=idle:sleep --who=Antrean --why=screen --mode=block"
    $inhibit true 2>/dev/null || inhibit=""
fi
[ -z "$audio" ] || export PULSE_SINK="$audio"

# A kiosk and a display have the monitor to themselves; at a counter there are other programs too.
window=--kiosk
[ "$kind" != counter ] || window=--start-maximized

profile=${XDG_DATA_HOME:-$HOME/.local/share}/antrean/$kind-$monitor
mkdir -p "$profile"

# The server may take longer to start than this computer.
answers() {
    if command -v curl >/dev/null 2>&1; then
        curl -fs -m 3 "$server/health" >/dev/null 2>&1
    elif command -v wget >/dev/null 2>&1; then
        wget -q -t 1 -T 3 -O /dev/null "$server/health" 2>/dev/null
    fi # with neither there is nothing to ask with: the browser has to try
}
until answers; do
    echo "screen.sh: waiting for $server" >&2
    sleep 2
done

while :; do
    # A browser that was cut off by the power must not ask about it.
    sed -i 's/"exited_cleanly":false/"exited_cleanly":true/; s/"exit_type":"Crashed"/"exit_type":"Normal"/' \
        "$profile/Default/Preferences" 2>/dev/null
    # shellcheck disable=SC2086
    $inhibit "$browser" "$window" "--app=$server/$kind" "--user-data-dir=$profile" \
        "--window-position=$x,$y" --autoplay-policy=no-user-gesture-required \
        --no-first-run --no-default-browser-check --disable-session-crashed-bubble \
        --hide-crash-restore-bubble --noerrdialogs --disable-features=Translate \
        --disable-pinch --overscroll-history-navigation=0 --password-store=basic \
        --check-for-update-interval=31536000
    status=$?
    [ -z "$once" ] || exit "$status"
    sleep 2
done
