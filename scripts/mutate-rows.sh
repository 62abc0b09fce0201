#!/bin/sh
# Takes behaviour out of a copy of the sources, a bit at a time, and asks whether the acceptance row's own test notices.
# The table is samples/src/test/resources/row-mutations.txt. Arguments name rows (GP-09 TP-04); without, all are tried (20 minutes).
set -eu

home=$(cd "$(dirname "$0")/.." && pwd -P)
. "$home/scripts/java.sh"
need_build_tools

copy=$home/target/mutated-rows
rm -rf "$copy"
mkdir -p "$copy"
cd "$home"
git ls-files -z --cached --others --exclude-standard | tar --null -T - -cf - | tar -xf - -C "$copy"

cd "$copy"
echo "Compiling the copy in $copy"
mvn --batch-mode --no-transfer-progress -q -pl core,samples,spring-boot-starter,server -am test-compile \
    dependency:build-classpath -Dmdep.outputFile=target/test-classpath.txt
"$java" -cp samples/target/test-classes scripts/MutateRows.java "$copy" "$@"
