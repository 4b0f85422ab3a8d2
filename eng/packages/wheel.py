#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A Python wheel that carries the program: "pip install FILE.whl" puts spindle on the PATH of that Python.

  eng/packages/wheel.py SYSTEM PROGRAM-FOLDER VERSION TARGET-FOLDER

It holds no Python at all: the program is a script of the wheel, and its library lies in lib/spindle beside that. Format: the binary
distribution format of packaging.python.org, version 1.0; platform tags: PEP 600 and the tags of macOS and Windows.
"""
import base64, hashlib, pathlib, sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from samezip import SameZip

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
NAME = "spindle-discs" # what the package is called; the program is "spindle"
# The C library of the machine that links decides: 2.34 is where libpthread became part of it.
TAGS = {
    "linux-x64": "manylinux_2_34_x86_64", "linux-arm64": "manylinux_2_34_aarch64",
    "osx-x64": "macosx_12_0_x86_64", "osx-arm64": "macosx_12_0_arm64", "win-x64": "win_amd64",
}


def metadata(version):
    readme = (ROOT / "src/Spindle.Cli/README.md").read_text(encoding="utf-8")
    return f"""Metadata-Version: 2.4
Name: {NAME}
Version: {version}
Summary: Image optical discs, archive file trees onto discs, and bring them back
License-Expression: MIT
License-File: LICENSE
Keywords: cd,dvd,bluray,optical disc,iso,archive,preservation
Classifier: Environment :: Console
Classifier: Topic :: System :: Archiving
Requires-Python: >=3.8
Description-Content-Type: text/markdown

{readme}"""


def record_line(name, content):
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(content)}"


def write(system, program, version, target):
    tag, distribution = TAGS[system], NAME.replace("-", "_")
    info, data = f"{distribution}-{version}.dist-info", f"{distribution}-{version}.data"
    executable = "spindle.exe" if system.startswith("win") else "spindle"
    members = [(f"{data}/scripts/{executable}", (program / executable).read_bytes(), 0o755)]
    library = program / "libe_sqlite3.so"
    if library.exists():
        members.append((f"{data}/data/lib/spindle/{library.name}", library.read_bytes(), 0o644))
    members += [
        (f"{info}/METADATA", metadata(version).encode(), 0o644),
        (f"{info}/WHEEL", f"Wheel-Version: 1.0\nGenerator: eng/packages/wheel.py\nRoot-Is-Purelib: false\nTag: py3-none-{tag}\n".encode(), 0o644),
        (f"{info}/licenses/LICENSE", (ROOT / "LICENSE").read_bytes(), 0o644),
    ]
    record = f"{info}/RECORD"
    lines = [record_line(name, content) for name, content, _ in members] + [f"{record},,"]
    path = target / f"{distribution}-{version}-py3-none-{tag}.whl"
    with SameZip(path) as wheel:
        for name, content, mode in [*members, (record, ("\n".join(lines) + "\n").encode(), 0o644)]:
            wheel.put(name, content, mode)
    return path


if __name__ == "__main__":
    if len(sys.argv) != 5 or sys.argv[1] not in TAGS:
        sys.exit(__doc__)
    print(write(sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3], pathlib.Path(sys.argv[4])))
