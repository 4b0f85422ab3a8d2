// SPDX-License-Identifier: MIT
using Spindle.Formats.Iso9660.Fields;
using Spindle.Formats.Joliet;
using Spindle.Formats.Names;
using Spindle.Formats.RockRidge;
using Spindle.Formats.Trees;

namespace Spindle.Formats.Iso9660;

/// <summary>One directory tree of an ISO 9660 volume: its own, Joliet's, the enhanced one, or with Rock Ridge's attributes.</summary>
internal sealed partial class IsoTree : FileTree
{
    /// <summary>Bytes of a logical sector: a record never crosses one (ECMA-119 §6.8.1.1).</summary>
    public const int SectorLength = 2048;

    private readonly Medium _medium;
    private readonly Findings _findings;
    private readonly IsoTreeOptions _options;
    private readonly RockRidgeReader? _rockRidge;
    private readonly int _skippedBytes;

    private IsoTree(Medium medium, IsoTreeOptions options, VolumeEntry root, Findings findings, int? rockRidgeSkip)
    {
        _medium = medium;
        _options = options;
        _findings = findings;
        _rockRidge = rockRidgeSkip is null ? null : new(medium, options.BlockSize, findings);
        _skippedBytes = rockRidgeSkip ?? 0;
        Root = _rockRidge is null ? root : WithOwnAttributes(root);
    }

    /// <inheritdoc/>
    public override VolumeView View => _options.View;

    /// <inheritdoc/>
    public override string VolumeIdentifier => _options.VolumeIdentifier;

    /// <inheritdoc/>
    public override VolumeEntry Root { get; }

    /// <inheritdoc/>
    public override IEnumerable<DiscStructure> Structures => _options.Structures;

    /// <summary>Opens the tree of a root record.</summary>
    /// <returns>Null where the record is none.</returns>
    public static IsoTree? Open(Medium medium, IsoTreeOptions options, Findings findings)
    {
        // There is room for 34 bytes, whatever the first of them says: no more belongs to the record.
        byte[] rootRecord = [.. options.RootRecord];
        if (rootRecord[0] != DirectoryRecord.FixedLength + 1 || rootRecord[DirectoryRecord.FixedLength - 1] != 1)
        {
            findings.Add(Iso9660Rules.RootRecordLength, options.RootRecordPosition, $"{rootRecord[0]} bytes, with an identifier of {rootRecord[DirectoryRecord.FixedLength - 1]}");
            (rootRecord[0], rootRecord[DirectoryRecord.FixedLength - 1]) = (DirectoryRecord.FixedLength + 1, 1);
        }

        if (!DirectoryRecord.TryRead(rootRecord, options.Form, options.RootRecordPosition, findings, out DirectoryRecord record))
        {
            return null;
        }

        if (record.FirstBlock == 0 || record.DataLength == 0)
        {
            findings.Add(Iso9660Rules.DirectoryReadable, options.RootRecordPosition, $"the root directory has {record.DataLength} bytes in block {record.FirstBlock}");
            return null;
        }

        VolumeEntry root = new()
        {
            Name = "",
            Type = EntryType.Directory,
            Size = record.DataLength,
            Times = new() { Modified = record.Recorded },
            Extents = [ExtentOf(record, options.BlockSize)],
        };
        root = root with { Handle = root.Extents[0].Position };
        if (options.View != VolumeView.RockRidge)
        {
            return new(medium, options, root, findings, null);
        }

        return RockRidgeSkip(medium, options, root, findings) is { } skip ? new(medium, options, root, findings, skip) : null;
    }

    /// <inheritdoc/>
    public override IEnumerable<VolumeEntry> List(VolumeEntry directory)
    {
        PendingSections pending = new();
        List<VolumeEntry> found = [];
        byte[] sector = new byte[SectorLength];
        bool isFirst = true;
        bool isLost = false;
        HashSet<long> listed = [];
        foreach (Extent extent in directory.Extents)
        {
            long end = Math.Min(extent.End, _medium.End);
            for (long position = extent.Position; position < end; position += SectorLength)
            {
                Span<byte> bytes = sector.AsSpan(0, (int)Math.Min(SectorLength, end - position));
                if (!_medium.TryRead(position, bytes))
                {
                    _findings.Add(Iso9660Rules.DirectoryReadable, position, $"a sector of the directory {directory.Path} can't be read");
                    pending.Interrupt();
                    (isFirst, isLost) = (false, true);
                    continue;
                }

                // A directory is as long as its records and what fills their sectors up (§6.8.1.3): there is no sector without one.
                if (bytes.IndexOfAnyExcept((byte)0) < 0)
                {
                    _findings.Add(Iso9660Rules.DirectoryReadable, position, $"a sector of the directory {directory.Path} is nothing but zeros");
                    pending.Interrupt();
                    (isFirst, isLost) = (false, true);
                    continue;
                }

                found.Clear();
                ReadSector(bytes, position, directory, pending, found);
                if (isFirst)
                {
                    VerifyFirst(bytes, position, directory);
                    isFirst = false;
                }

                foreach (VolumeEntry entry in found)
                {
                    if (entry.Type == EntryType.Directory)
                    {
                        listed.Add(entry.Handle);
                    }

                    yield return entry;
                }
            }

            if (extent.End > _medium.End)
            {
                _findings.Add(Iso9660Rules.DirectoryReadable, extent.Position, $"the directory {directory.Path} runs past the end of the medium");
                isLost = true;
            }
        }

        if (pending.Finish() is { } unfinished)
        {
            _findings.Add(Iso9660Rules.SectionsEnd, unfinished.Descriptor.Position, $"{unfinished.Path} ends in the middle");
            yield return unfinished;
        }

        foreach (VolumeEntry entry in isLost ? FromTable(directory, listed) : [])
        {
            yield return entry;
        }
    }

