#!/usr/bin/env bash
# Parity of a set of 24 discs of 50 MB, by Spindle and by par2, in one run: bench/sets.sh [FOLDER]. Needs par2 and 3 GB.
# Tells user and system time of each in seconds, start-up included, in each of ROUNDS rounds.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
folder=$(mktemp -d "${1:-$PWD}/spindle-bench.XXXXXX")
trap 'rm -rf "$folder"' EXIT
cd "$folder"
TIMEFORMAT='%U %S'

took() { # WHAT COMMAND...
  local what=$1 times
  shift
  times=$({ time "$@" >/dev/null 2>&1; } 2>&1)
  echo "$what: $(awk -v t="$times" 'BEGIN { split(t, s, " "); printf "%.2f s", s[1] + s[2] }')"
}

mkdir discs
for n in $(seq -w 0 23); do head -c 50000000 /dev/urandom > "discs/Set_00$n.iso"; done
for round in $(seq "$ROUNDS"); do
  rm -rf parity summed out lost all
  mkdir lost all
  cat discs/* > /dev/null
  took "create" "$spindle" parity create discs --to parity --quiet
  took "create, disc by disc" "$spindle" parity create discs --to summed --open --quiet
  took "  and close" "$spindle" parity create --to summed --close --quiet
  diff -r parity summed
  ln discs/* all
  took "par2 create, PAR 2.0, a slice a disc" par2 create -q -s50000000 -c2 -n2 -u all/x.par2 all/*.iso
  rm all/*.par2
  cp parity/*.p0? all
  took "check" "$spindle" parity check discs parity --quiet
  took "par2 verify, PAR 1.0" par2 verify -q all/Set_S000.p01
  rm all/Set_0003.iso all/Set_0020.iso
  took "par2 repair, PAR 1.0, two lost" par2 repair -q all/Set_S000.p01
  mv discs/Set_0003.iso discs/Set_0020.iso lost
  took "repair, two lost" "$spindle" parity repair --from discs parity --to out --quiet
  for disc in lost/*; do cmp "$disc" "out/${disc#lost/}"; cmp "$disc" "all/${disc#lost/}"; done
  mv lost/* discs
done
