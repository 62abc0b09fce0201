# Sourced by ./exeunt and ./test: finds Java 17 or newer and, for a build, its compiler and Maven.
# Sets java, JAVA_HOME and java_version; names what is missing with the command that installs it.

need_java() {
    if [ -n "${JAVA_HOME:-}" ]; then
        [ -x "$JAVA_HOME/bin/java" ] || missing "JAVA_HOME is $JAVA_HOME, but there is no bin/java in it: correct or unset it."
        java=$JAVA_HOME/bin/java
    else
        java=$(first_java) || missing "Java 17 or newer is missing."
        JAVA_HOME=$(home_of_java)
        export JAVA_HOME
    fi
    java_version=$(version_of_java)
    case ${java_version%%[!0-9]*} in
        '') missing "$java does not say its version; Java 17 or newer is needed." ;;
        ? | 1[0-6]) missing "$java is version $java_version; Java 17 or newer is needed." ;;
    esac
}

need_build_tools() {
    need_java
    [ -x "$JAVA_HOME/bin/javac" ] || missing "$JAVA_HOME has no compiler (javac): a JDK is needed, not only a run-time."
    command -v mvn >/dev/null 2>&1 || missing "Maven 3.8 or newer (mvn) is missing."
}

# The java of the path, else one from where Homebrew leaves it without linking it.
first_java() {
    for candidate in "$(command -v java)" /opt/homebrew/opt/openjdk*/bin/java /usr/local/opt/openjdk*/bin/java; do
        [ -x "$candidate" ] || continue
        real=$(readlink -f "$candidate" 2>/dev/null) || real=$candidate
        if [ "$real" = /usr/bin/java ]; then # macOS: only a stub, which knows where a real one is
            real=$(/usr/libexec/java_home 2>/dev/null)/bin/java
            [ -x "$real" ] || continue
        fi
        printf '%s\n' "$real"
        return
    done
    return 1
}

home_of_java() {
    case $java in
        */bin/java) [ -r "${java%/bin/java}/release" ] && printf '%s\n' "${java%/bin/java}" && return ;;
    esac
    # A shim of a version manager: what it starts knows where it lives.
    "$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
}

# From the file that every JDK carries; asking java itself would take longer than some commands do.
version_of_java() {
    if [ -r "$JAVA_HOME/release" ]; then
        while IFS='=' read -r name value; do
            if [ "$name" = JAVA_VERSION ]; then
                value=${value#\"}
                printf '%s\n' "${value%\"*}"
                return
            fi
        done <"$JAVA_HOME/release"
    fi
    "$java" -version 2>&1 | sed -n 's/^[^"]* version "\([^"]*\)".*/\1/p'
}

missing() {
    printf '%s\n' "$1" \
        "  Debian, Ubuntu:  apt-get install openjdk-17-jdk maven" \
        "  macOS:           brew install openjdk@17 maven" >&2
    exit 1
}
