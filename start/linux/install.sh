#!/bin/sh
# Lets the server and the screens of this computer start by themselves, from power to serving.
#
#   install.sh server                       the server, also while nobody is signed in
#   install.sh kiosk|display [options]      a screen after signing in; options as of screen.sh
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
    mkdir -p "$units"
    python=$("$root/start/linux/python.sh")
    cat > "$units/antrean.service" <<UNIT
[Unit]
Description=Antrean, the queue server
After=network.target

[Service]
ExecStart="$python" "$root/run.py" serve --no-open
Restart=always
RestartSec=2

[Install]
WantedBy=default.target
UNIT
    echo "$units/antrean.service"
    systemctl --user daemon-reload
    systemctl --user enable --now antrean.service
    loginctl enable-linger "$(id -un)" || echo "install.sh: ask an administrator for 'loginctl enable-linger $(id -un)', else it starts only after signing in" >&2
}

screen() {
    kind=$1; shift
    mkdir -p "$starts"
    line="\"$here/screen.sh\" $kind"
    for word in "$@"; do line="$line \"$word\""; done
    cat > "$starts/antrean-$kind.desktop" <<ENTRY
[Desktop Entry]
Type=Application
Name=Antrean $kind
Exec=$line
X-GNOME-Autostart-enabled=true
ENTRY
    echo "$starts/antrean-$kind.desktop"
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
