// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Buffers.Text;
using Spindle.Files;

namespace Spindle.Archiving.Sources;

/// <summary>Where the contents of a disc lie, by their hash, as its <c>ARCHIVE/files.tsv</c> says.</summary>
/// <remarks>
/// It saves a walk through all directories, and does without those that can't be read. It is not believed: what is read at a
/// place must have the hash that it was sought for. Some 100 bytes for each content.
/// </remarks>
internal sealed class DiscIndex
{
    private readonly Dictionary<(UInt128 Sha256, long Offset), DiscPlace> _places = [];

    /// <summary>Lines that could not be understood.</summary>
    public int DamagedLines { get; private set; }

    public static DiscIndex Read(ArchiveDisc disc)
    {
        DiscIndex index = new();
        foreach (DiscLine line in Lines(disc, index))
        {
            // Only of what is on this disc is the sector told.
            if (line is { Kind: EntryKind.File, Sha256: { } sha256 } && (line.Sector is not null || line.Size == 0))
            {
                index._places.TryAdd((KeyOf(sha256), line.Offset), DiscPlace.Of(line));
            }
        }

        return index;
    }

    /// <summary>The lines of a disc's list that can be understood.</summary>
    public static IEnumerable<DiscLine> Lines(ArchiveDisc disc, DiscIndex? counter = null)
    {
        using Stream document = disc.OpenList("ARCHIVE/files.tsv");
        DocumentLines lines = new(document);
        lines.TryRead(out _); // the names of the columns
        while (lines.TryRead(out ReadOnlyMemory<byte> text))
        {
            if (DiscLine.TryParse(text.Span) is { } line)
            {
                yield return line;
            }
            else if (counter is not null)
            {
                counter.DamagedLines++;
            }
        }
    }

    /// <summary>Where a content lies, or the part of it that starts at an offset; null where the list says nothing.</summary>
    public DiscPlace? Find(ReadOnlySpan<byte> sha256, long offset) =>
        sha256.Length == 32 && _places.TryGetValue((KeyOf(sha256), offset), out DiscPlace place) ? place : null;

    private static UInt128 KeyOf(ReadOnlySpan<byte> sha256) => BinaryPrimitives.ReadUInt128BigEndian(sha256);
}

/// <summary>Where a disc's list says that a content lies.</summary>
/// <param name="Sector">Its first sector, of 2048 bytes.</param>
/// <param name="Path">Below DATA, with the suffix of a part.</param>
internal readonly record struct DiscPlace(long Sector, byte[] Path)
{
    /// <summary>Where a line says that its file, or the part of it that is on the disc, lies. Nothing needs to be read of an empty one.</summary>
    public static DiscPlace Of(DiscLine line) => new(line.Sector ?? 0, line.Part is null ? line.Path : [.. line.Path, (byte)'.', .. line.Part]);
}

/// <summary>A line of <c>ARCHIVE/files.tsv</c>, as format.txt explains it.</summary>
internal sealed record DiscLine
{
    private const int Columns = 14;

    public required byte[] Path { get; init; }

    public required EntryKind Kind { get; init; }

    public required long Size { get; init; }

    /// <summary>ns since 1970-01-01 UTC.</summary>
    public required long Modified { get; init; }

    public required int Mode { get; init; }

    public required byte[]? Sha256 { get; init; }

    public required int? Disc { get; init; }

    /// <summary>Such as <c>002of003</c>.</summary>
    public required byte[]? Part { get; init; }

    public required long Offset { get; init; }

    public required byte[]? Target { get; init; }

    public required long? Sector { get; init; }

    public required long? LinkGroup { get; init; }

    public required long UserId { get; init; }

    public required long GroupId { get; init; }

    /// <returns>Null where the line is none.</returns>
    public static DiscLine? TryParse(ReadOnlySpan<byte> line)
    {
        Span<Range> columns = stackalloc Range[Columns];
        if (!TrySplit(line, columns) || Unescape(line[columns[0]]) is not { Length: > 0 } path
            || line[columns[1]] is not [byte type] || "fdlpcbs"u8.IndexOf(type) is not (>= 0 and int kind))
        {
            return null;
        }

        bool isSound = Number(line[columns[2]], out long? size) & Time(line[columns[3]], out long modified) & Octal(line[columns[4]], out int mode)
            & Hash(line[columns[5]], out byte[]? sha256) & Number(line[columns[6]], out long? disc) & Number(line[columns[8]], out long? offset)
            & Sectors(line[columns[10]], out long? sector) & Number(line[columns[11]], out long? link)
            & Number(line[columns[12]], out long? user) & Number(line[columns[13]], out long? group);
        return !isSound || size is null || disc > int.MaxValue ? null : new()
        {
            Path = path,
            Kind = (EntryKind)kind,
            Size = size.Value,
            Modified = modified,
            Mode = mode,
            Sha256 = sha256,
            Disc = (int?)disc,
            Part = IsNothing(line[columns[7]]) ? null : line[columns[7]].ToArray(),
            Offset = offset ?? 0,
            Target = IsNothing(line[columns[9]]) ? null : Unescape(line[columns[9]]),
            Sector = sector,
            LinkGroup = link,
            UserId = user ?? 0,
            GroupId = group ?? 0,
        };
    }

