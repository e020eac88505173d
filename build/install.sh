#!/usr/bin/env bash
# Installs the published aemlo: install.sh PREFIX [BUILD...] puts it in PREFIX/lib/aemlo, with a link in PREFIX/bin and
# completions where bash, zsh and fish look for them.
set -euo pipefail
prefix="$1"
shift
cd "$(dirname "$0")/.."

# publish.sh leaves the name of the folder it made, and the words it was given, in this file.
record=artifacts/published
folder() { echo "artifacts/$(sed -n 1p "$record")"; }

# What a published program depends on. A folder is newer when a file in it was removed; those of whole projects are not
# asked, because bin and obj come and go in them.
newer_sources() {
    find ./* -maxdepth 0 -type f -newer "$record"
    find src build \( -name bin -o -name obj \) -prune -o -type f -newer "$record" -print
    find src -mindepth 2 \( -name bin -o -name obj \) -prune -o -type d -newer "$record" -print
}

# Why there is nothing to install yet; empty when what was published is up to date.
stale() {
    [ -f "$record" ] && [ -d "$(folder)" ] || { echo "nothing is published"; return; }
    [ $# -eq 0 ] || [ "$*" = "$(sed -n 2p "$record")" ] || { echo "what is published was built with other words than '$*'"; return; }
    local changed
    changed="$(newer_sources | sed -n 1p)"
    [ -z "$changed" ] || echo "$changed changed after it was published"
}

# After `make publish`, `sudo make install` needs no .NET.
reason="$(stale "$@")"
if [ -n "$reason" ]; then
    echo "publishing: $reason"
    build/check-prereqs.sh
    build/publish.sh "$@"
fi
folder="$(folder)"

mkdir -p "$prefix/bin" "$prefix/lib"
rm -rf "$prefix/lib/aemlo"
cp -R "${folder%/}" "$prefix/lib/aemlo"
ln -sf ../lib/aemlo/aemlo "$prefix/bin/aemlo"

complete() {
    mkdir -p "$(dirname "$prefix/share/$2")"
    "$prefix/bin/aemlo" completion "$1" >"$prefix/share/$2"
}
complete bash bash-completion/completions/aemlo
complete zsh zsh/site-functions/_aemlo
complete fish fish/vendor_completions.d/aemlo.fish
echo "$prefix/bin/aemlo"
