// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;

namespace Spindle.Formats.Udf;

/// <summary>What a file has beside its content: named streams (ECMA-167 4/9.2), and extended attributes (4/14.10).</summary>
internal sealed partial class UdfTree
{
    /// <summary>The stream in which a Macintosh resource fork lies (UDF 2.60 §3.3.8.1).</summary>
    private const string ResourceForkName = "*UDF Macintosh Resource Fork";

    private const int MostStreams = 1000; // of one file
    private const int MostAttributeBytes = 1024 * 1024; // in a file of their own
    private const int BytesOfStream = 256; // in memory, roughly

    private VolumeEntry WithStreams(
        VolumeEntry file, List<NamedStream> streams, bool isLost, AllocationDescriptor attributeFile, AllocationDescriptor streamDirectory)
    {
        isLost |= attributeFile.Length > 0 && !TryReadAttributeFile(file, attributeFile, streams);
        isLost |= streamDirectory.Length > 0 && !TryReadStreams(file, streamDirectory, streams);
        if (isLost)
        {
            _findings.Add(UdfRules.StreamsReadable, file.Descriptor.Position, $"named streams or extended attributes of {file.Path} can't be read");
        }

        NamedStream? fork = streams.Find(stream => stream.Name == ResourceForkName);
        return file with
        {
            ResourceFork = fork?.Extents ?? [],
            Streams = fork is null ? streams : [.. streams.Where(stream => stream != fork)],
            AreStreamsLost = isLost,
        };
    }

    private bool TryReadStreams(VolumeEntry file, AllocationDescriptor icb, List<NamedStream> streams)
    {
        VolumeEntry asked = new() { Name = "", Type = EntryType.Directory, Parent = file, Depth = file.Depth + 1 };
        if (Described(asked, icb, isBeside: true) is not { Type: EntryType.Directory } directory)
        {
            return false;
        }

        Findings findings = new();
        bool isWhole = true;
        using DirectoryBytes bytes = new(_medium, _volume, directory, findings);
        while (bytes.TryNext(out long position))
        {
            if (!bytes.TryRead(position, out FileIdentifier identifier, out bool isIntact) || identifier.IsParent || identifier.IsDeleted)
            {
                continue;
            }

            VolumeEntry named = new() { Name = UdfText.Compressed(identifier.Name) ?? "", Type = EntryType.File, Parent = file, IsDescriptionLost = !isIntact };
            if (named.Name.Length == 0 || streams.Count >= MostStreams || !_medium.TrySpend(BytesOfStream)
                || Described(named, identifier.Icb, isBeside: true) is not { IsDescriptionLost: false, Type: EntryType.File } stream)
            {
                isWhole = false;
                continue;
            }

            streams.Add(new(stream.Name, stream.Extents));
        }

        return isWhole && findings.Items.All(finding => finding.Rule == UdfRules.MirrorAgrees);
    }

    private bool TryReadAttributeFile(VolumeEntry file, AllocationDescriptor icb, List<NamedStream> streams)
    {
        VolumeEntry asked = new() { Name = "", Type = EntryType.File, Parent = file, Depth = file.Depth + 1 };
        if (Described(asked, icb, isBeside: true) is not { Size: <= MostAttributeBytes } attributes)
        {
            return false;
        }

        byte[] space = new byte[(int)attributes.Size];
        using ContentStream content = new(_medium, attributes.Extents, space.Length);
        content.ReadExactly(space);
        return content.Unreadable.Count == 0 && TryAddAttributes(streams, space, attributes.Extents);
    }

    /// <summary>Adds what a row of extended attributes holds.</summary>
    /// <param name="streams">Takes them.</param>
    /// <param name="space">The row; of no bytes where there are none.</param>
    /// <param name="extents">Where it lies on the disc.</param>
    /// <returns>False where it can't be understood.</returns>
    private bool TryAddAttributes(List<NamedStream> streams, ReadOnlySpan<byte> space, IReadOnlyList<Extent> extents)
    {
        if (space.IndexOfAnyExcept((byte)0) < 0)
        {
            return true; // room for some
        }

        foreach ((string name, int offset, int length) in ExtendedAttributes.Find(space))
        {
            if (streams.Count >= MostStreams || !_medium.TrySpend(BytesOfStream))
            {
                return false;
            }

            streams.Add(new(name, Slice(extents, offset, length)));
        }

        return DescriptorTag.Is(space, TagId.ExtendedAttributeHeader);
    }

    private static List<Extent> Slice(IReadOnlyList<Extent> extents, long offset, long length)
    {
        List<Extent> parts = [];
        foreach (Extent extent in extents)
        {
            long from = Math.Clamp(offset, 0, extent.Length);
            long taken = Math.Min(extent.Length - from, length);
            if (taken > 0)
            {
                parts.Add(extent with { Position = extent.Kind == ExtentKind.Recorded ? extent.Position + from : 0, Length = taken });
            }

            offset -= extent.Length;
            length -= Math.Max(0, taken);
        }

        return parts;
    }
}
