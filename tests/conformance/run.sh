#!/usr/bin/env bash
# Drives a real server from Python and from Node. Needs AEMLO_EXECUTABLE, the aemlo to test, and for the two languages:
#   Debian:  apt install python3-grpcio python3-protobuf protobuf-compiler-grpc libprotobuf-dev protobuf-compiler
#   others:  pip install grpcio grpcio-tools;  Node 18 or newer with npm
# The last line is "N passed, N failed, N skipped". A language that is not there is one that is skipped; with CI=true a failure.
set -uo pipefail
cd "$(dirname "$0")"
: "${AEMLO_EXECUTABLE:?names the aemlo executable to test}"

passed=0 failed=0 skipped=0
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

absent() {
    echo "SKIPPED conformance from $1: $2" >&2
    if [ "${CI:-}" = true ]; then failed=$((failed + 1)); else skipped=$((skipped + 1)); fi
}

# Debian's packages belong to its own Python, which may not be the first one on the PATH.
python=
for candidate in "${PYTHON:-}" python3 /usr/bin/python3; do
    if [ -n "$candidate" ] && "$candidate" -c 'import grpc, google.protobuf' 2>/dev/null; then
        python="$candidate"
        break
    fi
done

generate() {
    local compile=("$python" -m grpc_tools.protoc) plugin
    if command -v protoc >/dev/null && plugin="$(command -v grpc_python_plugin)"; then
        compile=(protoc "--plugin=protoc-gen-grpc_python=$plugin")
    fi
    PYTHON="$python" ../../examples/python/generate.sh &&
        "${compile[@]}" -I proto --python_out="$work" --grpc_python_out="$work" proto/*/v1/*.proto proto/rpc/*.proto
}

if [ -z "$python" ]; then
    absent Python "no Python with grpcio; install it with: apt install python3-grpcio python3-protobuf protobuf-compiler-grpc libprotobuf-dev"
elif ! generate; then
    absent Python "the contracts could not be compiled; install: apt install protobuf-compiler-grpc libprotobuf-dev, or pip install grpcio-tools"
else
    export AEMLO_CONFORMANCE_GENERATED="$work"
    (cd python && "$python" -W ignore::ResourceWarning -m unittest -v 2>&1) | tee "$work/python.log"
    ran="$(sed -n 's/^Ran \([0-9]*\) tests\? in .*/\1/p' "$work/python.log")"
    bad=$(($(grep -c '^ERROR: ' "$work/python.log") + $(grep -c '^FAIL: ' "$work/python.log")))
    # A runner that dies before its summary has failed, whatever it had counted.
    [ -n "$ran" ] && [ "$ran" -gt 0 ] || { ran=0; bad=$((bad + 1)); }
    failed=$((failed + bad))
    [ "$ran" -lt "$bad" ] || passed=$((passed + ran - bad))
fi

node_ready() { command -v node >/dev/null && command -v npm >/dev/null && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 18 ]; }
if ! node_ready; then
    absent Node "no Node 18 or newer with npm; install it from your system's packages (nodejs, npm)"
elif ! (cd node && npm ci --no-audit --no-fund --silent); then
    absent Node "its packages could not be fetched with npm ci; is a registry reachable?"
else
    (cd node && node --test --test-reporter=tap 2>&1) | tee "$work/node.log"
    good="$(sed -n 's/^# pass \([0-9]*\)$/\1/p' "$work/node.log" | tail -n 1)"
    bad="$(sed -n 's/^# \(fail\|cancelled\) \([0-9]*\)$/\2/p' "$work/node.log" | awk '{ n += $1 } END { print n + 0 }')"
    [ "${good:-0}" -gt 0 ] || [ "$bad" -gt 0 ] || bad=1
    passed=$((passed + ${good:-0}))
    failed=$((failed + bad))
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
