#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-only
# One real window on a real X server: it trains, Space pauses it, its title says so, and it closes.
# Usage: real_window.sh SAMOUT_STUDIO
set -eu
if [ -z "${REAL_WINDOW_DISPLAY:-}" ]; then
    exec env REAL_WINDOW_DISPLAY=1 QT_QPA_PLATFORM=xcb xvfb-run -a -s "-screen 0 1440x900x24" "$0" "$@"
fi

fail() {
    echo "real_window: $1" >&2
    exit 1
}

home=$(mktemp -d)
export XDG_CONFIG_HOME="$home"
"$1" --preset classroom --start --threads 1 --steps 0 &
studio=$!
trap 'kill "$studio" 2>/dev/null || true; rm -rf "$home"' EXIT

# Waits until a window's title matches a pattern.
title() {
    for _ in $(seq 300); do
        window=$(xdotool search --name "$1" 2>/dev/null | head -n 1) || true
        [ -n "$window" ] && return 0
        kill -0 "$studio" 2>/dev/null || fail "the studio ended by itself"
        sleep 0.1
    done
    fail "no window got the title \"$1\""
}

title '^SamOut Studio: running, step [1-9]'
# Without a window manager nobody gives the keys to the window.
xdotool windowfocus --sync "$window"
xdotool key space
title '^SamOut Studio: paused at step [0-9]+$'
paused=$(xdotool getwindowname "$window")
xdotool key s
title "^SamOut Studio: paused at step $((${paused##* } + 1))\$"
xdotool key ctrl+q
for _ in $(seq 100); do
    kill -0 "$studio" 2>/dev/null || break
    sleep 0.1
done
wait "$studio" || fail "the studio did not exit with 0"
echo "real_window: ran, paused, made one step, closed"
