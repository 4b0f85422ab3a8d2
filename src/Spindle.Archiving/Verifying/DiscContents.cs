// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Archiving.Catalogue;
using Spindle.Archiving.Sources;

namespace Spindle.Archiving.Verifying;

/// <summary>What a disc's own lists say is on it: two lists, which must agree.</summary>
internal sealed class DiscContents
{
    private const string SumsName = "ARCHIVE/SHA256SUMS";

    private DiscContents(List<ListedFile> files, List<FileDamage> damage) => (Files, Damage) = (files, damage);

    /// <summary>In the order in which they are to be read.</summary>
    public IReadOnlyList<ListedFile> Files { get; }

    /// <summary>What is wrong with the lists.</summary>
    public List<FileDamage> Damage { get; }

    public static DiscContents Read(ArchiveDisc disc)
    {
        Dictionary<string, DiscLine> lines = new(StringComparer.Ordinal);
        foreach (DiscLine line in DiscIndex.Lines(disc))
        {
            if (line.Kind == EntryKind.File && line.Sha256 is not null && line.Disc == disc.Identity.Number)
            {
                byte[] path = [.. "DATA/"u8, .. line.Path, .. line.Part is null ? [] : (byte[])[(byte)'.', .. line.Part]];
                lines.TryAdd(KeyOf(path), line);
            }
        }

        List<FileDamage> damage = [];
        List<ListedFile> files = [];
        bool hasSums = disc.HasDocument(SumsName);
        if (!hasSums)
        {
            damage.Add(new(SumsName, DamageKind.Missing, "missing", []));
        }

        int badLines = ReadSums(disc, (hash, path) =>
        {
            lines.Remove(KeyOf(path), out DiscLine? line);
            files.Add(new(path, hash, line, line?.Sector * 2048 ?? PositionOf(disc, path)));
        });
        if (badLines > 0)
        {
            damage.Add(new(SumsName, DamageKind.List, $"{badLines} lines can't be understood", []));
        }

        // What the one list lost, the other one may have.
        if (hasSums && lines.Count > 0)
        {
            damage.Add(new(SumsName, DamageKind.List, $"lacks {lines.Count} files that ARCHIVE/files.tsv has", []));
        }

        files.AddRange(lines.Values.Where(line => line.Part is null)
            .Select(line => new ListedFile([.. "DATA/"u8, .. line.Path], line.Sha256!, line, line.Sector * 2048 ?? -1)));
        files.Sort((one, other) => one.Position != other.Position ? one.Position.CompareTo(other.Position) : one.Path.AsSpan().SequenceCompareTo(other.Path));
        return new(files, damage);
    }

    /// <summary>Reads what <c>sha256sum</c> writes.</summary>
    /// <returns>Lines that could not be understood.</returns>
    private static int ReadSums(ArchiveDisc disc, Action<byte[], byte[]> add)
    {
        using Stream document = disc.OpenDocument(SumsName);
        DocumentLines lines = new(document);
        int bad = 0;
        while (lines.TryRead(out ReadOnlyMemory<byte> text))
        {
            ReadOnlySpan<byte> line = text.Span;
            bool isEscaped = line.StartsWith("\\"u8);
            line = isEscaped ? line[1..] : line;
            byte[] hash = new byte[32];
            if (!lines.IsCut && line.Length > 66 && line[64] == ' ' && line[65] is (byte)' ' or (byte)'*'
                && Convert.FromHexString(line[..64], hash, out _, out _) == System.Buffers.OperationStatus.Done
                && (isEscaped ? DiscLine.Unescape(line[66..]) : line[66..].ToArray()) is { } path)
            {
                add(hash, path);
            }
            else
            {
                bad++;
            }
        }

        return bad;
    }

    private static long PositionOf(ArchiveDisc disc, byte[] path)
    {
        using DiscContent? content = disc is ImageDisc ? disc.Open(path) : null;
        return content?.Position ?? -1;
    }

    // Each byte a character: names need not be text.
    private static string KeyOf(ReadOnlySpan<byte> path) => Encoding.Latin1.GetString(path);
}

/// <summary>A file that is on a disc.</summary>
/// <param name="Path">From the disc's root.</param>
/// <param name="Sha256">What it must have.</param>
/// <param name="Line">What <c>files.tsv</c> says of it; null where it says nothing.</param>
/// <param name="Position">Where it lies, in bytes; -1 where that is not known.</param>
internal sealed record ListedFile(byte[] Path, byte[] Sha256, DiscLine? Line, long Position)
{
    /// <summary>Bytes; 0 where that is not known.</summary>
    public long Length => Line is { Part: null } line ? line.Size : 0;
}
