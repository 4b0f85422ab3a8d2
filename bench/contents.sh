#!/usr/bin/env bash
# Listing, extracting and inspecting against 7z, isoinfo and bsdtar, on the same images, in turns. Prints the table of bench/contents.md.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
work=$(mktemp -d "${BENCH_MEMORY:-/dev/shm}/spindle-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT

mkdir "$work/many"
python3 - "$work/many" <<'P'
import os, sys
for d in range(400):
    os.mkdir(f"{sys.argv[1]}/dir{d:03}")
    for f in range(500):
        open(f"{sys.argv[1]}/dir{d:03}/file number {f:04}.txt", "w").close()
P
xorriso -as mkisofs -quiet -R -J -o "$work/many.iso" "$work/many" 2> /dev/null
rm -rf "$work/many"
list() { "$spindle" ls "$work/many.iso" --recursive --long; }
list_7z() { 7z l "$work/many.iso"; }
list_isoinfo() { isoinfo -R -lR -i "$work/many.iso"; }

echo "| contest | Spindle | peer | ratio | goal | met |"
echo "|---|---|---|---|---|---|"
contest "list 200,000 files, against 7z l" 0.50 list list_7z
contest "list 200,000 files, against isoinfo -lR" 0.50 list list_isoinfo
memory=$(peak "$spindle" ls "$work/many.iso" --recursive --long)

mkdir "$work/large"
for i in 1 2 3 4 5 6 7 8; do head -c $((256 << 20)) /dev/urandom > "$work/large/part$i.bin"; done
xorriso -as mkisofs -quiet -R -J -o "$work/large.iso" "$work/large" 2> /dev/null
rm -rf "$work/large" "$work/many.iso"
extract() { rm -rf "$work/out"; "$spindle" extract "$work/large.iso" --to "$work/out" --quiet; }
extract_7z() { rm -rf "$work/out"; 7z x -y -o"$work/out" "$work/large.iso"; }
extract_bsdtar() { rm -rf "$work/out"; mkdir "$work/out"; bsdtar -x -f "$work/large.iso" -C "$work/out"; }
contest "extract 2 GiB, against 7z x" 1.10 extract extract_7z
contest "extract 2 GiB, against bsdtar -x" 1.10 extract extract_bsdtar

truncate -s 50G "$work/large.iso"
echo
echo "Peak memory while listing 200,000 files: $memory MiB."
echo "Inspecting a sparse image of 50 GiB: $(seconds "$spindle" inspect "$work/large.iso") s (goal: at most 0.50 s)."
