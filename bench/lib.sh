# Shared by the contests: medians of runs that take turns, so that a machine whose speed drifts is fair to both.

: "${ROUNDS:=5}"
spindle=${SPINDLE_PROGRAM:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/artifacts/launcher/spindle}
[[ -x $spindle ]] || { echo "bench: ./spindle --version builds the program first" >&2; exit 1; }

# seconds COMMAND...: wall seconds of one run; its output is thrown away.
seconds() {
  local start end
  start=${EPOCHREALTIME/./} # microseconds, and no process to ask for them
  "$@" > /dev/null 2>&1 || { echo "bench: failed: $*" >&2; exit 1; }
  end=${EPOCHREALTIME/./}
  awk -v us=$((end - start)) 'BEGIN { printf "%.3f", us / 1e6 }'
}

median() { sort -n | awk '{ v[NR] = $1 } END { printf "%.3f", NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

# contest NAME LIMIT OURS THEIRS [BEFORE]: two shell functions that take turns, and one that clears away what the turn before left,
# outside the clock; prints a row of the table, ratio of medians.
contest() {
  local name=$1 limit=$2 before=${5:-:} ours=() theirs=() a b i
  "$before"; "$3" > /dev/null 2>&1; "$before"; "$4" > /dev/null 2>&1
  for ((i = 0; i < ROUNDS; i++)); do
    "$before"; ours+=("$(seconds "$3")")
    "$before"; theirs+=("$(seconds "$4")")
  done
  a=$(printf '%s\n' "${ours[@]}" | median); b=$(printf '%s\n' "${theirs[@]}" | median)
  awk -v n="$name" -v a="$a" -v b="$b" -v l="$limit" 'BEGIN { r = a / b; printf "| %s | %.2f s | %.2f s | %.2f | at most %.2f | %s |\n", n, a, b, r, l, r <= l ? "yes" : "no" }'
}

# peak COMMAND...: largest resident memory of one run, in MiB.
peak() { /usr/bin/time -f %M "$@" 2>&1 > /dev/null | tail -1 | awk '{ printf "%.0f", $1 / 1024 }'; }
