// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;

namespace Spindle.Formats.Iso9660;

/// <summary>What an ISO 9660 tree hangs on.</summary>
internal static class IsoStructures
{
    /// <summary>All descriptors of the set, and the path tables of one of them.</summary>
    public static IReadOnlyList<DiscStructure> Of(IsoDescriptors set, VolumeDescriptor descriptor)
    {
        List<DiscStructure> all = [.. set.Descriptors.Select(d => new DiscStructure(NameOf(d), new(d.Position, VolumeDescriptor.Length)))];
        if (descriptor.PathTableL != 0)
        {
            all.Add(new("path table (little-endian)", new((long)descriptor.PathTableL * descriptor.LogicalBlockSize, descriptor.PathTableSize)));
        }

        if (descriptor.PathTableM != 0)
        {
            all.Add(new("path table (big-endian)", new((long)descriptor.PathTableM * descriptor.LogicalBlockSize, descriptor.PathTableSize)));
        }

        return all;
    }

    private static string NameOf(VolumeDescriptor descriptor) => descriptor.Type switch
    {
        VolumeDescriptor.BootType => "boot record",
        VolumeDescriptor.PrimaryType => "primary volume descriptor",
        VolumeDescriptor.SupplementaryType when descriptor.IsJoliet => "Joliet volume descriptor",
        VolumeDescriptor.SupplementaryType => "supplementary volume descriptor",
        VolumeDescriptor.TerminatorType => "volume descriptor set terminator",
        _ => "volume descriptor",
    };
}
