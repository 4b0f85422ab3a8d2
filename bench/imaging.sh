#!/usr/bin/env bash
# Imaging against md5sum and dd, on the same data, in turns. Prints the table of bench/imaging.md.
#   bench/imaging.sh [GIB]      GIB of random data in memory (default 4), and 1 GiB on disk
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
gib=${1:-4}
memory=$(mktemp -d /dev/shm/spindle-bench.XXXXXX)
disk=$(mktemp -d "${BENCH_DISK:-$PWD}/spindle-bench.XXXXXX")
trap 'rm -rf "$memory" "$disk"' EXIT

head -c "$((gib << 30))" /dev/urandom > "$memory/disc.iso"
image() { rm -rf "$memory/out"; "$spindle" image "$memory/disc.iso" --dir "$memory/out" --filename n --quiet --verify none "$@"; }
ours_md5() { image --hash md5; }
ours_both() { image --hash md5,sha256; }
their_md5() { md5sum "$memory/disc.iso"; }

echo "| contest | Spindle | peer | ratio | goal | met |"
echo "|---|---|---|---|---|---|"
contest "image with md5, in memory, against md5sum alone" 1.10 ours_md5 their_md5
contest "image with md5 and sha256, in memory, against md5sum alone" 1.15 ours_both their_md5
their_copy() { rm -f "$memory/copy"; dd if="$memory/disc.iso" of="$memory/copy" bs=4M; }
contest "image with md5, in memory, against dd, which makes no checksum" 1.00 ours_md5 their_copy
rm -f "$memory/copy"
rm -rf "$memory/out"
large=$(peak "$spindle" image "$memory/disc.iso" --dir "$memory/out" --filename n --quiet)
rm -rf "$memory/out" "$memory/disc.iso"
head -c $((1 << 30)) /dev/urandom > "$memory/disc.iso"
small=$(peak "$spindle" image "$memory/disc.iso" --dir "$memory/out" --filename n --quiet)
rm -rf "$memory/out" "$memory/disc.iso"

head -c $((1 << 30)) /dev/urandom > "$disk/disc.iso"
ours_disk() { rm -rf "$disk/out"; "$spindle" image "$disk/disc.iso" --dir "$disk/out" --filename n --quiet --verify none --hash md5; }
their_disk() { rm -f "$disk/copy"; dd if="$disk/disc.iso" of="$disk/copy" bs=4M conv=fsync; }
contest "image with md5, on disk, against dd bs=4M conv=fsync" 1.05 ours_disk their_disk
ours_disk_sha256() { rm -rf "$disk/out"; "$spindle" image "$disk/disc.iso" --dir "$disk/out" --filename n --quiet --verify none --hash sha256; }
contest "image with sha256, on disk, against dd bs=4M conv=fsync" 1.05 ours_disk_sha256 their_disk
echo
echo "Peak memory with md5, sha256 and reading back: $small MiB for 1 GiB, $large MiB for $gib GiB."
