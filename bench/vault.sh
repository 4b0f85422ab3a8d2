#!/usr/bin/env bash
# Objects by S3 against the same files by other servers, asked by the same client (rclone, which takes most of the processor's time of both).
#   bench/vault.sh [FOLDER]      needs rclone; nginx where it is there
# Prints seconds by the clock, and the processor's seconds of the server alone.
set -eu
cd "$(dirname "$0")/.."
spindle=${SPINDLE_PROGRAM:-$PWD/spindle}
folder=$(mktemp -d "${1:-/var/tmp}/vault-bench.XXXXXX")
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
unset AWS_CA_BUNDLE
export RCLONE_CONFIG=/dev/null HOME=$folder
large=${LARGE:-1073741824} count=${COUNT:-10000}

mkdir files one
head -c "$large" /dev/urandom > one/large
for ((i = 0; i < count; i++)); do printf '%s\n' "$i"; done | python3 -c '
import os, sys
for line in sys.stdin:
    open("files/" + line.strip(), "wb").write(os.urandom(10240))'

"$spindle" vault init --landing landing --quiet
read -r id secret < <("$spindle" vault key add bench --json | python3 -c 'import json, sys; k = json.load(sys.stdin); print(k["accessKeyId"], k["secretAccessKey"])')
"$spindle" serve --urls http://127.0.0.1:18080 --s3-urls http://127.0.0.1:19000 --state state --no-jobs > serve.log 2>&1 &
ours=$!
mkdir dav
rclone serve webdav dav --addr 127.0.0.1:19001 > /dev/null 2>&1 &
theirs=$!
export RCLONE_CONFIG_S_TYPE=s3 RCLONE_CONFIG_S_PROVIDER=Other RCLONE_CONFIG_S_ENDPOINT=http://127.0.0.1:19000 RCLONE_CONFIG_S_ACCESS_KEY_ID=$id RCLONE_CONFIG_S_SECRET_ACCESS_KEY=$secret
export RCLONE_CONFIG_D_TYPE=webdav RCLONE_CONFIG_D_URL=http://127.0.0.1:19001 RCLONE_CONFIG_D_VENDOR=other
export RCLONE_CONFIG_H_TYPE=http RCLONE_CONFIG_H_URL=http://127.0.0.1:19002/
nginx=
if command -v nginx > /dev/null; then
  mkdir -p n/logs
  printf '%s\n' "daemon off; master_process off; pid $folder/n/pid; error_log /dev/null;" 'events {}' \
    "http { access_log off; client_body_temp_path $folder/n; server { listen 127.0.0.1:19002; root $folder; autoindex on; sendfile on; } }" > n/conf
  nginx -p "$folder/n" -c "$folder/n/conf" -e /dev/null & nginx=$!
fi
sleep 3

used() { awk '{ print ($14 + $15) / 100 }' "/proc/$1/stat"; }
# row NAME PID WORDS…
row() {
  local name=$1 pid=$2; shift 2
  local before begin
  before=$(used "$pid"); begin=$(date +%s.%N)
  "$@"
  awk -v n="$name" -v a="$begin" -v b="$(date +%s.%N)" -v c="$before" -v d="$(used "$pid")" 'BEGIN { printf "%-28s %7.2f s   server %6.2f s\n", n, b - a, d - c }'
}
rclone mkdir s:bench
for ((round = 1; round <= ${ROUNDS:-3}; round++)); do
  echo "round $round"
  rclone purge d:small 2> /dev/null || true; rclone deletefile d:large 2> /dev/null || true
  rclone purge s:bench -q 2> /dev/null || true; rclone mkdir s:bench
  row "PUT large, S3" $ours rclone copyto one/large s:bench/large --s3-upload-cutoff 5G --s3-disable-checksum -q
  row "PUT large, rclone webdav" $theirs rclone copyto one/large d:large -q
  row "GET large, S3" $ours sh -c 'rclone cat s:bench/large > /dev/null'
  row "GET large, rclone webdav" $theirs sh -c 'rclone cat d:large > /dev/null'
  [[ $nginx ]] && row "GET large, nginx" "$nginx" sh -c 'rclone cat h:one/large > /dev/null'
  row "PUT small, S3" $ours rclone copy files s:bench/small --transfers 8 --no-traverse --s3-no-head -q
  row "PUT small, rclone webdav" $theirs rclone copy files d:small --transfers 8 --no-traverse -q
  row "GET small, S3" $ours rclone copy s:bench/small "got$round" --transfers 8 -q; rm -rf "got$round"
  row "GET small, rclone webdav" $theirs rclone copy d:small "got$round" --transfers 8 -q; rm -rf "got$round"
  [[ $nginx ]] && { row "GET small, nginx" "$nginx" rclone copy h:files "got$round" --transfers 8 -q; rm -rf "got$round"; }
done
awk '/VmHWM/ { printf "peak memory of Spindle: %d MiB\n", $2 / 1024 }' "/proc/$ours/status"
if [[ ${NAMES:-0} -gt 0 ]]; then
  # A bucket of so many keys, entered as an import would: only listing is measured.
  kill $ours; wait $ours 2> /dev/null || true
  python3 - "$NAMES" <<'PYTHON'
import sqlite3, sys
db = sqlite3.connect('catalogue.db')
db.execute("INSERT INTO vault_bucket (name, owner, created, region, rules) VALUES ('many', 'bench', 0, '', '{}')")
bucket = db.execute('SELECT last_insert_rowid()').fetchone()[0]
db.executemany("INSERT INTO vault_object (bucket, key, size, etag, sha256, modified, detail, used) VALUES (?, ?, 0, 'd41d8cd98f00b204e9800998ecf8427e', x'00', 0, '{}', 0)",
               ((bucket, b'%03d/%06d.jpg' % (i // 1000, i)) for i in range(int(sys.argv[1]))))
db.commit()
PYTHON
  "$spindle" serve --urls http://127.0.0.1:18080 --s3-urls http://127.0.0.1:19000 --state state --no-jobs > serve.log 2>&1 &
  ours=$!
  sleep 3
  row "list $NAMES keys, S3" $ours sh -c 'rclone lsf -R --fast-list s:many | wc -l'
  awk '/VmHWM/ { printf "peak memory of Spindle: %d MiB\n", $2 / 1024 }' "/proc/$ours/status"
fi
