# shellcheck shell=bash disable=SC2034 # used by those who source it
# What the scripts of this folder know of the release. Sourced, not run.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
release=$root/artifacts/release        # SYSTEM/ what was built for it
files=$release/files                   # what is given to people
work=$root/artifacts/release-build     # apart from what is built of the sources for tests, so that the two never undo each other's work
version=$("$root/eng/changelog" version)

# Where the sources live and releases are downloaded from: here and nowhere else. Set it before anything is published.
repository=${SPINDLE_REPOSITORY:-https://github.com/OWNER/spindle}
maintainer="Spindle maintainers <maintainers@spindle.invalid>"
summary="Image optical discs, archive file trees onto discs, and bring them back"

# The time of all that is made is that of the last commit: the same sources, the same bytes (reproducible-builds.org/specs/source-date-epoch).
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || stat -c %Y "$root/CHANGELOG.md")}
export SOURCE_DATE_EPOCH LC_ALL=C TZ=UTC

# What packages of a kind call the machine of a system.
machine() { # KIND SYSTEM
  case $1-$2 in
    deb-linux-x64) echo amd64 ;; deb-linux-arm64) echo arm64 ;;
    rpm-linux-x64) echo x86_64 ;; rpm-linux-arm64) echo aarch64 ;;
    *) echo "$0: there is no $1 for $2" >&2; exit 64 ;;
  esac
}

# The tree that every package for Unix holds, below PREFIX: program, library, manual pages, completions, licence.
tree() { # SYSTEM PREFIX
  local system=$1 prefix=$2 page
  install -Dm 755 "$release/$system/spindle" "$prefix/bin/spindle"
  [[ ! -f $release/$system/libe_sqlite3.so ]] || install -Dm 644 "$release/$system/libe_sqlite3.so" "$prefix/lib/spindle/libe_sqlite3.so"
  for page in "$release"/share/man1/*.1; do gzip -9n < "$page" | install -Dm 644 /dev/stdin "$prefix/share/man/man1/${page##*/}.gz"; done
  install -Dm 644 "$release/share/spindle.bash" "$prefix/share/bash-completion/completions/spindle"
  install -Dm 644 "$release/share/_spindle" "$prefix/share/zsh/vendor-completions/_spindle"
  install -Dm 644 "$release/share/spindle.fish" "$prefix/share/fish/vendor_completions.d/spindle.fish"
}

same_times() { find "$1" -depth -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +; }

# The runtime that the programs carry: the one that the SDK brings.
runtime_version() { dotnet msbuild "$root/src/Spindle.Cli" -nologo -getProperty:BundledNETCoreAppPackageVersion; }
