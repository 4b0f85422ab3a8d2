#!/usr/bin/env bash
# Writing images against genisoimage and cp, on the same files, in turns. Prints the tables of bench/mastering.md.
# Needs 8 GiB in /dev/shm and 6 GiB on disk; warm cache. Scanning and planning stay outside the clock; genisoimage and cp read
# nothing back, so neither do we. With MILLION=1 also the memory and the time of 1,000,000 files (4 GiB more, minutes).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$(dirname "${BASH_SOURCE[0]}")/trees.sh"
memory=$(mktemp -d /dev/shm/spindle-bench.XXXXXX)
disk=$(mktemp -d "${BENCH_DISK:-$PWD}/spindle-bench.XXXXXX")
trap 'rm -rf "$memory" "$disk"' EXIT
cd "$memory"

plan() { rm -f "$1".db*; "$spindle" scan "$1" --catalogue "$1.db" --no-json --quiet; "$spindle" plan bd --catalogue "$1.db" --quiet; }
# Spindle's image is on the disk before it has its name; so that the others' are, too, sync is part of their turn.
ours() { "$spindle" write --catalogue "$1.db" --to "$2/o" --overwrite --verify none --quiet; }
theirs() { genisoimage -quiet -udf -J -R -iso-level 3 -o "$2/o/image.iso" "$1"; sync -f "$2/o/image.iso"; }
copy() { cp "$1"/*/*/* "$2/o/"; sync -f "$2/o"; }

echo "| contest | Spindle | peer | ratio | goal | met |"
echo "|---|---|---|---|---|---|"
# against TREE TARGET GOAL NAME
against() {
  we() { ours "$tree" "$target"; }; they() { theirs "$tree" "$target"; }
  local tree=$1 target=$2
  empty() { rm -rf "$target/o"; mkdir "$target/o"; }
  contest "$4, against genisoimage" "$3" we they empty
  rm -rf "$target/o"
}
files large 1 1 $((2 << 30)) $((2 << 30))
plan large
for target in "$memory" "$disk"; do
  where=$([[ $target == "$memory" ]] && echo memory || echo disk)
  against large "$target" 1.00 "one file of 2 GiB to $where"
  we() { ours large "$target"; }; they() { copy large "$target"; }
  contest "the same, against cp" 1.15 we they empty
  rm -rf "$target/o"
done
rm -rf large
files tiny 100000 100 1024 1024
plan tiny
for target in "$memory" "$disk"; do against tiny "$target" 0.70 "100,000 files of 1 KiB to $([[ $target == "$memory" ]] && echo memory || echo disk)"; done
hundred=$(rm -rf o; mkdir o; peak "$spindle" write --catalogue tiny.db --to o --verify none --quiet)
rm -rf o tiny
files mixed 100000 50 100 30000000 $((1 << 30))
plan mixed
for target in "$memory" "$disk"; do against mixed "$target" 0.80 "1 GiB of files of 100 B to 30 MB to $([[ $target == "$memory" ]] && echo memory || echo disk)"; done
rm -rf mixed o

echo
echo "| files of 1 KiB | Spindle | for each 1,000 |"
echo "|---|---|---|"
for count in 1000 10000 50000 100000 200000 ${MILLION:+1000000}; do
  files many "$count" 100 1024 1024
  plan many
  list=()
  for ((round = 0; round < ROUNDS; round++)); do rm -rf o; mkdir o; list+=("$(seconds ours many "$memory")"); done
  awk -v c="$count" -v s="$(printf '%s\n' "${list[@]}" | median)" 'BEGIN { printf "| %d | %.2f s | %.1f ms |\n", c, s, s / c * 1e6 }'
  rm -rf o
  [[ $count != 1000000 ]] || { mkdir o; million=$(peak "$spindle" write --catalogue many.db --to o --verify none --quiet); }
  rm -rf many o
done
echo
echo "Peak memory: $hundred MiB for 100,000 files${million:+, $million MiB for 1,000,000} (goals: under 200 and under 1024)."
