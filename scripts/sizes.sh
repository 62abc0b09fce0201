#!/bin/sh
# Counts what is too large in the main code of all modules, and names it: methods, calls, files, packages; and two habits that are
# being left, SQL put together by plus and instanceof on fates. Run it in a clone, with a JDK.
set -eu

cd "$(dirname "$0")/.."
. scripts/java.sh
need_java

main=$(git ls-files '*.java' | grep /src/main/ | grep -v -e package-info -e module-info)

"$java" scripts/CodeSizes.java $main

count() { wc -l | tr -d ' '; }

large=$(git ls-files '*.java' '*.js' '*.css' '*.html' | xargs wc -l | awk '$2 != "total" && $1 > 500 {print "  " $2 " " $1}')
echo "files over 500 lines: $(echo "$large" | grep -c . || true)"
[ -z "$large" ] || echo "$large"

echo ".plus( in main code: $(cat $main | grep -o '\.plus(' | count)"
echo "instanceof Fate in main code: $(cat $main | grep -o 'instanceof Fate' | count)"
echo "$main" | sed 's:/[^/]*$::' | sort | uniq -c | sort -rn | head -n 1 | awk '{print "largest package: " $1 " types, " $2}'
