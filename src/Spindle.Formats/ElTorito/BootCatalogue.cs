// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.Iso9660;
using Spindle.Formats.Trees;

namespace Spindle.Formats.ElTorito;

/// <summary>The boot catalogue of a bootable disc (El Torito Bootable CD-ROM Format Specification 1.0, 1995).</summary>
/// <param name="Extent">Where it lies.</param>
/// <param name="Images">The boot images, in order.</param>
public sealed record BootCatalogue(Extent Extent, IReadOnlyList<BootImage> Images)
{
    private const int EntryLength = 32;
    private const int CatalogueLength = 2048;

    /// <summary>Reads the catalogue that a boot record leads to.</summary>
    /// <returns>Null where no descriptor is a boot record of El Torito, or the catalogue can't be read.</returns>
    internal static BootCatalogue? Read(Medium medium, IsoDescriptors descriptors, Findings findings)
    {
        VolumeDescriptor? record = descriptors.Descriptors.FirstOrDefault(d => d.Type == VolumeDescriptor.BootType
            && d.Bytes(8, 39).StartsWith("EL TORITO SPECIFICATION"u8));
        if (record is null)
        {
            return null;
        }

        long position = BinaryPrimitives.ReadUInt32LittleEndian(record.Bytes(72, 75)) * (long)CatalogueLength;
        byte[] bytes = new byte[CatalogueLength];
        if (!medium.TryRead(position, bytes))
        {
            findings.Add(ElToritoRules.CatalogueReadable, record.Position + 71, $"the catalogue at byte {position} can't be read");
            return null;
        }

        VerifyValidation(bytes, position, findings);
        return new(new(position, CatalogueLength), ReadImages(medium, bytes, position, findings));
    }

    private static void VerifyValidation(byte[] bytes, long position, Findings findings)
    {
        int sum = 0;
        for (int at = 0; at < EntryLength; at += 2)
        {
            sum += BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));
        }

        if (bytes.At(offset: 0)[0] != 1 || (sum & 0xFFFF) != 0 || !bytes.At(offset: 30, length: 2).SequenceEqual((ReadOnlySpan<byte>)[0x55, 0xAA]))
        {
            findings.Add(ElToritoRules.ValidationChecksum, position, $"header {bytes.At(offset: 0)[0]}, sum {sum & 0xFFFF}");
        }
    }

    // The first entry follows the validation entry; then headers (90, the last 91) with the count of theirs, extensions (44).
    private static List<BootImage> ReadImages(Medium medium, byte[] bytes, long position, Findings findings)
    {
        List<BootImage> images = [];
        int platform = bytes.At(offset: 1)[0];
        int left = 1;
        for (int at = EntryLength; at < bytes.Length; at += EntryLength)
        {
            ReadOnlySpan<byte> entry = bytes.AsSpan(at, EntryLength);
            if (entry.At(offset: 0)[0] is 0x90 or 0x91)
            {
                platform = entry.At(offset: 1)[0];
                left = BinaryPrimitives.ReadUInt16LittleEndian(entry.At(offset: 2));
            }
            else if (entry.At(offset: 0)[0] is 0x88 or 0x00 && left > 0)
            {
                long start = BinaryPrimitives.ReadUInt32LittleEndian(entry.At(offset: 8)) * (long)CatalogueLength;
                Extent extent = new(start, BinaryPrimitives.ReadUInt16LittleEndian(entry.At(offset: 6)) * 512L);
                left--;
                if (start == 0)
                {
                    continue;
                }

                images.Add(new(platform, entry[0] == 0x88, entry[1] & 0x0F, extent));
                if (!medium.Holds(extent.Position, extent.Length))
                {
                    findings.Add(ElToritoRules.ImageOnMedium, position + at, $"{extent.Length} bytes at {extent.Position}");
                }
            }
        }

        return images;
    }
}
