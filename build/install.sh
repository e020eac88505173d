#!/usr/bin/env bash
# Installs the published aemlo: install.sh PREFIX puts it in PREFIX/lib/aemlo, with a link in PREFIX/bin.
set -euo pipefail
prefix="$1"
cd "$(dirname "$0")/.."

# Published beforehand, so that `sudo make install` needs no .NET; otherwise now.
published() { ls -d artifacts/aemlo-*/ 2>/dev/null | tail -n 1; }
[ -n "$(published)" ] || build/publish.sh
folder="$(published)"

mkdir -p "$prefix/bin" "$prefix/lib"
rm -rf "$prefix/lib/aemlo"
cp -R "${folder%/}" "$prefix/lib/aemlo"
ln -sf ../lib/aemlo/aemlo "$prefix/bin/aemlo"
echo "$prefix/bin/aemlo"
