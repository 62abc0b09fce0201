#!/bin/sh
# Counts and names what is too large: methods and parameter lists in the main code of all modules, and files. Run it in a clone, with
# a JDK.
set -eu

cd "$(dirname "$0")/.."
. scripts/java.sh
need_java

main=$(git ls-files '*.java' | grep /src/main/ | grep -v -e package-info -e module-info)

"$java" scripts/CodeSizes.java $main

large=$(git ls-files '*.java' '*.js' '*.css' '*.html' | xargs wc -l | awk '$2 != "total" && $1 > 500 {print "  " $2 " " $1}')
echo "files over 500 lines: $(echo "$large" | grep -c . || true)"
[ -z "$large" ] || echo "$large"
