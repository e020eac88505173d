#!/usr/bin/env bash
# Measures with JMH how many cells a second the Java client converts (java-client/README.md has figures).
set -euo pipefail
cd "$(dirname "$0")/.."
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"${MVN:-mvn}" -B -ntp -q -f java-client/pom.xml -pl aemlo-instances -am package -DskipTests \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -Dmdep.outputFile="$work/classpath"
java -DWEKA_HOME="$work/wekafiles" \
    -cp "java-client/aemlo-instances/target/classes:java-client/aemlo-instances/target/test-classes:$(cat "$work/classpath")" \
    aemlo.instances.ConversionBenchmark
