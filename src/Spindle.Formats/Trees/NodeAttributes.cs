// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Trees;

/// <summary>What a file, directory or link is said to be, beside its name and content.</summary>
/// <param name="Mode">Permissions as in POSIX <c>st_mode</c>, the lowest twelve bits; bits of the type are ignored.</param>
/// <param name="Uid">Number of the owner.</param>
/// <param name="Gid">Number of the owning group.</param>
/// <param name="ModifiedNanoseconds">When the content was last changed: nanoseconds since 1970-01-01 UTC, without leap seconds.</param>
public readonly record struct NodeAttributes(int Mode, uint Uid, uint Gid, long ModifiedNanoseconds);
