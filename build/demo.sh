#!/usr/bin/env bash
# The main job on a generated data set: by itself, then through a server that is started for it. demo.sh AEMLO
set -euo pipefail
aemlo="$1"
cd "$(dirname "$0")/.."
out=demo-output
# Given so that both ways can be compared; without --seed one is drawn and reported.
seed=7

mkdir -p "$out"
"$aemlo" sample --output "$out/sample.arff" --force
"$aemlo" oversample "$out/sample.arff" --labels "$out/sample.xml" -o "$out/oversampled.arff" --report "$out/run.json" --seed "$seed" --force

echo
echo "the same through a server:"
work="$(mktemp -d)"
server=
stop() {
    exec 3>&- || true
    [ -z "$server" ] || wait "$server" || true
    rm -rf "$work"
}
trap stop EXIT
# The server ends with the other end of this pipe, however this script ends.
mkfifo "$work/stdin"
"$aemlo" serve --listen 127.0.0.1:0 --data "$work/data" --stop-with-parent --log-level warning <"$work/stdin" >"$work/stdout" &
server=$!
exec 3>"$work/stdin"
for _ in $(seq 600); do
    address="$(sed -n '1s/^listening on //p' "$work/stdout")"
    [ -z "$address" ] || break
    kill -0 "$server" 2>/dev/null || { echo "the server ended before it listened" >&2; exit 1; }
    sleep 0.1
done
[ -n "$address" ] || { echo "the server does not listen after a minute" >&2; exit 1; }
echo "listening on $address"
"$aemlo" oversample "$out/sample.arff" --labels "$out/sample.xml" -o "$out/through-server.arff" --server "$address" --seed "$seed" --force --quiet
cmp "$out/oversampled.arff" "$out/through-server.arff"
cmp "$out/oversampled.xml" "$out/through-server.xml"
echo "$out/through-server.arff is byte for byte $out/oversampled.arff"
