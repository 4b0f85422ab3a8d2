// SPDX-License-Identifier: MIT
using Spindle.Formats.RockRidge;
using Spindle.Formats.Trees;

namespace Spindle.Formats.Iso9660;

/// <summary>How Rock Ridge changes what a record says.</summary>
internal sealed partial class IsoTree
{
    private const int ModeTypeMask = 0xF000;
    private const int ModeDirectory = 0x4000;
    private const int ModeFile = 0x8000;
    private const int ModeSymlink = 0xA000;

    // What SP says to skip (SUSP 5.3); without an SP, 0 if there are Rock Ridge entries all the same; null where there are none.
    private static int? RockRidgeSkip(Medium medium, IsoTreeOptions options, VolumeEntry root, Findings findings)
    {
        byte[] sector = new byte[SectorLength];
        long position = root.Extents[0].Position;
        if (!medium.TryRead(position, sector) || sector.AsSpan().IndexOfAnyExcept((byte)0) < 0)
        {
            return RootSkip(medium, options, root) ?? SkipBelow(medium, options);
        }

        if (sector[0] == 0 || !DirectoryRecord.TryRead(sector, options.Form, position, new(), out DirectoryRecord self))
        {
            return null;
        }

        RockRidgeReader reader = new(medium, options.BlockSize, new());
        ref readonly RockRidgeAttributes found = ref reader.Read(self.SystemUse, position + self.SystemUseOffset);
        if (found.SkippedBytes is { } skipped)
        {
            return skipped;
        }

        bool isPresent = found.IsPresent;

        // On CD-ROM XA discs, 14 bytes of XA come first, and SP after them.
        const int xaLength = 14;
        if (self.SystemUse.Length > xaLength
            && reader.Read(self.SystemUse[xaLength..], position + self.SystemUseOffset + xaLength).SkippedBytes is { } afterXa)
        {
            return afterXa;
        }

        if (!isPresent)
        {
            return null;
        }

        findings.Add(RockRidgeRules.ProtocolAnnounced, position, "Rock Ridge entries, and no SP");
        return 0;
    }

    private ref readonly RockRidgeAttributes Attributes(DirectoryRecord record, long position)
    {
        int skipped = Math.Min(_skippedBytes, record.SystemUse.Length);
        return ref _rockRidge!.Read(record.SystemUse[skipped..], position + record.SystemUseOffset + skipped); // only asked with Rock Ridge
    }

    private VolumeEntry? WithRockRidge(DirectoryRecord record, long position, VolumeEntry directory)
    {
        ref readonly RockRidgeAttributes found = ref Attributes(record, position);
        if (found.IsRelocated)
        {
            return null; // shown where it belongs, through the link to it
        }

        EntryType type = TypeOf(record.Flags.HasFlag(FileFlags.Directory), found);
        bool hasContent = type is EntryType.File or EntryType.Directory;
        VolumeEntry entry = new()
        {
            Name = found.Name ?? Name(record.Identifier, position + DirectoryRecord.FixedLength),
            Type = type,
            Parent = directory,
            Depth = directory.Depth + 1,
            Size = !hasContent ? 0 : type == EntryType.File ? found.ExpandedSize ?? record.DataLength : record.DataLength,
            Mode = Mode(found),
            Links = found.Links,
            Uid = found.Uid,
            Gid = found.Gid,
            Times = found.Times is { Modified: not null } told ? told : (found.Times ?? EntryTimes.Unknown) with { Modified = record.Recorded },
            Target = type == EntryType.Symlink ? found.Target ?? "" : null,
            Extents = hasContent ? Extents(record, position) : [],
            FinderInfo = found.FinderInfo,
            IsHidden = record.Flags.HasFlag(FileFlags.Hidden),
            IsDescriptionLost = found.IsIncomplete || (type == EntryType.Symlink && found.Target is null),
            IsCompressed = found.ExpandedSize is not null && type == EntryType.File,
            Handle = ExtentOf(record, _options.BlockSize).Position,
            Descriptor = new(position, record.Length),
        };
        return found.ChildBlock is { } block ? Relocated(entry, block) : entry;
    }

    private static EntryType TypeOf(bool isDirectory, in RockRidgeAttributes found) => (found.Mode & ModeTypeMask) switch
    {
        _ when isDirectory => EntryType.Directory,
        _ when found.Target is not null => EntryType.Symlink,
        ModeSymlink => EntryType.Symlink,
        null or 0 or ModeFile or ModeDirectory => EntryType.File,
        _ => EntryType.Other,
    };

    private static int? Mode(in RockRidgeAttributes found) => found.Mode is { } mode ? (int)(mode & 0xFFFF) : null;

    // A directory's own record has its attributes, too.
    private static VolumeEntry Apply(VolumeEntry directory, in RockRidgeAttributes found) => directory with
    {
        Mode = Mode(found),
        Links = found.Links,
        Uid = found.Uid,
        Gid = found.Gid,
        Times = (found.Times ?? EntryTimes.Unknown) with { Modified = found.Times?.Modified ?? directory.Modified },
    };

    private VolumeEntry WithOwnAttributes(VolumeEntry root)
    {
        byte[] sector = new byte[SectorLength];
        return _medium.TryRead(root.Handle, sector) && sector[0] != 0
            && DirectoryRecord.TryRead(sector, _options.Form, root.Handle, new(), out DirectoryRecord self)
            ? Apply(root, Attributes(self, root.Handle))
            : root;
    }

    // A directory moved up because it lay too deep (RRIP 4.1.5): its own first record says how long it is.
    private VolumeEntry? Relocated(VolumeEntry link, uint block)
    {
        long position = (long)block * _options.BlockSize;
        byte[] sector = new byte[SectorLength];
        if (!_medium.TryRead(position, sector) || sector[0] == 0
            || !DirectoryRecord.TryRead(sector, _options.Form, position, _findings, out DirectoryRecord self) || !self.IsSelf)
        {
            _findings.Add(RockRidgeRules.RelocationLeadsToDirectory, link.Descriptor.Position, $"{link.Path} leads to block {block}");
            return null;
        }

        VolumeEntry moved = link with
        {
            Type = EntryType.Directory,
            Size = self.DataLength,
            Extents = [new(position, self.DataLength)],
            Handle = position,
            Target = null,
        };
        return Apply(moved, Attributes(self, position));
    }
}
