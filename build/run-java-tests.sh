#!/usr/bin/env bash
# Builds the Java client and runs its tests against the aemlo in the folder given. The last line is "N passed, N failed",
# and ", N skipped" if any. Where Maven cannot have what the build needs the client is skipped, and says so; with
# AEMLO_REQUIRE_JAVA=1 that is a failure.
set -uo pipefail
aemlo_home="$1"
cd "$(dirname "$0")/../java-client"
read -r -a maven <<<"${MVN:-mvn}"
# A path is meant from the top of the checkout.
case "${maven[0]}" in /*) ;; */*) maven[0]="$(cd .. && pwd)/${maven[0]}" ;; esac

give_up() {
    if [ "${AEMLO_REQUIRE_JAVA:-}" = 1 ]; then
        echo "FAILED java-client: $1; $2"
        echo "0 passed, 1 failed"
        exit 1
    fi
    echo "SKIPPED java-client: $1; $2"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
}

command -v javac >/dev/null || give_up "there is no JDK on the PATH" "install one of version 11 or newer (Debian: apt-get install default-jdk-headless)"
command -v "${maven[0]}" >/dev/null || give_up "there is no ${maven[0]}" "install Maven 3.8 or newer (Debian: apt-get install maven), or name another one: make test MVN=/path/to/mvn"

log="$(mktemp)"
trap 'rm -f "$log"' EXIT
options=(-B -ntp "-Daemlo.home=$aemlo_home")
[ -z "${AEMLO_DATASETS:-}" ] || options+=("-Daemlo.datasets=$AEMLO_DATASETS")

# Mulan's master branch is in no public registry.
master=net.sourceforge.mulan:mulan-master:2022.09.26
if "${maven[@]}" -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:get -Dtransitive=false "-Dartifact=$master" >/dev/null 2>&1; then
    options+=(-Pmulan-master)
else
    echo "aemlo-mulan-sampling is left out: Maven cannot have $master"
fi

# Of what Maven and the tests print, results are shown as they come, and errors at the end.
"${maven[@]}" "${options[@]}" verify 2>&1 | tee "$log" | grep --line-buffered -E '^\[[A-Z]+\] (Tests run|Building|BUILD)'
ended="${PIPESTATUS[0]}"

if [ "$ended" -ne 0 ] && ! grep -q 'Tests run:' "$log" && grep -qE 'Could not (resolve|find|transfer)|could not be resolved|Non-resolvable' "$log"; then
    give_up "Maven cannot have what the build needs ($(grep -m 1 -oE '(Could not (resolve|find|transfer)|Non-resolvable).*' "$log" | cut -c 1-200))" \
        "let it reach Maven Central or a mirror of it (settings.xml), or name a Maven that can: make test MVN=/path/to/mvn"
fi
[ "$ended" -eq 0 ] || grep -E '^\[ERROR\]' "$log"

# Each module's plugins end with a line that adds up; lines with a time are of single classes.
read -r ran bad left < <(grep -E 'Tests run: [0-9]+, Failures: [0-9]+, Errors: [0-9]+, Skipped: [0-9]+$' "$log" |
    sed -E 's/.*Tests run: ([0-9]+), Failures: ([0-9]+), Errors: ([0-9]+), Skipped: ([0-9]+).*/\1 \2 \3 \4/' |
    awk '{ ran += $1; bad += $2 + $3; left += $4 } END { print ran + 0, bad + 0, left + 0 }')
# The example as a user runs it.
if [ "$ended" -eq 0 ]; then
    data="$(mktemp --suffix=.arff)"
    trap 'rm -f "$log" "$data"' EXIT
    awk 'BEGIN { print "@relation small\n@attribute x numeric\n@attribute y numeric\n@attribute class {common,rare}\n@data"
        for (i = 0; i < 90; i++) print i % 7 "," i * i % 11 "," (i % 9 ? "common" : "rare") }' >"$data"
    ran=$((ran + 1))
    if ! AEMLO_HOME="$aemlo_home" MVN="${maven[*]}" ../examples/java/run.sh Weka "$data" >"$log" 2>&1 || ! grep -q F-Measure "$log"; then
        echo "[ERROR] examples/java/run.sh Weka:"
        tail -n 30 "$log"
        bad=$((bad + 1)) ended=1
    fi
fi
# A build that fails, or a JVM that dies, has no failed test to show for it.
[ "$ended" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
line="$((ran > bad + left ? ran - bad - left : 0)) passed, $bad failed"
[ "$left" -eq 0 ] || line="$line, $left skipped"
echo "$line"
[ "$ended" -eq 0 ]
