// SPDX-License-Identifier: MIT
using Spindle.Formats.Iso9660;
using Spindle.Formats.Volumes;

namespace Spindle.Formats.Analysis;

/// <summary>Walks one tree, and checks what only the whole of it can show.</summary>
internal sealed class TreeVerifier(DiscContents contents, FileTree tree, Findings findings)
{
    /// <summary>Extents that are held against each other at most: 32 MiB of them.</summary>
    private const int MaximumExtents = 1_000_000;

    private const int IsoDepth = 8;
    private readonly List<(long Start, long End)> _extents = [];
    private readonly HashSet<long> _directories = [];

    public void Verify()
    {
        bool isPlainIso = tree.View is VolumeView.Iso9660 or VolumeView.Joliet;
        _directories.Add(tree.Root.Handle);
        foreach (VolumeEntry entry in new TreeWalk(contents.Medium, tree, findings).From(tree.Root))
        {
            VerifyName(entry);
            if (isPlainIso && entry.Type == EntryType.Directory)
            {
                VerifyDirectory(entry);
            }

            VerifyExtents(entry, entry.Extents);
            VerifyExtents(entry, entry.ResourceFork);
        }

        VerifyOverlaps();
        VolumeDescriptor? descriptor = tree.View == VolumeView.Joliet ? contents.Iso.Joliet : contents.Iso.Primary;
        if (isPlainIso && descriptor is not null)
        {
            PathTableVerifier.Verify(contents.Medium, descriptor, _directories, findings);
        }
    }

    private void VerifyName(VolumeEntry entry)
    {
        if (entry.Name is "" or "." or ".." || entry.Name.AsSpan().ContainsAny('/', '\0'))
        {
            findings.Add(VolumeRules.NameUsable, entry.Descriptor.Position, $"the name '{entry.Name}'");
        }
    }

    private void VerifyDirectory(VolumeEntry directory)
    {
        if (_directories.Count < MaximumExtents)
        {
            _directories.Add(directory.Handle);
        }

        if (directory.Depth >= IsoDepth && tree.View == VolumeView.Iso9660)
        {
            findings.Add(Iso9660Rules.DepthAllowed, directory.Descriptor.Position, $"{directory.Path} lies {directory.Depth + 1} deep");
        }
    }

    private void VerifyExtents(VolumeEntry entry, IReadOnlyList<Extent> extents)
    {
        foreach (Extent extent in extents)
        {
            if (extent.Kind != ExtentKind.Recorded || extent.Length == 0)
            {
                continue;
            }

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
        for (int index = 1; index < _extents.Count; index++)
        {
            ((long Start, long End) before, (long Start, long End) next) = (_extents[index - 1], _extents[index]);
            if (next.Start < before.End && next.Start != before.Start)
            {
                findings.Add(VolumeRules.ExtentsApart, next.Start, $"bytes {before.Start} to {before.End - 1} and {next.Start} to {next.End - 1} belong to two files");
            }
        }

        _extents.Clear();
    }
}
