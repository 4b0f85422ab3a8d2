// SPDX-License-Identifier: MIT
using Spindle.Files;

namespace Spindle.Archiving.Discs;

/// <summary>A name that a disc shows or lists.</summary>
internal sealed class DiscEntry
{
    /// <summary>Path from the archive's root, as bytes, without a slash at either end.</summary>
    public required byte[] Path { get; init; }

    public required EntryKind Kind { get; init; }

    /// <summary>Bytes of the whole file; 0 of others.</summary>
    public long Size { get; init; }

    /// <summary>ns since 1970-01-01 UTC.</summary>
    public long Modified { get; init; }

    /// <summary>Permissions, set-id and sticky bits.</summary>
    public int Mode { get; init; }

    public uint UserId { get; init; }

    public uint GroupId { get; init; }

    /// <summary>Of a symlink: where it leads.</summary>
    public byte[]? Target { get; init; }

    /// <summary>Names of one file have the same.</summary>
    public long? LinkGroup { get; init; }

    /// <summary>JSON object of what no file system of the disc holds.</summary>
    public string? Extra { get; init; }

    /// <summary>What the file holds; null of all but files.</summary>
    public long? Content { get; init; }

    /// <summary>Of the whole file; null of all but files.</summary>
    public byte[]? Sha256 { get; init; }

    /// <summary>Of the whole file, where it was asked for.</summary>
    public byte[]? Sha512 { get; init; }

    /// <summary>The disc that holds the contents.</summary>
    public int? Disc { get; init; }

    /// <summary>Which part of the file this disc holds; null for the whole, or nothing.</summary>
    public FilePart? Part { get; init; }

    /// <summary>The archive's path under which the contents are to be found, where it is not this one.</summary>
    public byte[]? ContentPath { get; init; }

    /// <summary>Whether the contents, or a part of them, lie on the disc that lists the entry, under its own name.</summary>
    public bool HasData { get; init; }
}

/// <summary>A piece of a file that was too large for one disc.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Count">Parts of the file.</param>
/// <param name="Offset">Bytes of the file before it; a multiple of 2048.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Of the part; null as long as it was not read.</param>
internal sealed record FilePart(int Number, int Count, long Offset, long Length, byte[]? Sha256)
{
    /// <summary>Digits of numbers in names of parts, if that suffices.</summary>
    public const int UsualDigits = 3;

    /// <summary>Digits of the number in the name, at least: more than usual where another file has such a name already.</summary>
    public int MinimumDigits { get; init; } = UsualDigits;

    /// <summary>What is appended to the file's name: <c>002of013</c>, with as many digits as the count needs.</summary>
    public string Suffix
    {
        get
        {
            int digits = Math.Max(MinimumDigits, Count.ToString(System.Globalization.CultureInfo.InvariantCulture).Length);
            string format = $"D{digits}";
            return $"{Number.ToString(format, System.Globalization.CultureInfo.InvariantCulture)}of{Count.ToString(format, System.Globalization.CultureInfo.InvariantCulture)}";
        }
    }
}
