#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds what Homebrew, Scoop and winget are told against the files themselves: every address names one, and its sum is right.

  eng/packages/check-manifests.py FOLDER VERSION
"""
import hashlib, json, pathlib, re, sys, zipfile

folder, version = pathlib.Path(sys.argv[1]), sys.argv[2]


def held(address, sha256, where):
    file = folder / address.rsplit("/", 1)[1]
    assert file.exists(), f"{where}: there is no {file.name}"
    assert f"/releases/download/v{version}/" in address, f"{where}: {address}"
    assert hashlib.sha256(file.read_bytes()).hexdigest() == sha256.lower(), f"{where}: the sum of {file.name} is another"
    return file


formula = (folder / "spindle.rb").read_text()
pairs = re.findall(r'url "([^"]+)"\s+sha256 "([0-9a-f]{64})"', formula)
assert len({held(*pair, "spindle.rb") for pair in pairs}) == 4, "spindle.rb: not four systems"
assert f'version "{version}"' in formula

scoop = json.loads((folder / "spindle.json").read_text())
one = scoop["architecture"]["64bit"]
inside = zipfile.ZipFile(held(one["url"], one["hash"], "spindle.json")).namelist()
assert f"{one['extract_dir']}/{scoop['bin']}" in inside, f"spindle.json: {one['extract_dir']} is not in {inside}"
assert scoop["version"] == version

manifests = {path.name: dict(re.findall(r"^[- ]*([A-Za-z0-9]+): '?(.+?)'?$", path.read_text(), re.MULTILINE)) for path in folder.glob("*.yaml")}
assert sorted(each["ManifestType"] for each in manifests.values()) == ["defaultLocale", "installer", "version"], list(manifests)
assert {each["PackageVersion"] for each in manifests.values()} == {version} and len({each["PackageIdentifier"] for each in manifests.values()}) == 1
installer = next(each for each in manifests.values() if each["ManifestType"] == "installer")
held(installer["InstallerUrl"], installer["InstallerSha256"], "the installer's manifest")
assert installer["RelativeFilePath"].replace("\\", "/") in inside, "the installer's manifest names no program of the archive"
