#!/usr/bin/env bash
# Auditing against md5sum and sha256sum side by side on the same files: bench/audit.sh [GIB] [FOLDER]. Needs that much room in FOLDER.
# Both read from storage: before each turn, the files are put out of the system's memory.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
size=${1:-2}
folder=$(mktemp -d "${2:-$PWD}/spindle-bench.XXXXXX")
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for number in 1 2 3 4; do head -c "$((size << 28))" /dev/urandom > "$number.iso"; done
md5sum ./*.iso > MD5SUMS
sha256sum ./*.iso > SHA256SUMS
sync

forget() { for file in *.iso; do dd if="$file" iflag=nocache count=0 status=none; done; }
ours() { "$spindle" audit . --quiet; }
theirs() { md5sum --quiet -c MD5SUMS & sha256sum --quiet -c SHA256SUMS & wait; }
echo "| contest | Spindle | peer | ratio | goal | met |"
echo "| --- | --- | --- | --- | --- | --- |"
contest "$size GiB in four images, MD5 and SHA-256" 1.05 ours theirs forget
echo "Peak memory: $(peak "$spindle" audit . --quiet) MiB"
