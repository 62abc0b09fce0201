#!/bin/sh
# Drafts a map for each judged schema, compares it with the judgement and prints the figures and every fault.
# EXEUNT_REAL_SCHEMAS names the directory of the schemas that do not stand in this repository.
set -eu

home=$(cd "$(dirname "$0")/.." && pwd -P)
report=$home/core/target/draft-judgement.md
mkdir -p "$home/core/target"
rm -f "$report"
"$home/test" -q -pl core -Dtest=DraftJudgementTest -Dsurefire.failIfNoSpecifiedTests=false >"$home/core/target/judge-drafts.log" 2>&1 ||
    echo "A figure has risen, or the build failed: see core/target/judge-drafts.log"
cat "$report"
