#!/bin/sh
# Judges the drafts for the schemas of two Debian packages, roundcube-core and mediawiki, that no rule was tuned to.
# It fetches the packages with apt-get into core/target/debian, since their scripts do not stand in this repository.
set -eu

home=$(cd "$(dirname "$0")/.." && pwd -P)
folder=$home/core/target/debian
log=$folder/fetch.log

fail() {
    echo "$1" >&2
    exit 1
}

for tool in apt-get dpkg-deb; do
    command -v "$tool" >/dev/null 2>&1 || fail "$tool is missing: these schemas come from Debian packages."
done

# Prints the directory of an unpacked package.
fetched() {
    (cd "$folder" && rm -rf "$1" "$1"_*.deb && apt-get download "$1" >>"$log" 2>&1) ||
        fail "apt-get download $1 failed: see core/target/debian/fetch.log. Perhaps apt-get update has to run first."
    dpkg-deb -x "$folder/$1"_*.deb "$folder/$1" || fail "dpkg-deb could not unpack $1."
    echo "$1 $(dpkg-deb -f "$folder/$1"_*.deb Version)" >&2
    echo "$folder/$1/usr/share"
}

mkdir -p "$folder"
: >"$log"
roundcube=$(fetched roundcube-core)
mediawiki=$(fetched mediawiki)
cp "$roundcube/roundcube/SQL/postgres.initial.sql" "$folder/roundcube.sql"
# The second script begins a transaction and leaves the end of it to the installer.
{
    cat "$mediawiki/mediawiki/maintenance/postgres/tables-generated.sql" "$mediawiki/mediawiki/maintenance/postgres/tables.sql"
    echo
    echo 'COMMIT;'
} >"$folder/mediawiki.sql"

EXEUNT_REAL_SCHEMAS=$folder exec "$home/scripts/judge-drafts.sh"
