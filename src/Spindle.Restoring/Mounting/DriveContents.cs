// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Security.Cryptography;
using Spindle.Catalogue;
using Spindle.Files.Mounting.Trees;

namespace Spindle.Restoring.Mounting;

/// <summary>Contents of the archive, each by its number: from a file that has it, or from the discs at hand.</summary>
/// <param name="shelf">The discs; closed with it.</param>
/// <param name="fileOf">A file of this machine that holds a content, such as that of an object in a vault's landing; null where there is none.</param>
/// <param name="waits">Whether who reads waits for a disc: then a file in parts is open as soon as its first disc is there.</param>
public sealed class DriveContents(DriveShelf shelf, Func<long, string?>? fileOf, bool waits) : IDisposable
{
    /// <summary>The discs.</summary>
    public DriveShelf Shelf => shelf;

    /// <summary>Opens a content.</summary>
    /// <param name="database">The catalogue.</param>
    /// <param name="content">Its number.</param>
    /// <param name="size">Bytes of it.</param>
    /// <param name="runs">Where its data lies; null where it has no holes.</param>
    /// <param name="file">The content; null where it is not to be had now.</param>
    public MountedState Open(CatalogueDatabase database, long content, long size, IReadOnlyList<(long Offset, long Length)>? runs, out MountedFile? file)
    {
        file = null;
        if (size == 0)
        {
            file = new EmptyFile();
            return MountedState.Here;
        }

        if (fileOf?.Invoke(content) is { } path && LandedFile.TryOpen(path, size) is { } landed)
        {
            file = landed;
            return MountedState.Here;
        }

        List<ContentPart> parts = PartsOf(database, content);
        if (parts.Count == 0 || parts[0].Discs.Count == 0)
        {
            return MountedState.Lost;
        }

        (byte[]? sha256, byte[]? sha512) = HashesOf(database, content);
        DriveFile opened = new(shelf, new(content, size, sha256, sha512, parts), runs);
        MountedState state = opened.Begin(isWhole: !waits);
        if (state == MountedState.Here)
        {
            file = opened;
        }
        else
        {
            opened.Dispose();
        }

        return state;
    }

    /// <summary>What is told of a content: where it is, and what it is.</summary>
    public IReadOnlyList<(string Name, string Value)> Tell(CatalogueDatabase database, long? content, long size)
    {
        if (content is not { } id)
        {
            return [("state", size == 0 ? "at-hand" : "never-read")];
        }

        List<(string, string)> told = [];
        List<ContentPart> parts = PartsOf(database, id);
        IReadOnlyList<int> discs = [.. parts.SelectMany(part => part.Discs).Distinct().Order()];
        bool isInFile = size > 0 && fileOf?.Invoke(id) is { } path && File.Exists(path);
        told.Add(("state", size == 0 || isInFile || (parts.Count > 0 && parts.TrueForAll(part => part.Discs.Exists(shelf.Has))) ? "at-hand" : discs.Count > 0 ? "away" : "on-no-disc"));
        if (discs.Count > 0)
        {
            told.Add(("disc", string.Join(',', discs)));
            told.Add(("label", string.Join(',', discs.Select(disc => LabelOf(database, disc)))));
            if (string.Join('\n', discs.SelectMany(disc => CopiesOf(database, disc))) is { Length: > 0 } copies)
            {
                told.Add(("copies", copies));
            }
        }

        (byte[]? sha256, byte[]? sha512) = HashesOf(database, id);
        told.Add(sha256 is null ? ("sha512", Convert.ToHexStringLower(sha512!)) : ("sha256", Convert.ToHexStringLower(sha256)));
        return told;
    }

    /// <inheritdoc/>
    public void Dispose() => shelf.Dispose();

    /// <summary>What a disc is called.</summary>
    internal static string LabelOf(CatalogueDatabase database, int disc)
    {
        using Statement label = database.Prepare("SELECT coalesce(name, label) FROM disc WHERE number = ?1");
        string? text = label.Bind(1, disc).Step() ? label.Text(0) : null;
        label.Reset();
        return text ?? string.Create(CultureInfo.InvariantCulture, $"disc {disc}");
    }

    private static (byte[]? Sha256, byte[]? Sha512) HashesOf(CatalogueDatabase database, long content)
    {
        using Statement hash = database.Prepare("SELECT sha256, sha512 FROM content WHERE id = ?1");
        (byte[]? sha256, byte[]? sha512) = !hash.Bind(1, content).Step() ? ([], null)
            : (hash.IsNull(0) ? null : hash.Blob(0).ToArray(), hash.IsNull(1) ? null : hash.Blob(1).ToArray());
        hash.Reset();
        return (sha256, sha512);
    }

    private static List<string> CopiesOf(CatalogueDatabase database, int disc)
    {
        List<string> copies = [];
        using Statement found = database.Prepare("SELECT name || coalesce(': ' || place, '') FROM copy WHERE disc = ?1 ORDER BY id");
        found.Bind(1, disc);
        while (found.Step())
        {
            copies.Add(string.Create(CultureInfo.InvariantCulture, $"{disc} {found.Text(0)}"));
        }

        return copies;
    }

    /// <summary>The parts of a content in their order, each with the discs that have it: whole ones, unless it is in parts only.</summary>
    private static List<ContentPart> PartsOf(CatalogueDatabase database, long content)
    {
        using Statement found = database.Prepare("""
            SELECT p.part, p.offset, p.length, p.disc FROM placement p JOIN disc d ON d.number = p.disc
            WHERE p.content = ?1 AND d.status NOT IN ('planned', 'withdrawn') ORDER BY p.part, p.disc
            """);
        List<ContentPart> parts = [];
        found.Bind(1, content);
        while (found.Step())
        {
            long number = found.Number(0);
            if (parts.Count == 0 || parts[^1].Number != number)
            {
                parts.Add(new(number, found.Number(1), found.Number(2), []));
            }

            parts[^1].Discs.Add((int)found.Number(3));
        }

        return parts.Count > 0 && parts[0].Number == 0 ? [parts[0]] : parts;
    }

    private sealed class EmptyFile : MountedFile
    {
        public override long Length => 0;

        public override MountedState Read(long offset, Span<byte> buffer) => MountedState.Here;
    }
}

/// <summary>A content, as it lies on discs.</summary>
/// <param name="Number">Its number in the catalogue.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Its hash; null where an old catalogue knows SHA-512 only.</param>
/// <param name="Sha512">The other one.</param>
/// <param name="Parts">What is on discs, in order.</param>
internal sealed record PlacedContent(long Number, long Size, byte[]? Sha256, byte[]? Sha512, IReadOnlyList<ContentPart> Parts)
{
    public HashAlgorithmName Algorithm => Sha256 is null ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256;

    public byte[] Hash => Sha256 ?? Sha512 ?? [];
}

/// <summary>A content, or a part of one.</summary>
/// <param name="Number">0 for the whole content, else the number of the part.</param>
/// <param name="Offset">Bytes of the content before it.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Discs">Those that have it.</param>
internal sealed record ContentPart(long Number, long Offset, long Length, List<int> Discs);
