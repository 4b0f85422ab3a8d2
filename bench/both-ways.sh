#!/usr/bin/env bash
# Spindle and dvdisaster on one disc, each with what the other made, judged by bytes: bench/both-ways.sh cd|dvd|bd [FOLDER].
# The payload is sparse; needs 3 GB (dvd) or 20 GB (bd) in FOLDER, and for dvd and bd an hour or more, which is dvdisaster's.
# BURST=20000 makes the burst of that many sectors; otherwise it is half of what the disc bears.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
medium=$1
case $medium in
  cd) sectors=359424 payload=290000 ;;
  dvd) sectors=2295104 payload=2000000 ;;
  bd) sectors=11826176 payload=9800000 ;;
  *) echo "usage: $0 cd|dvd|bd [FOLDER]" >&2; exit 64 ;;
esac
folder=$(mktemp -d "${2:-$PWD}/spindle-bench.XXXXXX")
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# Zeros with islands of random bytes, and the least of a volume descriptor: dvdisaster looks for its header behind the volume.
python3 - "$payload" << 'PYTHON'
import os, random, struct, sys
sectors, chance = int(sys.argv[1]), random.Random(1)
with open("theirs.iso", "wb") as image:
    image.truncate(sectors * 2048)
    for _ in range(60):
        image.seek(chance.randrange(32, sectors - 2048) * 2048)
        image.write(os.urandom(2048 * 2048))
    descriptor = bytearray(2048)
    descriptor[:7] = b"\1CD001\1"
    descriptor[80:88] = struct.pack("<I", sectors) + struct.pack(">I", sectors)
    image.seek(16 * 2048)
    image.write(descriptor + b"\xffCD001\1")
PYTHON
cp --sparse=always theirs.iso ours.iso

# took COMMAND...: how long, and how much of that the processor was busy with it: on a machine that others use, that one counts.
took() { /usr/bin/time -o took.txt -f '%e s, processor %U + %S s' "$@" > said.txt 2>&1 || true; tail -1 took.txt; }
step() { printf '| %s | %s | %s |\n' "$1" "$2" "$3"; }
same() { if cmp -s "$1" "$2"; then echo "$3"; else echo "**$4**"; fi; }
echo "| $medium | time | by bytes |"
echo "| --- | --- | --- |"
ours=$(took "$spindle" protect ours.iso --fill "$medium" --quiet)
theirs=$(took dvdisaster -i theirs.iso -mRS03 --debug -n "$sectors" -x 2 -c)
step "Spindle encodes, reads again and tests" "$ours" ""
step "dvdisaster encodes" "$theirs" "$(same ours.iso theirs.iso "the same image" "another image")"

# A burst, and 2,000 sectors anywhere in the payload.
cp ours.iso damaged.iso
roots=$("$spindle" check ours.iso --json 2> /dev/null | python3 -c 'import json, sys; print(json.load(sys.stdin)["layout"]["roots"])')
python3 - "$payload" "${BURST:-$((sectors / 255 * roots / 2))}" << 'PYTHON'
import os, random, sys
payload, burst, chance = int(sys.argv[1]), int(sys.argv[2]), random.Random(2)
with open("damaged.iso", "r+b") as image:
    noise = os.urandom(1 << 20)
    first = chance.randrange(32, payload - burst)
    for sector in range(first, first + burst, 512):
        image.seek(sector * 2048)
        image.write(noise[:min(512, first + burst - sector) * 2048])
    for _ in range(2000):
        image.seek(chance.randrange(32, payload) * 2048)
        image.write(noise[:2048])
PYTHON
cp damaged.iso mended.iso
step "Spindle mends what dvdisaster's code made, $roots roots" "$(took "$spindle" repair mended.iso --quiet)" "$(same mended.iso theirs.iso whole "not whole")"
mv damaged.iso mended.iso
step "dvdisaster mends what Spindle made" "$(took dvdisaster -i mended.iso -f)" "$(same mended.iso ours.iso whole "not whole")"
step "dvdisaster tests what Spindle made" "$(took dvdisaster -i ours.iso -t)" "$(grep -o -m 1 "good image" said.txt || echo "**not accepted**")"
step "Spindle checks it" "$(took "$spindle" check ours.iso --quiet)" ""
