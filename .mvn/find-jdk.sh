# shellcheck shell=sh disable=SC2034
# Sourced by ../lanewise and ../mvnw.
#
# find_jdk N   sets jdk_home and jdk_version to a JDK whose major version is at least N, or returns 1.
#              jdk_seen then lists what was found instead, one per line.

# Follows symbolic links to the end; `readlink -f` is missing on older macOS.
resolve_link() {
  path=$1
  while [ -L "$path" ]; do
    target=$(readlink "$path")
    case $target in
      /*) path=$target ;;
      *) path=$(dirname "$path")/$target ;;
    esac
  done
  printf '%s/%s\n' "$(CDPATH='' cd -- "$(dirname "$path")" && pwd -P)" "$(basename "$path")"
}

# The version of the JDK in folder $1, from its "release" file: starting a JVM for each candidate would take seconds.
read_jdk_version() {
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$1/release" | head -n 1
  else
    "$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p' | head -n 1
  fi
}

# Returns 0 and sets jdk_home when the folder $1 holds a JDK of at least $2.
accept_jdk() {
  [ -n "$1" ] && [ -x "$1/bin/java" ] || return 1
  case $jdk_seen in
    *" in $1 ("*) return 1 ;;
  esac
  jdk_version=$(read_jdk_version "$1")
  major=${jdk_version#1.}
  major=${major%%[!0-9]*}
  if [ ! -x "$1/bin/javac" ]; then
    note="a Java runtime without compiler"
  elif [ "${major:-0}" -lt "$2" ]; then
    note="too old"
  else
    jdk_home=$1
    return 0
  fi
  jdk_seen="$jdk_seen
  Java ${jdk_version:-of unknown version} in $1 ($note)"
  return 1
}

find_jdk() {
  jdk_home='' jdk_seen=''
  accept_jdk "${JAVA_HOME:-}" "$1" && return 0
  eval "accept_jdk \"\${JAVA$1_HOME:-}\" \"\$1\"" && return 0
  if command -v java >/dev/null 2>&1; then
    # On macOS /usr/bin/java is a stub, no link into a JDK; java_home below knows more.
    accept_jdk "$(dirname "$(dirname "$(resolve_link "$(command -v java)")")")" "$1" && return 0
  fi
  if [ -x /usr/libexec/java_home ]; then
    accept_jdk "$(/usr/libexec/java_home -v "$1+" 2>/dev/null)" "$1" && return 0
  fi
  for place in /usr/lib/jvm /usr/java /usr/local /opt /opt/java "${HOME:-}/.sdkman/candidates/java" "${HOME:-}/.jdks" \
    "${HOME:-}/.gradle/jdks" "${HOME:-}/.asdf/installs/java" "${HOME:-}/.local/share/mise/installs/java"; do
    for candidate in "$place"/*; do
      # A link to a JDK (Debian and SDKMAN have them) leads to one that is listed anyway.
      [ -L "$candidate" ] && continue
      accept_jdk "$candidate" "$1" && return 0
      accept_jdk "$candidate/Contents/Home" "$1" && return 0
    done
  done
  return 1
}

# Says on stderr, in the name of $1, that no JDK of at least $2 was found.
say_no_jdk() {
  cat >&2 <<TEXT
$1: no JDK $2 or newer found.
Looked at: JAVA_HOME, JAVA$2_HOME, the java of the PATH, java_home (macOS), and the folders in /usr/lib/jvm, /usr/java,
/usr/local, /opt, /opt/java, ~/.sdkman/candidates/java, ~/.jdks, ~/.gradle/jdks, ~/.asdf/installs/java, ~/.local/share/mise/installs/java.
Found: ${jdk_seen:-nothing.}
Remedy: install JDK $2, for example Temurin $2 (https://adoptium.net) or "sdk install java $2-tem",
and if it lies elsewhere set JAVA$2_HOME to its folder.
TEXT
}
