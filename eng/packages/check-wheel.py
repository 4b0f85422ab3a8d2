#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds a wheel against its own RECORD, name and tag, as an installer does.

  eng/packages/check-wheel.py FILE.whl
"""
import base64, csv, hashlib, pathlib, sys, zipfile


def complaints(path):
    name, version, python, abi, platform = path.stem.split("-")
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(path) as wheel:
        if broken := wheel.testzip():
            yield f"{broken} is damaged"
        members = wheel.namelist()
        if len(set(members)) != len(members):
            yield "a member is there twice"
        rows = list(csv.reader(wheel.read(f"{info}/RECORD").decode().splitlines()))
        if sorted(row[0] for row in rows) != sorted(members):
            yield f"RECORD lists other files than there are: {set(members) ^ {row[0] for row in rows}}"
        for member, digest, size in rows:
            if member == f"{info}/RECORD":
                continue
            content = wheel.read(member)
            expected = "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            if digest != expected or int(size) != len(content):
                yield f"{member} is not as RECORD says"
        if f"Tag: {python}-{abi}-{platform}" not in wheel.read(f"{info}/WHEEL").decode().splitlines():
            yield "WHEEL names another tag than the file's name"
        headers = wheel.read(f"{info}/METADATA").decode().splitlines()
        if f"Version: {version}" not in headers or f"Name: {name.replace('_', '-')}" not in headers:
            yield "METADATA names another package or version than the file's name"
        scripts = [member for member in members if member.startswith(f"{name}-{version}.data/scripts/")]
        if len(scripts) != 1 or not wheel.getinfo(scripts[0]).external_attr >> 16 & 0o111:
            yield "there is not one program in it that may be run"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    found = list(complaints(pathlib.Path(sys.argv[1])))
    print("\n".join(f"{sys.argv[1]}: {one}" for one in found), end="\n" if found else "")
    sys.exit(1 if found else 0)