    /// <summary>Undoes what <see cref="Discs.LineWriter.Escaped"/> does.</summary>
    public static byte[]? Unescape(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf((byte)'\\') < 0)
        {
            return text.ToArray();
        }

        List<byte> bytes = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                bytes.Add(text[i]);
                continue;
            }

            if (++i >= text.Length)
            {
                return null;
            }

            switch (text[i])
            {
                case (byte)'\\':
                    bytes.Add((byte)'\\');
                    break;
                case (byte)'t':
                    bytes.Add((byte)'\t');
                    break;
                case (byte)'n':
                    bytes.Add((byte)'\n');
                    break;
                case (byte)'r':
                    bytes.Add((byte)'\r');
                    break;
                case (byte)'0' when i + 3 < text.Length && Octal(text.Slice(i + 1, 3), out int value) && value <= byte.MaxValue:
                    bytes.Add((byte)value);
                    i += 3;
                    break;
                default:
                    return null;
            }
        }

        return [.. bytes];
    }

    private static bool TrySplit(ReadOnlySpan<byte> line, Span<Range> columns)
    {
        int start = 0;
        for (int column = 0; column < columns.Length; column++)
        {
            int length = line[start..].IndexOf((byte)'\t');
            bool isLast = column == columns.Length - 1;
            if (length < 0 != isLast)
            {
                return false;
            }

            int end = isLast ? line.Length : start + length;
            columns[column] = start..end;
            start = end + 1;
        }

        return true;
    }

    private static bool IsNothing(ReadOnlySpan<byte> text) => text.SequenceEqual("-"u8);

    private static bool Number(ReadOnlySpan<byte> text, out long? number)
    {
        bool isNumber = Utf8Parser.TryParse(text, out long value, out int length) && length == text.Length;
        number = isNumber ? value : null;
        return (isNumber && value >= 0) || IsNothing(text);
    }

    private static bool Sectors(ReadOnlySpan<byte> text, out long? sector)
    {
        bool isNumber = text.StartsWith("0x"u8) & Utf8Parser.TryParse(text.Length > 2 ? text[2..] : default, out long value, out int length, 'x') & length == text.Length - 2;
        sector = isNumber ? value : null;
        return isNumber || IsNothing(text);
    }

    private static bool Octal(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (byte digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'7' || text.Length > 6)
            {
                return false;
            }

            value = (value * 8) + digit - '0';
        }

        return text.Length > 0;
    }

    private static bool Hash(ReadOnlySpan<byte> text, out byte[]? hash)
    {
        hash = text.Length == 64 ? new byte[32] : null;
        return IsNothing(text) || (hash is not null && Convert.FromHexString(text, hash, out _, out _) == System.Buffers.OperationStatus.Done);
    }

    /// <summary><c>2024-01-31T23:59:59.123456789Z</c>.</summary>
    private static bool Time(ReadOnlySpan<byte> text, out long nanoseconds)
    {
        nanoseconds = 0;
        if (text is not [_, _, _, _, (byte)'-', _, _, (byte)'-', _, _, (byte)'T', _, _, (byte)':', _, _, (byte)':', _, _, (byte)'.', _, _, _, _, _, _, _, _, _, (byte)'Z'])
        {
            return false;
        }

        bool isTime = Digits(text[..4], out int year) & Digits(text[5..7], out int month) & Digits(text[8..10], out int day)
            & Digits(text[11..13], out int hour) & Digits(text[14..16], out int minute) & Digits(text[17..19], out int second) & Digits(text[20..29], out int fraction);
        if (!isTime || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        long seconds = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero).ToUnixTimeSeconds();
        Int128 total = ((Int128)seconds * 1_000_000_000) + fraction;
        nanoseconds = total >= long.MinValue && total <= long.MaxValue ? (long)total : 0;
        return total == nanoseconds;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (byte digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            value = (value * 10) + digit - '0';
        }

        return true;
    }
}
