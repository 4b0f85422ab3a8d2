#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the service costs: idle, and with 200 who watch 20 jobs, each of which tells ten times a second how far it is.

    bench/service.py PROGRAM [SECONDS]

PROGRAM is the native program (artifacts/launcher/spindle). It is copied; once the copy serves, a player takes its place, so that what is
started as a job only writes progress, and costs next to nothing itself. Linux."""
import json
import os
import selectors
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

JOBS, WATCHERS = 20, 200
PLAYER = """#!/usr/bin/env python3
import fcntl, json, os, sys, time
folder = sys.argv[sys.argv.index("--job") + 1]
lock = open(folder + "/lock", "w")
fcntl.flock(lock, fcntl.LOCK_EX)
started = open("/proc/self/stat").read().rsplit(")", 1)[1].split()[19]
open(folder + "/process", "w").write(f"{os.getpid()} {started}\\n")
end = time.time() + float(os.environ["PLAYED_SECONDS"])
with open(folder + "/progress.jsonl", "a", buffering=1) as progress:
    done = 0
    while time.time() < end:
        done += 1048576
        progress.write(json.dumps({"schema": "spindle/progress/1", "stage": "copying", "done": done, "total": 10**12, "unit": "B", "item": None, "trouble": None,
                                   "rate": 24670000.0, "secondsLeft": 1234.5, "elapsedSeconds": round(done / 1e7, 1), "silentSeconds": 0.0}) + "\\n")
        time.sleep(0.1)
open(folder + "/result.json", "w").write("{}")
open(folder + "/end", "w").write("0\\n")
"""


def processor(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid):
    return next(int(line.split()[1]) for line in open(f"/proc/{pid}/status") if line.startswith("VmRSS")) / 1024


def main():
    program, seconds = sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 30.0
    place = tempfile.mkdtemp(prefix="spindle-bench-")
    shutil.copytree(os.path.dirname(os.path.abspath(program)), place + "/program", ignore=shutil.ignore_patterns("*.pdb", "*.xml", "*.dbg"))
    copy = place + "/program/" + os.path.basename(program)
    service = subprocess.Popen([copy, "serve", "--urls", "http://127.0.0.1:0", "--state", place + "/state", "--json"], stdout=subprocess.PIPE, text=True,
                               env=dict(os.environ, PLAYED_SECONDS=str(seconds * 2 + 30)))
    text = ""
    while not text.rstrip().endswith("}"):
        text += service.stdout.readline()
    port = int(json.loads(text)["addresses"][0].split(":")[2].strip("/"))
    token = open(place + "/state/token").read().strip()

    def ask(path, body=None):
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", json.dumps(body).encode() if body else None, {"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
        return json.load(urllib.request.urlopen(request, timeout=20))

    try:
        time.sleep(5)
        before = processor(service.pid)
        time.sleep(seconds)
        print(f"idle: {(processor(service.pid) - before) / seconds:.2%} of a core, {memory(service.pid):.0f} MB")

        os.rename(copy, copy + ".away")
        open(copy, "w").write(PLAYER)
        os.chmod(copy, 0o755)
        for i in range(JOBS):
            ask("/api/jobs", {"verb": "find", "request": {"catalogue": os.path.expanduser("~/none.db"), "pattern": str(i)}})
        time.sleep(5)
        running = ask("/api/status")["jobs"]["running"]
        before = processor(service.pid)
        time.sleep(seconds)
        print(f"{running} jobs, nobody watches: {(processor(service.pid) - before) / seconds:.2%} of a core, {memory(service.pid):.0f} MB")

        ready = selectors.DefaultSelector()
        for _ in range(WATCHERS):
            stream = socket.create_connection(("127.0.0.1", port))
            stream.sendall(f"GET /api/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
            stream.setblocking(False)
            ready.register(stream, selectors.EVENT_READ)

        def watch(time_left):
            end, count, told = time.time() + time_left, 0, 0
            while time.time() < end:
                for key, _ in ready.select(0.2):
                    part = key.fileobj.recv(1 << 20)
                    count += len(part)
                    told += part.count(b"event: job-progress")
            return count, told

        watch(3)
        before = processor(service.pid)
        count, told = watch(seconds)
        print(f"{running} jobs, {WATCHERS} watch: {(processor(service.pid) - before) / seconds:.2%} of a core, {memory(service.pid):.0f} MB; each was told {told / WATCHERS / seconds / max(1, running):.2f} times a second of each job, {count / seconds / 1e6:.1f} MB/s in all")
    finally:
        service.terminate()
        service.wait(10)
        shutil.rmtree(place, ignore_errors=True)


main()
