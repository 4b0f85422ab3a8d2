// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;

namespace Spindle.Drives.Mmc;

/// <summary>What a drive says of a failure (SPC-4, sense data, fixed and descriptor format).</summary>
/// <param name="Key">What kind of failure.</param>
/// <param name="Code">Additional sense code: what exactly.</param>
/// <param name="Qualifier">Additional sense code qualifier: more exactly still.</param>
public readonly record struct Sense(SenseKey Key, byte Code, byte Qualifier)
{
    private const int FixedCurrent = 0x70;
    private const int FixedDeferred = 0x71;
    private const int DescriptorCurrent = 0x72;
    private const int DescriptorDeferred = 0x73;
    private const int InformationDescriptor = 0x00;
    private const int InformationDescriptorLength = 12;

    /// <summary>No failure, or nothing said of it.</summary>
    public static readonly Sense None;

    /// <summary>The sector it is about; null where the drive does not say.</summary>
    public long? Information { get; init; }

    /// <summary>How far something is that the drive is busy with, 0 to 1; null where it does not say (SPC-4, progress indication).</summary>
    public double? Progress { get; init; }

    /// <summary>Whether it is about an earlier command.</summary>
    public bool IsDeferred { get; init; }

    /// <summary>Whether there is no disc, or none that the drive can make anything of (3A/xx, and 30/xx for a disc of the wrong kind).</summary>
    public bool IsNoMedium => Key == SenseKey.NotReady && Code is 0x3A or 0x30;

    /// <summary>Whether the drive is still looking at the disc, and will be ready by itself (04/01, 04/04, 04/07, 04/08).</summary>
    public bool IsBecomingReady => Key == SenseKey.NotReady && Code == 0x04 && Qualifier is 0x00 or 0x01 or 0x04 or 0x07 or 0x08;

    /// <summary>Whether sectors are scrambled, and the drive gives them only to who has authenticated itself (6F/xx).</summary>
    public bool IsProtected => Key == SenseKey.IllegalRequest && Code == 0x6F;

    /// <summary>Whether the sectors are of another kind than was asked for: sound, where data was wanted (64/00).</summary>
    public bool IsWrongTrackMode => Key == SenseKey.IllegalRequest && Code == 0x64;

    /// <summary>Reads sense data.</summary>
    /// <param name="bytes">What the drive returned; may be anything.</param>
    /// <returns><see cref="None"/> where it is no sense data.</returns>
    public static Sense Parse(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? None : (bytes[0] & 0x7F) switch
    {
        FixedCurrent or FixedDeferred => ParseFixed(bytes),
        DescriptorCurrent or DescriptorDeferred => ParseDescriptors(bytes),
        _ => None,
    };

    /// <summary>The failure in words, with its three numbers as drives' manuals print them.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{SenseText.Of(this)} ({(int)Key:X1}/{Code:X2}/{Qualifier:X2})");

    private static Sense ParseFixed(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 3)
        {
            return None;
        }

        bool hasInformation = (bytes[0] & 0x80) != 0 && bytes.Length >= 7;
        return new((SenseKey)(bytes[2] & 0x0F), bytes.Length > 12 ? bytes[12] : (byte)0, bytes.Length > 13 ? bytes[13] : (byte)0)
        {
            Information = hasInformation ? BinaryPrimitives.ReadUInt32BigEndian(bytes[3..]) : null,
            Progress = bytes.Length > 17 && (bytes[15] & 0x80) != 0 ? BinaryPrimitives.ReadUInt16BigEndian(bytes[16..]) / 65536.0 : null,
            IsDeferred = (bytes[0] & 0x7F) == FixedDeferred,
        };
    }

    private static Sense ParseDescriptors(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4)
        {
            return None;
        }

        long? information = null;
        ReadOnlySpan<byte> rest = bytes.Length > 8 ? bytes[8..Math.Min(bytes.Length, 8 + bytes[7])] : [];
        while (rest.Length >= 2)
        {
            if (rest[0] == InformationDescriptor && rest.Length >= InformationDescriptorLength && (rest[2] & 0x80) != 0)
            {
                ulong value = BinaryPrimitives.ReadUInt64BigEndian(rest[4..]);
                information = value <= long.MaxValue ? (long)value : null;
            }

            rest = rest[Math.Min(rest.Length, 2 + rest[1])..];
        }

        return new((SenseKey)(bytes[1] & 0x0F), bytes[2], bytes[3])
        {
            Information = information,
            IsDeferred = (bytes[0] & 0x7F) == DescriptorDeferred,
        };
    }
}
