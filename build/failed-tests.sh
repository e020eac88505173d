#!/usr/bin/env bash
# Lists what failed in the output of a runner, read from standard input: each test's name, and indented below it the first
# lines of its message. Knows what dotnet test, Python's unittest, Node's TAP and Maven's Surefire print.
set -uo pipefail

sed $'s/\x1b\\[[0-9;]*m//g; s/\r$//' | awk '
    BEGIN { most_tests = 50; most_lines = 6; most_width = 240 }

    function begin(name, how) {
        mode = how; left = most_lines; rules = 0; field = ""
        if (++tests <= most_tests)
            print "  " substr(name, 1, most_width)
    }
    function show(line) {
        if (tests <= most_tests && left-- > 0)
            print "    " substr(line, 1, most_width)
    }

    # dotnet test: "failed Name (1s 2ms)"; the message has two blanks before it, the stack trace four.
    mode == "dotnet" && /^  from / { next }
    mode == "dotnet" && /^  / && !/^    at / { show($0); next }
    mode == "dotnet" { mode = "" }
    /^failed .* \([0-9][^()]*\)$/ { sub(/^failed /, ""); begin($0, "dotnet"); next }
    # Exit code 2 is that of tests that failed; with any other the process did not end as it should.
    /\.dll \(.*\) failed with [0-9]+ error/ { runner = $0; sub(/ failed with .*/, "", runner); next }
    /^Exit code: / && runner != "" { if ($3 != 2) begin(runner ": exit code " $3, "dotnet"); runner = ""; next }
    /: error [A-Z]+[0-9]+: / { if (!told[$0]++) begin($0, ""); next }

    # unittest: "FAIL: name (class)", a rule, a traceback whose last lines say what, a rule.
    /^(FAIL|ERROR): / { begin($0, "python"); next }
    mode == "python" && (/^====/ || /^----/ && rules++) { mode = "" }
    mode == "python" && NF && !/^(----|Traceback |  )/ { show("  " $0) }

    # TAP: "not ok 1 - name", and then fields; one that fails for those inside it says nothing new.
    /^ *not ok [0-9]+ - / { waits = $0; sub(/^ *not ok [0-9]+ - /, "", waits); mode = ""; next }
    waits != "" && /^ *failureType: / { if (!/subtestsFailed/) begin(waits, "tap"); waits = ""; next }
    waits != "" && /^ *\.\.\.$/ { begin(waits, ""); waits = ""; next }
    mode == "tap" && /^ *\.\.\.$/ { mode = ""; next }
    mode == "tap" {
        line = $0; sub(/^ +/, "", line)
        if (line ~ /^[A-Za-z_]+:( |$)/) { field = line; sub(/:.*/, "", field) }
        if (field ~ /^(error|expected|actual)$/) show("  " line)
        next
    }

    # Surefire: "[ERROR]   Class.method:12 message" below "[ERROR] Failures:" or "[ERROR] Errors:", up to "[ERROR] Tests run:".
    /^\[ERROR\] (Failures|Errors): *$/ { mode = "surefire"; next }
    mode == "surefire" && /^\[ERROR\]   / { sub(/^\[ERROR\] +/, ""); begin($0, "surefire"); surefire++; next }
    mode == "surefire" { mode = "" }
    /^\[ERROR\] Failed to execute goal / && !surefire { begin(substr($0, 9), ""); next }

    # What a script here could not run.
    /^FAILED [^(]/ || /^SKIPPED conformance / && ENVIRON["CI"] == "true" { begin($0, "") }

    END { if (tests > most_tests) print "  and " tests - most_tests " more" }
'
