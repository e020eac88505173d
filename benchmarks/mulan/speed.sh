#!/usr/bin/env bash
# Seconds of Mulan's sampling methods and of ours on the same data, one after the other, as a table with ratios.
# MVN names a Maven that has net.sourceforge.mulan:mulan-master, which is in no public registry.
# usage: benchmarks/mulan/speed.sh FOLDER-WITH-DATA-SETS [RUNS] [NAME...]
set -euo pipefail
datasets="$(cd "$1" && pwd)"
runs="${2:-2}"
shift "$(($# < 2 ? $# : 2))"
[ $# -gt 0 ] || set -- yeast enron corel5k bibtex
read -r -a maven <<<"${MVN:-mvn}"
here="$(cd "$(dirname "$0")" && pwd)"
"${maven[@]}" -B -ntp -q -f "$here/pom.xml" compile dependency:build-classpath "-Dmdep.outputFile=$here/target/classpath"
dotnet build "$here/../AemloBridge.Benchmarks" -c Release -v quiet >/dev/null
echo '| data set | method | Mulan, s | ours, s | ratio |'
echo '|---|---|---|---|---|'
for name in "$@"; do
    java -cp "$here/target/classes:$(cat "$here/target/classpath")" MulanSampling \
        "$datasets/$name.arff" "$datasets/$name.xml" "$runs" 0.1 remedial mlros mlrus mlsmote mlsol >"$here/target/$name-speed.csv"
    dotnet run --no-build -c Release --project "$here/../AemloBridge.Benchmarks" -- \
        speed "$datasets/$name.arff" "$datasets/$name.xml" "$here/target/$name-speed.csv" 0.1
done
