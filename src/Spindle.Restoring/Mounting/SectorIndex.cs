// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Catalogue.Documents;
using Spindle.Files;

namespace Spindle.Restoring.Mounting;

/// <summary>Where the contents of a disc lie, as its own list says: 12 bytes for each, so that several discs can be open for days.</summary>
/// <remarks>It is not believed, as <see cref="DiscIndex"/> is not: what is read there is held against its hash.</remarks>
internal sealed class SectorIndex
{
    private readonly ulong[] _keys;
    private readonly uint[] _sectors;

    private SectorIndex(ulong[] keys, uint[] sectors) => (_keys, _sectors) = (keys, sectors);

    /// <summary>Reads the disc's list; lines that are damaged are left out.</summary>
    public static SectorIndex Read(ArchiveDisc disc)
    {
        List<ulong> keys = [];
        List<uint> sectors = [];
        foreach (DiscLine line in DiscIndex.Lines(disc))
        {
            if (line is { Kind: EntryKind.File, Sha256: { } sha256, Sector: >= 0 and <= uint.MaxValue and { } sector })
            {
                keys.Add(KeyOf(sha256, line.Offset));
                sectors.Add((uint)sector);
            }
        }

        (ulong[] sorted, uint[] places) = ([.. keys], [.. sectors]);
        Array.Sort(sorted, places);
        return new(sorted, places);
    }

    /// <summary>The first sector of a content, or of the part that begins at an offset; null where the list says nothing.</summary>
    public long? Find(ReadOnlySpan<byte> sha256, long offset) =>
        sha256.Length == 32 && Array.BinarySearch(_keys, KeyOf(sha256, offset)) is >= 0 and int index ? _sectors[index] : null;

    private static ulong KeyOf(ReadOnlySpan<byte> sha256, long offset) => BinaryPrimitives.ReadUInt64LittleEndian(sha256) ^ unchecked((ulong)offset * 0x9E3779B97F4A7C15);
}
