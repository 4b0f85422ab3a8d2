// SPDX-License-Identifier: MIT
using System.Buffers;
using Spindle.Formats.Iso9660;
using Spindle.Formats.Iso9660.Fields;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;

namespace Spindle.Formats.Analysis;

/// <summary>Walks one tree, and checks what only the whole of it can show.</summary>
internal sealed class TreeVerifier(DiscContents contents, FileTree tree, Findings findings)
{
    /// <summary>Extents that are held against each other at most: 8 MiB of them, and half as much while they become more.</summary>
    private const int MaximumExtents = 1 << 19;

    private const int IsoDepth = 8;
    private static readonly SearchValues<char> IsoCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.;");
    private readonly List<(long Start, long End)> _extents = [];
    private readonly List<VolumeEntry?> _last = [];

    /// <summary>Address of the first byte behind the last extent of any file or directory; 0 before <see cref="Verify"/>.</summary>
    public long End { get; private set; }

    /// <summary>Whether there was an entry of which it is not known what it is or where it lies.</summary>
    public bool FilesUnknown { get; private set; }

    /// <summary>Is told of each entry.</summary>
    public Action<VolumeView, VolumeEntry>? Seen { get; init; }

    public void Verify()
    {
        bool isPlainIso = tree.View is VolumeView.Iso9660 or VolumeView.Joliet;
        TreeWalk walk = new(contents.Medium, tree, findings);
        foreach (VolumeEntry entry in walk.From(tree.Root))
        {
            Seen?.Invoke(tree.View, entry);
            VerifyName(entry);
            if (tree.View == VolumeView.Iso9660)
            {
                VerifyIsoName(entry);
            }

            if (tree.View == VolumeView.Iso9660 && entry.Type == EntryType.Directory && entry.Depth >= IsoDepth)
            {
                findings.Add(Iso9660Rules.DepthAllowed, entry.Descriptor.Position, $"{entry.Path} lies {entry.Depth + 1} deep");
            }

            VerifyExtents(entry);
            FilesUnknown |= entry.IsDescriptionLost || entry.AreStreamsLost;
        }

        VerifyOverlaps();
        (tree as Hfs.CatalogueTree)?.Verify();
        VolumeDescriptor? descriptor = tree.View == VolumeView.Joliet ? contents.Iso.Joliet : contents.Iso.Primary;
        if (isPlainIso && descriptor is not null)
        {
            PathTableVerifier.Verify(contents.Medium, descriptor, walk.Visited, findings);
        }
    }

    private void VerifyName(VolumeEntry entry)
    {
        if (entry.Name is "" or "." or ".." || entry.Name.AsSpan().ContainsAny('/', '\0'))
        {
            findings.Add(VolumeRules.NameUsable, entry.Descriptor.Position, $"the name '{entry.Name}'");
        }
    }

    // The names of one directory come in a row, but for what its subdirectories hold: so the last one of each depth is kept.
    private void VerifyIsoName(VolumeEntry entry)
    {
        if (entry.Name.AsSpan().ContainsAnyExcept(IsoCharacters))
        {
            findings.Add(Iso9660Rules.CharactersAllowed, entry.Descriptor.Position, $"the name '{entry.Name}'");
        }

        while (_last.Count <= entry.Depth)
        {
            _last.Add(null);
        }

        if (_last[entry.Depth] is { } last && ReferenceEquals(last.Parent, entry.Parent) && CompareNames(last.Name, entry.Name) > 0)
        {
            findings.Add(Iso9660Rules.RecordsOrdered, entry.Descriptor.Position, $"'{entry.Name}' comes after '{last.Name}'");
        }

        _last[entry.Depth] = entry;
    }

    // §9.3: by the name and then by the extension, the shorter one filled up with spaces.
    private static int CompareNames(string first, string second)
    {
        (string name, string extension) = Split(first);
        (string otherName, string otherExtension) = Split(second);
        int byName = ComparePadded(name, otherName);
        return byName != 0 ? byName : ComparePadded(extension, otherExtension);
    }

    private static (string Name, string Extension) Split(string identifier)
    {
        string unversioned = identifier.Split(';', 2)[0];
        int dot = unversioned.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? (unversioned, "") : (unversioned[..dot], unversioned[(dot + 1)..]);
    }

    private static int ComparePadded(string first, string second)
    {
        for (int index = 0; index < Math.Max(first.Length, second.Length); index++)
        {
            char one = index < first.Length ? first[index] : ' ';
            char other = index < second.Length ? second[index] : ' ';
            if (one != other)
            {
                return one.CompareTo(other);
            }
        }

        return 0;
    }

    private void VerifyExtents(VolumeEntry entry)
    {
        foreach (Extent extent in entry.AllExtents)
        {
            FilesUnknown |= extent.Kind == ExtentKind.Unknown;
            if (extent.Kind != ExtentKind.Recorded || extent.Length == 0)
            {
                continue;
            }

            End = Math.Max(End, extent.End);

            // What lies in an earlier session is not on an image of a later one, and nothing is wrong with that.
            bool isEarlier = contents.Medium.Start > 0 && extent.End <= contents.Medium.Start;
            if (!contents.Medium.Holds(extent.Position, extent.Length) && !isEarlier)
            {
                findings.Add(VolumeRules.ExtentOnMedium, entry.Descriptor.Position, $"{entry.Path} has {extent.Length} bytes at {extent.Position}");
            }

            if (entry.Type == EntryType.File && _extents.Count < MaximumExtents)
            {
                _extents.Add((extent.Position, extent.End));
            }
        }
    }

    private void VerifyOverlaps()
    {
        _extents.Sort();
        (long Start, long End) before = default; // of those in front, the one that reaches farthest
        foreach ((long Start, long End) next in _extents)
        {
            if (next.Start < before.End && next.Start != before.Start)
            {
                findings.Add(VolumeRules.ExtentsApart, next.Start, $"bytes {before.Start} to {before.End - 1} and {next.Start} to {next.End - 1} belong to two files");
            }

            before = next.End > before.End ? next : before;
        }

        _extents.Clear();
    }
}
