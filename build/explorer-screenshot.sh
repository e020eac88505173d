#!/usr/bin/env bash
# Takes docs/weka-explorer.png: the filter applied in Weka's Explorer, on a virtual display. Needs Xvfb and a JDK with
# windows (Debian: apt-get install xvfb default-jdk), Maven, and the program aemlo (make build).
set -euo pipefail
cd "$(dirname "$0")/.."
aemlo="$(dotnet msbuild src/AemloBridge.Cli -p:Configuration=Release -getProperty:TargetDir)aemlo"
for tool in Xvfb java "${MVN:-mvn}" "$aemlo"; do
    command -v "$tool" >/dev/null || { echo "there is no $tool; see the head of $0" >&2; exit 1; }
done

work="$(mktemp -d)"
"${MVN:-mvn}" -B -ntp -q -f java-client/pom.xml -pl aemlo-weka -am package -DskipTests \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -Dmdep.outputFile="$work/classpath"

# Xvfb chooses the number of the display and writes it to standard output.
Xvfb -displayfd 1 -screen 0 1400x680x24 -nolisten tcp >"$work/display" 2>"$work/xvfb.log" &
xvfb=$!
trap 'kill "$xvfb" 2>/dev/null; rm -rf "$work"' EXIT
until [ -s "$work/display" ]; do
    kill -0 "$xvfb" 2>/dev/null || { cat "$work/xvfb.log" >&2; exit 1; }
    sleep 0.1
done

DISPLAY=":$(cat "$work/display")" AEMLO_HOME="$(dirname "$aemlo")" \
    java -DWEKA_HOME="$work/wekafiles" -Dweka.packageManager.offline=true \
    -cp "java-client/aemlo-weka/target/classes:java-client/aemlo-weka/target/test-classes:$(cat "$work/classpath")" \
    weka.gui.explorer.ExplorerScreenshot docs/weka-explorer.png
echo docs/weka-explorer.png
