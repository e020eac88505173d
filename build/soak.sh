#!/usr/bin/env bash
# The soak tests at their full size, on the loopback alone; the figures go to docs/soak.md. Takes about half an hour.
set -euo pipefail
cd "$(dirname "$0")/.."

figures="$(mktemp)"
trap 'rm -f "$figures"' EXIT
dotnet build tests/AemloBridge.Server.Tests -c Release -v quiet
AEMLO_SOAK=full AEMLO_SOAK_REPORT="$figures" dotnet test --project tests/AemloBridge.Server.Tests -c Release --no-build -- \
    --filter-namespace AemloBridge.Server.Tests.Soak --filter-namespace AemloBridge.Server.Tests.Services.Fuzz

cat >docs/soak.md <<END
# Soak tests

What \`make soak\` measured on $(date -u +%Y-%m-%d), with $(nproc) cores and $(awk '/MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo) GiB of memory, $(dotnet --version) as the .NET SDK. The same tests run in every \`make test\` at a smaller size.

| what | result |
|---|---|
$(sort "$figures")
END
cat docs/soak.md
