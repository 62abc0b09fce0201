#!/bin/sh
# Counts what a reader of names meets: types of one word, simple names that occur twice, the largest package, the API's types. Run it in
# a clone.
set -eu

cd "$(dirname "$0")/.."

types=$(git ls-files '*.java' | grep -v -e package-info -e module-info)
main=$(echo "$types" | grep /src/main/)

count() { wc -l | tr -d ' '; }

all=$(echo "$main" | count)
one=$(echo "$main" | sed 's:.*/::' | grep -cE '^[A-Z][a-z0-9]+\.java$')
echo "main types: $all, of one word: $one ($((one * 100 / all)) %)"

twice=$(echo "$types" | sed 's:.*/::' | sort | uniq -d)
echo "simple names that occur twice: $(echo "$twice" | grep -c . || true)" $twice

echo "$main" | sed 's:/[^/]*$::' | sort | uniq -c | sort -rn | head -n 1 | awk '{print "largest package: " $1 " types, " $2}'

# a nested type has a $ in its name
api=$(grep '^public' core/api.txt | grep -v '^[^<(]*\$')
echo "API types: $(echo "$api" | count) top-level, of which $(echo "$api" | grep -c 'Exception\b' || true) exceptions"
