#!/usr/bin/env bash
# Runs every test of the project. The last line adds up all runners: "N passed, N failed", and ", N skipped" if any.
# What failed is listed before it, below a line "Failed tests:".
set -uo pipefail
cd "$(dirname "$0")/.."

passed=0 failed=0 skipped=0 status=0

# The number behind a word of the summary that `dotnet test` ends with; 0 where it did not come so far.
count() {
    sed $'s/\x1b\\[[0-9;]*m//g' "$1" | awk -v word="$2:" '$1 == word { n = $2 } END { print n + 0 }'
}

log="$(mktemp)"
bad_list="$(mktemp)"
trap 'rm -f "$log" "$bad_list"' EXIT

dotnet test --solution AemloBridge.sln -c Release 2>&1 | tee "$log"
ended="${PIPESTATUS[0]}"
passed=$((passed + $(count "$log" succeeded)))
failed=$((failed + $(count "$log" failed)))
skipped=$((skipped + $(count "$log" skipped)))
if [ "$ended" -ne 0 ]; then
    status=1
    # A build that fails, or a runner that dies, has no failed test to show for it.
    [ "$failed" -gt 0 ] || failed=1
    build/failed-tests.sh <"$log" >>"$bad_list"
fi

# The last line of a runner of its own: "N passed, N failed[, N skipped]".
add() {
    local log="$1" ended="$2" totals
    [ "$ended" -eq 0 ] || build/failed-tests.sh <"$log" >>"$bad_list"
    totals="$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$log" | tail -n 1)"
    if [ -z "$totals" ]; then
        failed=$((failed + 1)) status=1
        return
    fi
    read -r ran _ bad _ left _ <<<"${totals//,/}"
    passed=$((passed + ran)) failed=$((failed + bad)) skipped=$((skipped + ${left:-0}))
    [ "$ended" -eq 0 ] || status=1
    [ "$bad" -eq 0 ] || status=1
}

aemlo="$(dotnet msbuild src/AemloBridge.Cli -p:Configuration=Release -getProperty:TargetDir)aemlo"
if [ -x "$aemlo" ]; then
    AEMLO_EXECUTABLE="$aemlo" tests/conformance/run.sh 2>&1 | tee "$log"
    add "$log" "${PIPESTATUS[0]}"
    build/run-java-tests.sh "$(dirname "$aemlo")" 2>&1 | tee "$log"
    add "$log" "${PIPESTATUS[0]}"
fi

if [ "$failed" -gt 0 ]; then
    [ -s "$bad_list" ] || echo "  (no runner said which; see above)" >"$bad_list"
    echo "Failed tests:"
    cat "$bad_list"
fi
line="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || line="$line, $skipped skipped"
echo "$line"
exit "$status"
