#!/bin/sh
# Counts what makes sources and documentation hard to read: riddle words, long table cells, and snippets by language.
# Run it in a clone. With --files it also lists each file that has riddle words. What a page shows of a program's output counts, too.
set -eu

cd "$(dirname "$0")/.."

riddles='somebody|anybody|nobody|everybody|whoever|someone|anyone|no one|is told|as one that'
# A migration that ran keeps its checksum, so its comments must not change.
sources=$(git ls-files '*.java' '*.js' '*.mjs' '*.html' '*.json' '*.yaml' '*.yml' '*.sql' | grep -vF /V1__requests.sql |
    grep -E '/src/main/|^examples/|^samples/[^/]*/[^/]*$|^docs/exeunt.schema.json')
docs=$(git ls-files '*.md')

# Prints the number of riddle words in each of the files, most first.
riddle_words() {
    grep -oiwE "$riddles" -- "$@" /dev/null | cut -d: -f1 | sort | uniq -c | sort -rn
}

report() {
    title=$1
    shift
    found=$(riddle_words "$@" || true)
    echo "riddle words in $title: $(echo "$found" | awk '{n += $1} END {print n + 0}') in $(echo "$found" | grep -c . || true) files"
    [ "$files" = no ] || [ -z "$found" ] || echo "$found"
}

files=no
[ "${1:-}" != --files ] || files=yes

# shellcheck disable=SC2086
report "main sources" $sources
# shellcheck disable=SC2086
report "docs" $docs

# shellcheck disable=SC2086
awk '
    FNR == 1 { code = 0 }
    /^```/ { code = !code; next }
    !code && /^\|/ {
        gsub(/\\\|/, "/")
        n = split($0, cells, "|")
        for (i = 2; i < n; i++) {
            cell = cells[i]
            gsub(/\]\([^)]*\)/, "]", cell) # as it is shown, without addresses of links
            gsub(/^ +| +$/, "", cell)
            if (length(cell) > 160) long++
            if (length(cell) > longest) { longest = length(cell); where = FILENAME ":" FNR }
        }
    }
    END { print "longest table cell: " longest " characters, " where "; over 160: " long + 0 }' $docs

# A page is tested if the sources of a test name it, or if all pages of its directory are. JavaSnippetsTest reads the Java of all pages.
echo "snippets by language, and those on pages that a test reads:"
tests=$(git ls-files '*.java' | grep /src/test/)
for page in $docs; do
    name=$(echo "$page" | sed 's:^docs/::')
    read=no
    case $page in docs/findings/*) read=yes ;; esac
    # shellcheck disable=SC2086
    ! grep -qF "$name\"" $tests || read=yes
    awk -v read=$read '/^ *```[a-z]/ { sub(/^ *```/, ""); print $1, $1 == "java" ? "yes" : read }' "$page"
done | sort | uniq -c | awk '
    { all[$2] += $1 }
    $3 == "yes" { tested[$2] += $1 }
    END { all["java"] += 0; for (language in all) print "  " language ": " all[language] ", " tested[language] + 0 }' | sort
