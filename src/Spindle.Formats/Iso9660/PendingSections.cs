// SPDX-License-Identifier: MIT
using Spindle.Formats.Iso9660.Fields;
using Spindle.Formats.Trees;

namespace Spindle.Formats.Iso9660;

/// <summary>Gathers the sections of a file that has several records (ECMA-119 §6.5.1, §9.1.6).</summary>
internal sealed class PendingSections
{
    /// <summary>Sections of one file that are gathered at most: 4 TiB of them.</summary>
    private const int MaximumSections = 1024;

    private readonly List<Extent> _extents = [];
    // The first section of a file that goes on is as long as a number of 32 bits lets it be, to a block.
    private const long FullSection = 0xFFFF_F800;

    private VolumeEntry? _entry;
    private bool _isInterrupted;
    private byte[] _identifier = [];
    private byte[] _associatedWith = [];
    private Extent[] _associated = [];

    /// <summary>Takes an associated file, such as a resource fork: it comes before the file of the same name (§9.1.6, bit 2).</summary>
    public void Associate(DirectoryRecord record, Extent[] extents)
    {
        _associatedWith = record.Identifier.ToArray();
        _associated = extents;
    }

    /// <summary>Takes the entry of one record; complete ones go to <paramref name="found"/>.</summary>
    public void Add(VolumeEntry entry, DirectoryRecord record, List<VolumeEntry> found, Findings findings)
    {
        if (_associated.Length > 0)
        {
            entry = record.Identifier.SequenceEqual(_associatedWith) ? entry with { ResourceFork = _associated } : entry;
            _associated = [];
        }

        if (_isInterrupted && _entry is null && entry.Type == EntryType.File && entry.Extents is [{ Position: >= FullSection }, ..])
        {
            entry = entry with { IsDescriptionLost = true }; // it may be the end of a file whose first section was lost
        }

        _isInterrupted = false;
        bool continues = record.Flags.HasFlag(FileFlags.MultiExtent) && entry.Type == EntryType.File;
        if (_entry is not null && (!record.Identifier.SequenceEqual(_identifier) || _extents.Count >= MaximumSections))
        {
            findings.Add(Iso9660Rules.SectionsEnd, _entry.Descriptor.Position, $"{_entry.Path} goes on, but the next record is another file's");
            found.Add(Unfinished(_entry));
            _entry = null;
        }

        if (_entry is null && !continues)
        {
            found.Add(entry);
            return;
        }

        if (_entry is null)
        {
            _entry = entry;
            _identifier = record.Identifier.ToArray();
            _extents.Clear();
        }

        _extents.AddRange(entry.Extents);
        if (!continues)
        {
            found.Add(Whole(_entry));
            _entry = null;
        }
    }

    /// <summary>Notes that records were lost here: what is gathered may have gone on there, and what comes next may have begun there.</summary>
    public void Interrupt()
    {
        _associated = [];
        _isInterrupted = true;
        _entry = _entry is null ? null : _entry with { IsDescriptionLost = true };
    }

    /// <summary>The file whose last section never came, with what there is of it; null where there is none.</summary>
    public VolumeEntry? Finish() => _entry is null ? null : Unfinished(_entry);

    private VolumeEntry Unfinished(VolumeEntry entry) => Whole(entry) with { IsDescriptionLost = true };

    private VolumeEntry Whole(VolumeEntry entry)
    {
        List<Extent> merged = [];
        foreach (Extent extent in _extents)
        {
            if (merged.Count > 0 && merged[^1].End == extent.Position)
            {
                merged[^1] = new(merged[^1].Position, merged[^1].Length + extent.Length);
            }
            else
            {
                merged.Add(extent);
            }
        }

        return entry with { Extents = [.. merged], Size = entry.IsCompressed ? entry.Size : merged.Sum(extent => extent.Length) };
    }
}
