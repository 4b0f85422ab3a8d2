#!/usr/bin/env bash
# An archive as a drive against the tree that it was made of, in turns. Prints the tables of bench/mounting.md. Needs root, /dev/fuse and 8 GiB on the disk of $DIR (here); no drive keeps
# anything from one turn to the next. NAMES (1,000,000) and ROUNDS (5) can be less.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
: "${NAMES:=1000000}" "${DIR:=$PWD}"
work=$(mktemp -d "$DIR/spindle-bench.XXXXXX")
trap 'mountpoint -q "$work/mnt" && umount -l "$work/mnt"; rm -rf "$work"' EXIT
cd "$work" && mkdir mnt names large

for ((d = 0; d < NAMES / 1000; d++)); do mkdir -p "names/$((d / 100))/folder$d"; (cd "names/$((d / 100))/folder$d" && seq -f 'some-file-name-%06g.jpg' 1000 | xargs touch); done
"$spindle" scan names --catalogue names.db --no-json --quiet
head -c $((1 << 30)) /dev/urandom > large/file
"$spindle" archive large bd --catalogue large.db --to images --verify none --quiet

up() { "$spindle" mount mnt --catalogue "$1" --progress none --quiet & drive=$!; until mountpoint -q mnt; do sleep 0.1; done; }
down() { if mountpoint -q mnt; then umount mnt; wait; fi; }
anew() { down; up "$catalogue"; rm -f copy; }
coldly() { anew; sync; echo 3 > /proc/sys/vm/drop_caches; }
find_ours() { find mnt; }
find_theirs() { find names; }
copy_ours() { cp mnt/file copy; }
copy_theirs() { cp large/file copy; }

echo "| contest | Spindle | ext4 | ratio | goal | met |"
echo "|---|---|---|---|---|---|"
catalogue=names.db
contest "find of $NAMES names, never listed before, ext4's cached" 2.00 find_ours find_theirs anew
contest "the same, nothing cached" 2.00 find_ours find_theirs coldly
anew; contest "the same, once more" 2.00 find_ours find_theirs
echo; echo "Peak memory: $(awk '/VmHWM/ { printf "%.0f", $2 / 1024 }' "/proc/$drive/status") MiB."; echo
catalogue=large.db
contest "cp of 1 GiB from an image, all cached" 1.43 copy_ours copy_theirs anew
contest "the same, nothing cached" 1.43 copy_ours copy_theirs coldly
down
