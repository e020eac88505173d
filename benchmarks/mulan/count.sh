#!/usr/bin/env bash
# What Mulan's sampling methods make of yeast, enron and Corel5k, one CSV file per data set in benchmarks/mulan/target.
# MVN names a Maven that has net.sourceforge.mulan:mulan-master, which is in no public registry.
# usage: benchmarks/mulan/count.sh FOLDER-WITH-DATA-SETS [SEEDS]
set -euo pipefail
datasets="$(cd "$1" && pwd)"
seeds="${2:-20}"
read -r -a maven <<<"${MVN:-mvn}"
here="$(cd "$(dirname "$0")" && pwd)"
"${maven[@]}" -B -ntp -q -f "$here/pom.xml" compile dependency:build-classpath "-Dmdep.outputFile=$here/target/classpath"
for name in yeast enron corel5k; do
    java -cp "$here/target/classes:$(cat "$here/target/classpath")" MulanSampling \
        "$datasets/$name.arff" "$datasets/$name.xml" "$seeds" 0.1 remedial mlros mlrus mlsmote mlsol >"$here/target/$name.csv"
done
