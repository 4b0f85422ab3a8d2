// SPDX-License-Identifier: MIT
using Spindle.Formats.HighSierra;
using Spindle.Formats.Iso9660.Fields;
using Spindle.Formats.Names;

namespace Spindle.Formats.Iso9660;

/// <summary>The volume descriptors of one session, from its sector 16 on (ECMA-119, 4th edition, §6.7.1).</summary>
/// <param name="Descriptors">Those of ISO 9660, in order, the terminator included.</param>
/// <param name="HighSierra">Those of the High Sierra draft.</param>
/// <param name="RecognitionIdentifiers">
/// What else stands in the recognition area: <c>BEA01</c>, <c>NSR02</c>, <c>NSR03</c>, <c>BOOT2</c>, <c>TEA01</c> (ECMA-167 2/9).
/// </param>
public sealed record IsoDescriptors(
    IReadOnlyList<VolumeDescriptor> Descriptors,
    IReadOnlyList<HighSierraDescriptor> HighSierra,
    IReadOnlyList<string> RecognitionIdentifiers)
{
    /// <summary>Descriptors that are read at most: the standard sets no limit, and no disc has twenty.</summary>
    public const int MaximumCount = 64;

    /// <summary>Sectors in a row that are looked behind for more descriptors, where they can't be read or are zeros.</summary>
    private const int MostLost = 4;

    /// <summary>Sectors before the first descriptor (§6.2.1).</summary>
    public const int SystemAreaSectors = 16;

    private static readonly string[] Known = ["BEA01", "NSR02", "NSR03", "BOOT2", "CDW02", "TEA01"];

    /// <summary>The first primary descriptor, if any.</summary>
    public VolumeDescriptor? Primary => Descriptors.FirstOrDefault(d => d.Type == VolumeDescriptor.PrimaryType);

    /// <summary>The best Joliet descriptor, if any: of the highest level.</summary>
    public VolumeDescriptor? Joliet => Descriptors.Where(d => d.IsJoliet).MaxBy(d => d.EscapeSequences[2]);

    /// <summary>The enhanced descriptor, if any.</summary>
    public VolumeDescriptor? Enhanced => Descriptors.FirstOrDefault(d => d.IsEnhanced);

    /// <summary>Reads all descriptors of the session that begins at an address on the disc, in bytes.</summary>
    internal static IsoDescriptors Read(Medium medium, long sessionStart, Findings findings)
    {
        List<VolumeDescriptor> iso = [];
        List<HighSierraDescriptor> highSierra = [];
        List<string> recognition = [];
        bool terminated = false;
        int gaps = 0; // in a row
        List<long> lost = [];
        for (int index = 0; index < MaximumCount; index++)
        {
            long position = sessionStart + ((SystemAreaSectors + index) * (long)VolumeDescriptor.Length);
            byte[] sector = new byte[VolumeDescriptor.Length];
            if (!medium.TryRead(position, sector) || sector.AsSpan().IndexOfAnyExcept((byte)0) < 0)
            {
                // One of them is lost, perhaps: those behind it are as good as before.
                if (++gaps > MostLost || !medium.Holds(position, VolumeDescriptor.Length))
                {
                    break;
                }

                lost.Add(position);
                continue;
            }

            gaps = 0;

            if (sector.At(bp: 2, length: 5).SequenceEqual("CD001"u8))
            {
                if (!terminated)
                {
                    VolumeDescriptor descriptor = new(sector, position);
                    iso.Add(descriptor);
                    terminated = descriptor.Type == VolumeDescriptor.TerminatorType;
                }
            }
            else if (HighSierraDescriptor.IsMarked(sector))
            {
                highSierra.Add(new(sector, position));
            }
            else if (Array.Find(Known, known => IsoText.Bytes(sector.At(bp: 2, length: 5)) == known) is { } identifier)
            {
                recognition.Add(identifier);
            }
            else
            {
                break;
            }
        }

        IsoDescriptors all = new(iso, highSierra, recognition);
        all.Verify(sessionStart, terminated, findings);
        foreach (long position in lost.Where(position => iso.Count > 0 && position < iso[^1].Position))
        {
            findings.Add(Iso9660Rules.DescriptorReadable, position, $"the volume descriptor in sector {position / VolumeDescriptor.Length} is lost");
        }

        return all;
    }

    private void Verify(long sessionStart, bool terminated, Findings findings)
    {
        foreach (VolumeDescriptor descriptor in Descriptors)
        {
            if (descriptor.Type is VolumeDescriptor.PrimaryType or VolumeDescriptor.SupplementaryType)
            {
                descriptor.Verify(findings);
            }
        }

        foreach (HighSierraDescriptor descriptor in HighSierra.Where(d => d.Type == VolumeDescriptor.PrimaryType))
        {
            descriptor.Verify(findings);
        }

        long first = sessionStart + (SystemAreaSectors * (long)VolumeDescriptor.Length);
        if (Descriptors.Count > 0 && !terminated)
        {
            findings.Add(Iso9660Rules.DescriptorsTerminated, first, $"{Descriptors.Count} descriptors, and no terminator");
        }

        if (Descriptors.Count > 0 && Primary is null)
        {
            findings.Add(Iso9660Rules.PrimaryPresent, first, "descriptors, and no primary one");
        }
    }
}
