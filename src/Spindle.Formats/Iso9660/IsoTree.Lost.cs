// SPDX-License-Identifier: MIT
using Spindle.Formats.Iso9660.Fields;
using Spindle.Formats.RockRidge;
using Spindle.Formats.Trees;

namespace Spindle.Formats.Iso9660;

/// <summary>What can still be said where a part of a directory is lost.</summary>
internal sealed partial class IsoTree
{
    private const int MostDirectoriesTried = 64;

    // The directories whose records are lost, by the path table: their names are those of the volume's own tree.
    private IEnumerable<VolumeEntry> FromTable(VolumeEntry directory, HashSet<long> listed)
    {
        foreach ((long position, byte[] name) in _options.Table?.Below(directory.Handle) ?? [])
        {
            if (!listed.Add(position) || position == directory.Handle)
            {
                continue;
            }

            _findings.Add(Iso9660Rules.DirectoryFromTable, position, $"a directory of {directory.Path} is found by the path table alone");
            byte[] sector = new byte[SectorLength];
            bool isThere = _medium.TryRead(position, sector)
                && DirectoryRecord.TryRead(sector, _options.Form, position, new(), out DirectoryRecord self) && self.IsSelf;
            long length = isThere ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(sector.At(bp: 11)) : SectorLength; // data length (§9.1.4)
            yield return new()
            {
                Name = Name(name, position),
                Type = EntryType.Directory,
                Parent = directory,
                Depth = directory.Depth + 1,
                Size = length,
                Extents = [new(position, length)],
                Handle = position,
                IsDescriptionLost = true,
            };
        }
    }

    // The other sectors of a root whose first one is lost: every record of Rock Ridge has entries.
    private static int? RootSkip(Medium medium, IsoTreeOptions options, VolumeEntry root)
    {
        byte[] sector = new byte[SectorLength];
        long end = Math.Min(root.Extents[0].End, medium.End);
        int tried = 0;
        for (long position = root.Extents[0].Position + SectorLength; position < end && tried < MostDirectoriesTried; position += SectorLength, tried++)
        {
            if (SkipAt(medium, options, position, sector) is { } skip)
            {
                return skip;
            }
        }

        return null;
    }

    // Whether directories below a root that is lost have entries of Rock Ridge: what SP says to skip is lost, and was 0 or XA's 14 bytes.
    private static int? SkipBelow(Medium medium, IsoTreeOptions options)
    {
        byte[] sector = new byte[SectorLength];
        foreach (long position in (options.Table?.Positions() ?? []).Take(MostDirectoriesTried))
        {
            if (SkipAt(medium, options, position, sector) is { } skip)
            {
                return skip;
            }
        }

        return null;
    }

    private static int? SkipAt(Medium medium, IsoTreeOptions options, long position, byte[] sector)
    {
        const int xaLength = 14;
        if (!medium.TryRead(position, sector) || sector[0] == 0
            || !DirectoryRecord.TryRead(sector, options.Form, position, new(), out DirectoryRecord record))
        {
            return null;
        }

        RockRidgeReader reader = new(medium, options.BlockSize, new());
        foreach (int skip in (ReadOnlySpan<int>)[0, xaLength])
        {
            if (record.SystemUse.Length > skip && reader.Read(record.SystemUse[skip..], position + record.SystemUseOffset + skip).IsPresent)
            {
                return skip;
            }
        }

        return null;
    }
}
