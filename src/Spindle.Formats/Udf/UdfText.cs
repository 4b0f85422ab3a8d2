// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Spindle.Formats.Trees;

namespace Spindle.Formats.Udf;

/// <summary>Text, and points in time, as UDF records them (UDF 2.60 §2.1.1, §2.1.3; ECMA-167, 3rd edition, 1/7.3).</summary>
public static class UdfText
{
    /// <summary>Compressed Unicode: a first byte says 8 or 16 bits a character. Null where it says neither.</summary>
    public static string? Compressed(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [] => "",
        [8 or 254, .. var narrow] => Encoding.Latin1.GetString(narrow),
        [16 or 255, .. var wide] => Encoding.BigEndianUnicode.GetString(wide[..(wide.Length & ~1)]),
        _ => null,
    };

    /// <summary>A field of fixed length, the last byte of which says how many are used (§2.1.3).</summary>
    public static string Field(ReadOnlySpan<byte> dstring) =>
        (Compressed(dstring[..Math.Min(dstring[^1], dstring.Length - 1)]) ?? "").TrimEnd('\0', ' ');

    /// <summary>The text of an entity identifier: 23 characters of ASCII (1/7.4.2).</summary>
    public static string Identifier(ReadOnlySpan<byte> regid) => Encoding.Latin1.GetString(regid.At(rbp: 1, length: 23)).TrimEnd('\0', ' ');

    /// <summary>A timestamp (1/7.3); null where it is none.</summary>
    public static DateTimeOffset? Time(ReadOnlySpan<byte> field)
    {
        int typeAndZone = BinaryPrimitives.ReadUInt16LittleEndian(field.At(rbp: 0));
        int zone = typeAndZone & 0x0FFF;
        int minutes = typeAndZone >> 12 != 1 || zone == 0x801 ? 0 : zone >= 0x800 ? zone - 0x1000 : zone;
        DateTimeOffset? time = DiscTime.At(
            BinaryPrimitives.ReadInt16LittleEndian(field.At(rbp: 2)), field.At(rbp: 4)[0], field.At(rbp: 5)[0], (field.At(rbp: 6)[0] * 3600) + (field.At(rbp: 7)[0] * 60) + field.At(rbp: 8)[0], minutes);
        long microseconds = (field.At(rbp: 9)[0] * 10_000L) + (field.At(rbp: 10)[0] * 100L) + field.At(rbp: 11)[0];
        return time is { Year: < 9999 } whole ? whole.AddMicroseconds(microseconds) : time;
    }

    /// <summary>A timestamp of twelve bytes, to the microsecond (ECMA-167 1/7.3).</summary>
    public static void WriteTime(Span<byte> field, long nanoseconds)
    {
        const ushort localTimeInUtc = 1 << 12;
        DateTime time = DiscTime.Utc(nanoseconds);
        int microseconds = (int)(time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond);
        BinaryPrimitives.WriteUInt16LittleEndian(field.At(rbp: 0), localTimeInUtc);
        BinaryPrimitives.WriteInt16LittleEndian(field.At(rbp: 2), (short)time.Year);
        field.At(rbp: 4)[0] = (byte)time.Month;
        field.At(rbp: 5)[0] = (byte)time.Day;
        field.At(rbp: 6)[0] = (byte)time.Hour;
        field.At(rbp: 7)[0] = (byte)time.Minute;
        field.At(rbp: 8)[0] = (byte)time.Second;
        field.At(rbp: 9)[0] = (byte)(microseconds / 10_000);
        field.At(rbp: 10)[0] = (byte)(microseconds / 100 % 100);
        field.At(rbp: 11)[0] = (byte)(microseconds % 100);
    }
}
