#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks programs for macOS as its kernel does before it starts one: every page against the hashes of the signature.

  eng/packages/macho.py FILE...

A processor of Apple starts nothing without a signature; one that names no signer ("ad hoc") is enough for what is not downloaded by a
browser. Formats: Mach-O by mach-o/loader.h, code directories by xnu's osfmk/kern/cs_blobs.h. Prints one line for each file, and ends with
1 where one is wrong.
"""
import hashlib, pathlib, struct, sys

MAGIC_64, EXECUTABLE = 0xFEEDFACF, 2
CPUS = {0x01000007: "x86_64", 0x0100000C: "arm64"}
LC_CODE_SIGNATURE, LC_BUILD_VERSION, LC_VERSION_MIN_MACOSX, PLATFORM_MACOS = 0x1D, 0x32, 0x24, 1
SUPER_BLOB, CODE_DIRECTORY, AD_HOC, SHA256 = 0xFADE0CC0, 0xFADE0C02, 0x2, 2


class Wrong(Exception):
    """What the kernel, or the loader, would not take."""


def load_commands(data):
    magic, cpu, _, kind, count, _, _ = struct.unpack_from("<7I", data, 0)
    if magic != MAGIC_64 or kind != EXECUTABLE or cpu not in CPUS:
        raise Wrong("no program of 64 bits for macOS")
    commands, at = {}, 32
    for _ in range(count):
        command, size = struct.unpack_from("<2I", data, at)
        if size < 8:
            raise Wrong(f"a load command of {size} bytes")
        commands.setdefault(command, data[at + 8:at + size])
        at += size
    return CPUS[cpu], commands


def code_directory(data, at, size):
    if at + size != len(data):
        raise Wrong(f"the signature ends at {at + size}, the file at {len(data)}")
    magic, _, count = struct.unpack_from(">3I", data, at)
    if magic != SUPER_BLOB:
        raise Wrong("what should be a signature is none")
    for index in range(count):
        _, offset = struct.unpack_from(">2I", data, at + 12 + 8 * index)
        if struct.unpack_from(">I", data, at + offset)[0] == CODE_DIRECTORY:
            return at + offset
    raise Wrong("the signature has no code directory")


def check(data):
    """What there is to say of a program that would start; else Wrong."""
    cpu, commands = load_commands(data)
    oldest = None
    if LC_BUILD_VERSION in commands:
        platform, oldest = struct.unpack_from("<2I", commands[LC_BUILD_VERSION])
        if platform != PLATFORM_MACOS:
            raise Wrong(f"made for platform {platform}, not for macOS")
    elif LC_VERSION_MIN_MACOSX in commands:
        oldest, = struct.unpack_from("<I", commands[LC_VERSION_MIN_MACOSX])
    if LC_CODE_SIGNATURE not in commands:
        raise Wrong("no signature")
    signature = struct.unpack_from("<2I", commands[LC_CODE_SIGNATURE])
    at = code_directory(data, *signature)
    _, flags, hashes, _, _, count, limit, width, kind, _, page = struct.unpack_from(">6II4B", data, at + 8)
    if not flags & AD_HOC or kind != SHA256:
        raise Wrong(f"flags {flags:#x}, hashes of kind {kind}: not signed ad hoc by SHA-256")
    if limit != signature[0] or count != -(-limit >> page):
        raise Wrong(f"{count} pages up to {limit} are signed, the signature begins at {signature[0]}")
    bad = []
    for index in range(count):
        digest = hashlib.sha256(data[index << page:min((index + 1) << page, limit)]).digest()[:width]
        if digest != data[at + hashes + index * width:at + hashes + (index + 1) * width]:
            bad.append(index)
    if bad:
        raise Wrong(f"{len(bad)} of {count} pages are not as signed, the first of them {bad[0]}")
    least = f", macOS {oldest >> 16}.{oldest >> 8 & 255} or newer" if oldest else ""
    return f"{cpu}, signed ad hoc, {count} pages as signed{least}"


def main(paths):
    failed = False
    for path in paths:
        try:
            print(f"{path}: {check(pathlib.Path(path).read_bytes())}")
        except (Wrong, struct.error) as wrong:
            print(f"{path}: {wrong}", file=sys.stderr)
            failed = True
    return 1 if failed or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
