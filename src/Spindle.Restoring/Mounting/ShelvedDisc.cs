// SPDX-License-Identifier: MIT
using Spindle.Catalogue.Documents;
using Spindle.Restoring.Shelf;

namespace Spindle.Restoring.Mounting;

/// <summary>A disc that is open for a drive. Those who read from it take turns; the rest of it is looked after by its shelf.</summary>
internal sealed class ShelvedDisc(int number, string path, ArchiveDisc disc, DiscShelf shelf) : IDisposable
{
    private readonly Lock _turn = new();
    private SectorIndex? _index;

    public int Number => number;

    public string Path => path;

    /// <summary>How many read from it.</summary>
    public int Users { get; set; }

    /// <summary>When the last one of them had done.</summary>
    public DateTimeOffset Used { get; set; }

    /// <summary>Whether it is to be closed as soon as nobody reads from it.</summary>
    public bool IsDoubted { get; set; }

    /// <summary>Where a part of a content may lie: what the disc's list says, then what its trees show.</summary>
    /// <param name="content">The content.</param>
    /// <param name="part">Which part.</param>
    /// <param name="paths">From the disc's root, under which it may be shown.</param>
    public IEnumerable<DiscContent> Places(PlacedContent content, ContentPart part, IReadOnlyList<byte[]> paths)
    {
        if (disc.IsImage && content.Sha256 is { } sha256 && Turn(() => (_index ??= SectorIndex.Read(disc)).Find(sha256, part.Offset)) is { } sector
            && Turn(() => disc.FirstPlace(new(sector, []), null, part.Length)) is { } listed)
        {
            yield return listed;
        }

        foreach (byte[] shown in paths)
        {
            foreach (DiscContent place in Turn(() => disc.Places(null, shown, part.Length).ToArray()))
            {
                yield return place;
            }
        }
    }

    /// <summary>Reads.</summary>
    /// <returns>False where some of it can't be read.</returns>
    public bool TryRead(DiscContent content, long offset, Span<byte> buffer)
    {
        List<ByteRange> unreadable = [];
        lock (_turn)
        {
            content.Read(offset, buffer, unreadable);
        }

        return unreadable.Count == 0;
    }

    public void Dispose() => shelf.Dispose();

    private T Turn<T>(Func<T> read)
    {
        lock (_turn)
        {
            return read();
        }
    }
}

/// <summary>Where a content may lie on a disc that is open.</summary>
/// <param name="Disc">The disc.</param>
/// <param name="Content">The place.</param>
internal sealed record ShelvedPlace(ShelvedDisc Disc, DiscContent Content)
{
    /// <inheritdoc cref="ShelvedDisc.TryRead"/>
    public bool TryRead(long offset, Span<byte> buffer) => Disc.TryRead(Content, offset, buffer);
}
