#!/bin/sh
# Lets the server and the screens of this computer start by themselves, from power to serving.
#
#   install.sh server                       the server, also while nobody is signed in
#   install.sh kiosk|display [options]      a screen after signing in; options as of screen.sh
#                                           (one of a kind for each monitor)
#   install.sh remove                       nothing starts by itself any more
#
# Run it as the user who shall run them, not as root. For screens switch on automatic sign-in of that
# user in the settings of the desktop.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
units=${XDG_CONFIG_HOME:-$HOME/.config}/systemd/user
starts=${XDG_CONFIG_HOME:-$HOME/.config}/autostart

server() {
    python=$(sh "$root/start/linux/python.sh") || {
        echo "install.sh: Python 3.11 or newer is needed. / Diperlukan Python 3.11 atau yang lebih baru." >&2
        exit 1
    }
    mkdir -p "$units"
    cat > "$units/antrean.service" <<UNIT
[Unit]
Description=Antrean, the queue server
After=network.target

[Service]
ExecStart=$(in_unit "$python") $(in_unit "$root/run.py") serve --no-open
Restart=always
RestartSec=2

[Install]
WantedBy=default.target
UNIT
    echo "$units/antrean.service"
    loginctl enable-linger "$(id -un)" || echo "install.sh: ask an administrator for 'loginctl enable-linger $(id -un)', else it starts only after signing in" >&2
    systemctl --user daemon-reload
    systemctl --user enable --now antrean.service
}

# Words as systemd and the desktop read them: in quotes, what means something to them made harmless.
in_unit() { printf '"%s"' "$(printf %s "$1" | sed 's/[\\"]/\\&/g; s/%/%%/g; s/\$/$$/g')"; }
in_entry() { printf '"%s"' "$(printf %s "$1" | sed 's/\\/\\\\\\\\/g; s/["$`]/\\\\&/g; s/%/%%/g')"; }

screen() {
    kind=$1; shift
    mkdir -p "$starts"
    line="sh $(in_entry "$here/screen.sh") $kind" monitor=1 before=""
    for word in "$@"; do
        line="$line $(in_entry "$word")"
        [ "$before" != --monitor ] || monitor=$word
        before=$word
    done
    entry="$starts/antrean-$kind-$monitor.desktop"
    cat > "$entry" <<ENTRY
[Desktop Entry]
Type=Application
Name=Antrean $kind $monitor
Exec=$line
X-GNOME-Autostart-enabled=true
ENTRY
    echo "$entry"
}

case "${1:-}" in
    server) server ;;
    kiosk | display | counter) screen "$@" ;;
    remove)
        systemctl --user disable --now antrean.service 2>/dev/null || true
        rm -f "$units/antrean.service" "$starts"/antrean-*.desktop
        ;;
    *) sed -n '2,/^$/s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
