#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes src/Spindle.Files/Names/Decompositions.Table.cs: what Unicode's characters are made of, from Python's own copy of UnicodeData.txt.

Of characters of 16 bits, as the file systems that it is for know no others; Hangul is reckoned and not listed."""
import base64, struct, sys, unicodedata

table = b""
for code in range(0x80, 0xF900 + 0x700):
    decomposition = unicodedata.decomposition(chr(code))
    if decomposition and not decomposition.startswith("<") and not 0xAC00 <= code <= 0xD7A3:
        parts = [int(part, 16) for part in decomposition.split()]
        if max(parts) <= 0xFFFF:
            table += struct.pack("<3H", code, parts[0], parts[1] if len(parts) > 1 else 0)

text = base64.b64encode(table).decode()
lines = [text[at:at + 140] for at in range(0, len(text), 140)]
print(f"""// SPDX-License-Identifier: MIT
namespace Spindle.Files.Names;

/// <content>Made by eng/unicode/decompositions.py from Unicode {unicodedata.unidata_version}, field 5 of UnicodeData.txt; not to be changed by hand.</content>
internal static partial class Decompositions
{{
    /// <summary>In Base64, {len(table) // 6} times three numbers of 16 bits, the lower byte first: a character, and the one or two (or one and 0) that it is made of.</summary>
    private const string Table =""")
print(" +\n".join(f'        "{line}"' for line in lines) + ";\n}")
