#!/usr/bin/env bash
# Runs every test of the project. The last line adds up all runners: "N passed, N failed", and ", N skipped" if any.
set -uo pipefail
cd "$(dirname "$0")/.."

passed=0 failed=0 skipped=0 status=0

# The number behind a word of the summary that `dotnet test` ends with; 0 where it did not come so far.
count() {
    sed $'s/\x1b\\[[0-9;]*m//g' "$1" | awk -v word="$2:" '$1 == word { n = $2 } END { print n + 0 }'
}

log="$(mktemp)"
trap 'rm -f "$log"' EXIT

dotnet test --solution AemloBridge.sln -c Release 2>&1 | tee "$log"
ended="${PIPESTATUS[0]}"
passed=$((passed + $(count "$log" succeeded)))
failed=$((failed + $(count "$log" failed)))
skipped=$((skipped + $(count "$log" skipped)))
if [ "$ended" -ne 0 ]; then
    status=1
    # A build that fails, or a runner that dies, has no failed test to show for it.
    [ "$failed" -gt 0 ] || failed=1
fi

line="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || line="$line, $skipped skipped"
echo "$line"
exit "$status"
