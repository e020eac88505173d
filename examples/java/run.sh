#!/usr/bin/env bash
# Builds the Java client where it has changed and runs the example of one host (java-client/aemlo-examples):
#
#     examples/java/run.sh Mulan [data.arff labels.xml]
#     examples/java/run.sh Meka [data.arff]                 -C in the relation's name says how many labels there are
#     examples/java/run.sh Weka [data.arff]                 the last attribute is the class
#
# Without files it makes some. Needs a JDK (11 or newer), Maven, and the program aemlo: on the PATH, in AEMLO_HOME, or
# as `make build` left it.
set -euo pipefail
top="$(cd "$(dirname "$0")/../.." && pwd)"
usage() {
    sed -n '2,/^set /s/^# \{0,1\}//p' "$0" >&2
    exit 2
}
host="${1:-}"
case "$host" in Mulan | Meka | Weka) shift ;; *) usage ;; esac

read -r -a maven <<<"${MVN:-mvn}"
# A path is meant from the top of the checkout.
case "${maven[0]}" in /*) ;; */*) maven[0]="$top/${maven[0]}" ;; esac
for tool in java "${maven[0]}"; do
    command -v "$tool" >/dev/null || { echo "there is no $tool; see the head of $0" >&2; exit 1; }
done

# The client looks for aemlo by itself; here it is told where a build left it.
if [ -z "${AEMLO_HOME:-}" ] && ! command -v aemlo >/dev/null; then
    for built in "$top"/src/AemloBridge.Cli/bin/Release/net*/*/aemlo; do
        [ ! -x "$built" ] || AEMLO_HOME="$(dirname "$built")"
    done
    [ -z "${AEMLO_HOME:-}" ] || export AEMLO_HOME
fi

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
if [ $# -eq 0 ]; then
    aemlo="${AEMLO_HOME:+$AEMLO_HOME/}aemlo"
    command -v "$aemlo" >/dev/null || { echo "there is no aemlo to make a data set with: run 'make build', or name files" >&2; exit 1; }
    "$aemlo" sample -o "$work/sample.arff" --quiet
    labels="$(grep -c '<label ' "$work/sample.xml")"
    case "$host" in
        Mulan) set -- "$work/sample.arff" "$work/sample.xml" ;;
        # MEKA counts labels at the end with a minus.
        Meka) sed -i "s/^@relation .*/@relation 'sample: -C -$labels'/" "$work/sample.arff" && set -- "$work/sample.arff" ;;
        Weka) set -- "$work/sample.arff" ;;
    esac
fi

"${maven[@]}" -B -ntp -q -f "$top/java-client/pom.xml" -pl aemlo-examples -am package -DskipTests \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath "-Dmdep.outputFile=$work/classpath"
java -DWEKA_HOME="$work/wekafiles" -Djava.awt.headless=true -Dweka.packageManager.offline=true \
    -cp "$top/java-client/aemlo-examples/target/classes:$(cat "$work/classpath")" "aemlo.examples.${host}Example" "$@"
