#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Zip files that come out the same again: names in order, the time of SOURCE_DATE_EPOCH, and rights as Unix has them.

  eng/packages/samezip.py FILE.zip FOLDER
  eng/packages/samezip.py --again PACKAGE.nupkg FILE.nupkg      the same content, without what NuGet makes up by chance, or takes along for phones
"""
import os, pathlib, re, sys, time, zipfile


# Nobody runs "dotnet tool install" there; SQLite's package has its library for them all the same.
NO_TOOLS_THERE = re.compile(r"/runtimes/(android|browser|ios|maccatalyst)")


class SameZip(zipfile.ZipFile):
    """One to write, of which every byte follows from what is put into it."""

    def __init__(self, path):
        super().__init__(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9)
        # A zip file's years begin with 1980.
        self.time = time.gmtime(max(int(os.environ.get("SOURCE_DATE_EPOCH", 0)), 315532800))[:6]

    def put(self, name, content, mode=0o644):
        entry = zipfile.ZipInfo(name, self.time)
        entry.create_system, entry.external_attr, entry.compress_type = 3, (0o100000 | mode) << 16, zipfile.ZIP_DEFLATED
        self.writestr(entry, content, compresslevel=9)


def of_folder(target, folder):
    with SameZip(target) as archive:
        for path in sorted(pathlib.Path(folder).rglob("*")):
            if path.is_file():
                archive.put(path.as_posix(), path.read_bytes(), path.stat().st_mode & 0o777)


def again(source, target):
    """The core properties of a package are named by a random number, and its relations have random ids (Open Packaging Conventions)."""
    with zipfile.ZipFile(source) as old, SameZip(target) as new:
        for name in sorted(name for name in old.namelist() if not NO_TOOLS_THERE.search(name)):
            content = old.read(name)
            if name == "_rels/.rels":
                numbers = iter(range(1, 1000))
                text = re.sub(r"[0-9a-f]{32}\.psmdcp", "properties.psmdcp", content.decode("utf-8-sig"))
                content = re.sub(r'Id="[^"]+"', lambda _: f'Id="R{next(numbers)}"', text).encode()
            new.put(re.sub(r"[0-9a-f]{32}\.psmdcp$", "properties.psmdcp", name), content)


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] == "--again":
        again(*sys.argv[2:])
    elif len(sys.argv) == 3:
        of_folder(*sys.argv[1:])
    else:
        sys.exit(__doc__)
