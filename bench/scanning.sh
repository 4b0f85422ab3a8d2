#!/usr/bin/env bash
# Scanning against hashdeep, sha256sum and find, on the same files, in turns. Prints the table of bench/scanning.md.
# Needs 8 GiB in /dev/shm; warm cache.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
memory=$(mktemp -d /dev/shm/spindle-bench.XXXXXX)
trap 'rm -rf "$memory"' EXIT
cd "$memory"

# files COUNT PER_DIRECTORY SMALLEST LARGEST DIRECTORY: files of random bytes, their sizes evenly spread.
files() {
  python3 - "$@" << 'PYTHON'
import os, random, sys
count, per_directory, smallest, largest = map(int, sys.argv[1:5])
noise, chance = os.urandom(64 << 20), random.Random(1)
for number in range(count):
    directory = f"{sys.argv[5]}/{number // per_directory % 20}/{number // per_directory}"
    if number % per_directory == 0:
        os.makedirs(directory)
    with open(f"{directory}/file{number % per_directory:03}", "wb") as file:
        left = chance.randint(smallest, largest)
        file.write(number.to_bytes(8, "little")[:left])
        left -= min(left, 8)
        while left:
            start = chance.randrange(0, len(noise) - min(left, len(noise) // 2))
            left -= file.write(noise[start:start + left])
PYTHON
}

scan() { rm -f c.*; "$spindle" scan "$1" --catalogue c.db --quiet "${@:2}"; }
sums() { find "$1" -type f -print0 | xargs -0 -P2 sha256sum > sums; }

echo "| contest | Spindle | peer | ratio | goal | met |"
echo "|---|---|---|---|---|---|"
files 40 40 $(((4 << 30) / 40)) $(((4 << 30) / 40)) large
ours() { scan large; }; deep() { hashdeep -r -c sha256 large; }; them() { sums large; }
contest "4 GiB in 40 files, against hashdeep" 0.60 ours deep
contest "the same, against sha256sum, two at a time" 1.10 ours them
rm -rf large
files 100000 100 1024 16384 small
ours() { scan small; }; deep() { hashdeep -r -c sha256 small; }; them() { sums small; }; bare() { scan small --no-json; }
contest "100,000 files of 1 to 16 KiB, against hashdeep" 0.60 ours deep
contest "the same, against sha256sum, two at a time" 1.10 ours them
contest "the same without catalogue.json, against sha256sum" 1.10 bare them
rm -rf small
files 200000 100 4 8 many
sleep 3
scan many
again() { "$spindle" scan many --catalogue c.db --quiet; }; list() { find many -printf '%p %s %T@\n'; }
contest "200,000 unchanged files, against find -printf" 1.50 again list
rm -rf many
files 1000000 250 4 8 million
rm -f c.*
echo
echo "Peak memory of a first scan of 1,000,000 files: $(peak "$spindle" scan million --catalogue c.db --quiet) MiB."
