#!/usr/bin/env bash
# Restoring from images against 7z, in turns, and finding in a large catalogue. Prints the tables of bench/restoring.md.
# Needs 8 GiB in /dev/shm; warm cache. With MILLION=1 also 1,000,000 files (10 GiB, minutes).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$(dirname "${BASH_SOURCE[0]}")/trees.sh"
memory=$(mktemp -d /dev/shm/spindle-bench.XXXXXX)
trap 'rm -rf "$memory"' EXIT
cd "$memory"

# archive NAME: the tree of that name goes onto one disc, and away.
archive() {
  rm -rf images c.db*
  "$spindle" archive "$1" bd --catalogue c.db --to images --verify none --quiet
  rm -rf "$1"
}

clear() { rm -rf back; }
restore() { "$spindle" restore --from images --to back --catalogue c.db --quiet; }
alone() { "$spindle" restore --from images --to back --no-catalogue --quiet; }
unpack() { 7z x -bd -y -oback images/*.iso DATA; }

echo "| contest | Spindle | peer | ratio | goal | met |"
echo "|---|---|---|---|---|---|"
files large 1 1 $((2 << 30)) $((2 << 30))
archive large
contest "one file of 2 GiB, against 7z x" 1.15 restore unpack clear
files tiny 100000 100 1024 1024
archive tiny
contest "100,000 files of 1 KiB, against 7z x" 0.70 restore unpack clear
contest "the same, from the disc alone" 0.70 alone unpack clear
rm -rf back
hundred=$(peak "$spindle" restore --from images --to back --catalogue c.db --quiet)
files mixed 100000 50 100 30000000 $((1 << 30))
archive mixed
contest "1 GiB of files of 100 B to 30 MB, against 7z x" 1.00 restore unpack clear
rm -rf back

echo
echo "Peak memory of restoring 100,000 files: $hundred MiB."
if [[ -n ${MILLION:-} ]]; then
  files million 1000000 100 1024 1024
  archive million
  # what COMMAND...: seconds and MiB.
  row() { local what=$1; shift; rm -rf back; /usr/bin/time -f "| $what | %e s | %M KiB |" "$@" 2>&1 > /dev/null | tail -1; }
  echo
  echo "| 1,000,000 files of 1 KiB | time | memory |"
  echo "|---|---|---|"
  row "restore" "$spindle" restore --from images --to back --catalogue c.db --quiet
  row "restore, from the disc alone" "$spindle" restore --from images --to back --no-catalogue --quiet
  row "verify" "$spindle" verify images --catalogue c.db --quiet
  row "find \`*/7/*42\`" "$spindle" find '*/7/*42' --catalogue c.db --quiet
fi