    private static Extent ExtentOf(DirectoryRecord record, int blockSize) =>
        new((record.FirstBlock + (long)record.ExtendedAttributeBlocks) * blockSize, record.DataLength);

    private void ReadSector(ReadOnlySpan<byte> sector, long position, VolumeEntry directory, PendingSections pending, List<VolumeEntry> found)
    {
        int offset = 0;
        while (offset < sector.Length && sector[offset] != 0)
        {
            if (!DirectoryRecord.TryRead(sector[offset..], _options.Form, position + offset, _findings, out DirectoryRecord record))
            {
                pending.Interrupt(); // what lies behind it in this sector is lost
                return;
            }

            if (record.Flags.HasFlag(FileFlags.Associated) && !record.Flags.HasFlag(FileFlags.Directory))
            {
                pending.Associate(record, Extents(record, position + offset));
            }
            else if (!record.IsSelf && !record.IsParent && Entry(record, position + offset, directory) is { } entry)
            {
                pending.Add(entry, record, found, _findings);
            }

            offset += record.Length;
        }
    }

    private VolumeEntry? Entry(DirectoryRecord record, long position, VolumeEntry directory)
    {
        if (_rockRidge is not null)
        {
            return WithRockRidge(record, position, directory);
        }

        return new()
        {
            Name = Name(record.Identifier, position + DirectoryRecord.FixedLength),
            Type = record.Flags.HasFlag(FileFlags.Directory) ? EntryType.Directory : EntryType.File,
            Parent = directory,
            Depth = directory.Depth + 1,
            Size = record.DataLength,
            Times = new() { Modified = record.Recorded },
            FinderInfo = AppleExtension.Find(record.SystemUse),
            IsHidden = record.Flags.HasFlag(FileFlags.Hidden),
            Extents = Extents(record, position),
            Handle = ExtentOf(record, _options.BlockSize).Position,
            Descriptor = new(position, record.Length),
        };
    }

    private string Name(ReadOnlySpan<byte> identifier, long position) => _options.View switch
    {
        VolumeView.Joliet => JolietText.WithoutVersion(JolietText.Name(identifier, position, _findings)),
        _ => IsoText.WithoutVersion(_medium.Names.Of(identifier)),
    };

    private Extent[] Extents(DirectoryRecord record, long position)
    {
        Extent whole = ExtentOf(record, _options.BlockSize);
        if (whole.Length == 0)
        {
            return [];
        }

        long unit = (long)record.FileUnitBlocks * _options.BlockSize;
        long gap = (long)record.GapBlocks * _options.BlockSize;
        if (unit == 0 || gap == 0 || whole.Length <= unit)
        {
            return [whole];
        }

        // Interleaved (ECMA-119 §6.4.3): a unit of the file, a gap of others', and so on.
        const int maximumUnits = 65_536;
        if (whole.Length / unit >= maximumUnits || whole.Position + (whole.Length / unit * (unit + gap)) > _medium.End)
        {
            _findings.Add(Iso9660Rules.InterleaveBounded, position + 26, $"{whole.Length} bytes in units of {unit} with gaps of {gap}");
            return [whole];
        }

        List<Extent> units = [];
        for (long done = 0, at = whole.Position; done < whole.Length; done += unit, at += unit + gap)
        {
            units.Add(new(at, Math.Min(unit, whole.Length - done)));
        }

        return [.. units];
    }

    // The record of the directory itself comes first, and names the extent that it lies in (ECMA-119 §6.8.2.2).
    private void VerifyFirst(ReadOnlySpan<byte> sector, long position, VolumeEntry directory)
    {
        bool agrees = sector[0] != 0 && DirectoryRecord.TryRead(sector, _options.Form, position, new(), out DirectoryRecord record)
            && record.IsSelf && ExtentOf(record, _options.BlockSize).Position == directory.Handle;
        if (!agrees)
        {
            _findings.Add(Iso9660Rules.DirectoryNamesItself, position, $"the directory {directory.Path} does not begin with itself");
        }
    }
}
