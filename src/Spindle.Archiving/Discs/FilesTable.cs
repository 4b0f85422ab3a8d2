// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Spindle.Files;
using Spindle.Mastering;
using Spindle.Media;

namespace Spindle.Archiving.Discs;

/// <summary>Writes <c>ARCHIVE/files.tsv</c>: a line for every name that a disc knows of, as format.txt explains.</summary>
internal sealed class FilesTable : IDisposable
{
    // Bytes of a sector's number: as many digits as any needs, so that the table is as long whatever lies where.
    private const int SectorLength = 10;

    private readonly LineWriter _lines;

    public FilesTable(Stream output)
    {
        _lines = new(output);
        _lines.Raw("path\ttype\tsize\tmtime\tmode\tsha256\tdisc\tpart\toffset\ttarget\tlba\tlink\tuid\tgid"u8).End();
    }

    /// <summary>Adds a line. Where its contents lie is not known yet: <see cref="CopyWithSectors"/> fills that in.</summary>
    /// <param name="entry">What it tells of.</param>
    /// <param name="hasSector">Whether bytes of the file lie on this disc.</param>
    /// <returns>Where in the table the sector belongs; -1 where there is none.</returns>
    public long Add(DiscEntry entry, bool hasSector)
    {
        _lines.Escaped(entry.Path).Tab().Raw([TypeOf(entry.Kind)]).Tab().Number(entry.Size).Tab();
        Time(entry.Modified);
        _lines.Tab();
        Mode(entry.Mode);
        _lines.Tab().Hex(entry.Sha256).Tab();
        OrHyphen(entry.Disc);
        _lines.Tab().Raw(entry.Part is { } part ? Encoding.ASCII.GetBytes(part.Suffix) : "-"u8).Tab();
        OrHyphen(entry.Content is null ? null : entry.Part?.Offset ?? 0);
        _lines.Tab();
        Target(entry.Target ?? entry.ContentPath);
        _lines.Tab();
        long position = hasSector ? _lines.Position : -1;
        _lines.Raw(hasSector ? "0x00000000"u8 : "-"u8).Tab();
        OrHyphen(entry.LinkGroup);
        _lines.Tab().Number(entry.UserId).Tab().Number(entry.GroupId).End();
        return position;
    }

    /// <summary>Copies a table, with the sectors, which are known now.</summary>
    /// <param name="table">Without sectors; of a plan, its length alone.</param>
    /// <param name="places">Where in it they belong, from front to back.</param>
    /// <param name="layout">Knows them.</param>
    /// <param name="output">Takes the copy.</param>
    public static void CopyWithSectors(Document table, LargeList<SectorPlace> places, DiscLayout layout, Stream output)
    {
        if (table.Path is null)
        {
            table.CopyTo(output);
            return;
        }

        byte[] piece = new byte[1 << 16];
        using FileStream input = new(table.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        int next = 0;
        for (long start = 0; start < table.Length;)
        {
            // A piece ends before a sector that it would cut in two.
            int length = (int)Math.Min(piece.Length, table.Length - start);
            input.ReadExactly(piece, 0, length);
            int kept = length;
            for (; next < places.Count && places[next].Position < start + length; next++)
            {
                int at = (int)(places[next].Position - start);
                if (at + SectorLength > length)
                {
                    kept = at;
                    break;
                }

                WriteSector(piece.AsSpan(at, SectorLength), layout.SectorOfContent(places[next].Content));
            }

            output.Write(piece, 0, kept);
            start += kept;
            if (kept < length)
            {
                input.Seek(start, SeekOrigin.Begin);
            }
        }
    }

    public void Dispose() => _lines.Dispose();

    private static void WriteSector(Span<byte> digits, long sector)
    {
        "0x"u8.CopyTo(digits);
        sector.TryFormat(digits[2..], out _, "x8", CultureInfo.InvariantCulture);
    }

    private static byte TypeOf(EntryKind kind) => kind switch
    {
        EntryKind.File => (byte)'f',
        EntryKind.Directory => (byte)'d',
        EntryKind.Symlink => (byte)'l',
        EntryKind.Fifo => (byte)'p',
        EntryKind.CharacterDevice => (byte)'c',
        EntryKind.BlockDevice => (byte)'b',
        _ => (byte)'s',
    };

    /// <summary>RFC 3339, in UTC, to the nanosecond.</summary>
    private void Time(long nanoseconds)
    {
        long seconds = Math.DivRem(nanoseconds, 1_000_000_000, out long fraction);
        if (fraction < 0)
        {
            (seconds, fraction) = (seconds - 1, fraction + 1_000_000_000);
        }

        Span<byte> text = stackalloc byte[32];
        DateTimeOffset.FromUnixTimeSeconds(seconds).TryFormat(text, out int length, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        fraction.TryFormat(text[(length + 1)..], out _, "D9", CultureInfo.InvariantCulture);
        text[length] = (byte)'.';
        _lines.Raw(text[..(length + 10)]).Raw("Z"u8);
    }

    private void Mode(int mode)
    {
        ReadOnlySpan<byte> octal = [Digit(mode >> 9), Digit(mode >> 6), Digit(mode >> 3), Digit(mode)];
        _lines.Raw(octal);

        static byte Digit(int value) => (byte)('0' + (value & 7));
    }

    private void Target(byte[]? target)
    {
        // A name may be a hyphen itself: then it is written so that no one takes it for nothing.
        if (target is null)
        {
            _lines.Raw("-"u8);
        }
        else if (target is [(byte)'-'])
        {
            _lines.Raw("\\0055"u8);
        }
        else
        {
            _lines.Escaped(target);
        }
    }

    private void OrHyphen(long? number)
    {
        if (number is { } value)
        {
            _lines.Number(value);
        }
        else
        {
            _lines.Raw("-"u8);
        }
    }
}

/// <summary>Where in a table the sector of a content belongs.</summary>
/// <param name="Position">Bytes from the start of the table.</param>
/// <param name="Content">Number of the content in the layout.</param>
internal readonly record struct SectorPlace(long Position, int Content);
