#!/usr/bin/env bash
# Says which prerequisite is missing and how to install it; silent and 0 when all are there.
set -euo pipefail

needed=10

install_command() {
    case "$(uname -s)" in
        Darwin) echo "brew install --cask dotnet-sdk" ;;
        MINGW* | MSYS* | CYGWIN*) echo "winget install Microsoft.DotNet.SDK.$needed" ;;
        *) echo "curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel $needed.0 && export PATH=\"\$HOME/.dotnet:\$PATH\"" ;;
    esac
}

missing() {
    echo "$1. Install it with:" >&2
    echo "    $(install_command)" >&2
    exit 1
}

command -v dotnet >/dev/null || missing "The .NET SDK $needed is needed, and there is no dotnet on the PATH"

# Asked from the root: global.json in this folder would make an older SDK answer with an error of its own.
sdks="$(cd / && dotnet --list-sdks)"
newest="$(cut -d' ' -f1 <<<"$sdks" | sort -V | tail -n 1)"
[ -n "$newest" ] || missing "The .NET SDK $needed is needed, and only a runtime is installed"
# No hyphen before the blank: global.json takes no preview and no release candidate.
grep -q "^$needed\.[^ -]* " <<<"$sdks" || missing "The .NET SDK $needed is needed, and the newest one installed is $newest"
