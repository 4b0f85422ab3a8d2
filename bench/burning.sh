#!/usr/bin/env bash
# Processor time of burning an image onto a BD-R in the lab, by Spindle and by xorriso, in one run: bench/burning.sh [MB]. Needs the lab (tests/lab) and twice the image's size.
# Also how empty the drive's buffer became while it burned at 4x (17.98 MB/s).
# Tells user and system time of each in seconds, start-up included, in each of ROUNDS rounds. The lab's drive has a processor of its own, which is not counted.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
lab=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/tests/lab/optical-lab
folder=$(mktemp -d "${TMPDIR:-$PWD}/spindle-bench.XXXXXX")
trap 'rm -rf "$folder"' EXIT
megabytes=${1:-315}
head -c "${megabytes}000000" /dev/urandom > "$folder/disc.iso"
truncate -s %2048 "$folder/disc.iso"
cat > "$folder/guest.sh" <<'GUEST'
TIMEFORMAT='%U %S'
took() { local what=$1; shift; local times; times=$({ time "$@" > /dev/null 2>&1; } 2>&1); echo "$what: $(awk -v t="$times" 'BEGIN { split(t, s, " "); printf "%.2f s", s[1] + s[2] }')"; }
image=$out/disc.iso
took "xorriso" xorriso -as cdrecord dev=/dev/sr0 padsize=0 "$image"
eject /dev/sr0; "$lab" disc 0 "$out/2.disc"; eject -t /dev/sr0; sleep 1
took "spindle burn --verify none" "$spindle" burn "$image" --drive /dev/sr0 --verify none --quiet
eject /dev/sr0; "$lab" disc 0 "$out/3.disc"; eject -t /dev/sr0; sleep 1
took "spindle burn, verified" "$spindle" burn "$image" --drive /dev/sr0 --quiet
took "cmp, after xorriso" cmp -n "$(stat -c %s "$image")" "$image" /dev/sr0
GUEST
buffer() {
  "$lab" blank bd-r "$folder/4x.disc" $((megabytes * 1000000 / 2048 + 10000))
  "$lab" run --timeout 600 --slow 17980000 --disc "$folder/4x.disc" --burner --share "$folder:$folder:rw" -- "$spindle" burn "$folder/disc.iso" --drive /dev/sr0 --verify none --json --progress none |
    grep -o '"lowestBufferPercent": *[0-9]*'
  rm "$folder/4x.disc"*
}
for round in $(seq "$ROUNDS"); do
  for n in 1 2 3; do "$lab" blank bd-r "$folder/$n.disc" $((megabytes * 1000000 / 2048 + 10000)); done
  lab=$lab spindle=$spindle out=$folder "$lab" run --timeout 600 --disc "$folder/1.disc" --burner --share "$folder:$folder:rw" -- bash "$folder/guest.sh"
  echo "at 4x: $(buffer)"
  for n in 1 2 3; do cmp -n "$(stat -c %s "$folder/disc.iso")" "$folder/disc.iso" "$folder/$n.disc.data"; rm "$folder/$n.disc"*; done
done
