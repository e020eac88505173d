#!/usr/bin/env bash
# Installs the published aemlo: install.sh PREFIX puts it in PREFIX/lib/aemlo, with a link in PREFIX/bin and
# completions where bash, zsh and fish look for them.
set -euo pipefail
prefix="$1"
cd "$(dirname "$0")/.."

# Published beforehand, so that `sudo make install` needs no .NET; otherwise now.
published() { ls -dt artifacts/aemlo-*/ 2>/dev/null | sed -n 1p; }
[ -n "$(published)" ] || build/publish.sh
folder="$(published)"

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
