// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Catalogue.Documents;

/// <summary>A disc of an archive that is at hand: as an image, in a drive, or mounted.</summary>
/// <remarks>Belongs to one thread at a time.</remarks>
public abstract class ArchiveDisc : IDisposable
{
    private const long LongestShortDocument = 1 << 20;

    private readonly SortedSet<string> _damagedLists = new(StringComparer.Ordinal);
    private DiscIndex? _index;
    private Dictionary<string, string>? _listSums;

    /// <summary>A disc by what the user calls it; who it is, the one that opens it finds out.</summary>
    protected ArchiveDisc(string name) => Name = name;

    /// <summary>What the user calls it: a path.</summary>
    public string Name { get; }

    /// <summary>Which disc it is.</summary>
    public DiscIdentity Identity { get; protected set; } = null!;

    /// <summary>Whether what can't be read is known from a map or from the medium, and the rest can be.</summary>
    public virtual bool IsImage => false;

    /// <summary>What the disc's own list says about where contents lie.</summary>
    public DiscIndex Index => _index ??= DiscIndex.Read(this);

    /// <summary>Opens a file by its path from the disc's root.</summary>
    /// <returns>Null where there is none.</returns>
    public abstract DiscContent? Open(ReadOnlySpan<byte> path);

    /// <summary>Places where a content may lie, the likeliest first. What is read there must be held against its hash.</summary>
    /// <param name="place">What the disc's list says of it; null where it says nothing.</param>
    /// <param name="path">Its path from the disc's root; null where that is not known.</param>
    /// <param name="length">Bytes.</param>
    public abstract IEnumerable<DiscContent> Places(DiscPlace? place, byte[]? path, long length);

    /// <summary>The likeliest place, without looking at it; null where there is nothing to go by.</summary>
    public virtual DiscContent? FirstPlace(DiscPlace? place, byte[]? path, long length) => Places(place, path, length).FirstOrDefault();

    /// <summary>Opens one of the disc's lists, to be read from front to back.</summary>
    /// <param name="name">Path from the root, such as <c>ARCHIVE/files.tsv</c>.</param>
    /// <returns>Its bytes, zeros where some can't be read; empty where there is no such file.</returns>
    public Stream OpenDocument(string name) => Open(Encoding.UTF8.GetBytes(name)) is { } content ? new DiscDocument(content) : Stream.Null;

    /// <summary>Opens one of the lists that nothing else proves: when it was read to its end, it is held against the disc's check sums.</summary>
    /// <param name="name">As of <see cref="OpenDocument"/>.</param>
    public Stream OpenList(string name) => Open(Encoding.UTF8.GetBytes(name)) is { } content ? new DiscDocument(content, sum => Hold(name, sum)) : Stream.Null;

    /// <summary>Lists that were read and are not what the disc's <c>SHA256SUMS</c> says, in the order of their names.</summary>
    public IReadOnlyCollection<string> DamagedLists => _damagedLists;

    /// <summary>Whether the disc shows a document.</summary>
    public bool HasDocument(string name)
    {
        using DiscContent? content = Open(Encoding.UTF8.GetBytes(name));
        return content is not null;
    }

    /// <summary>Reads a short document at once.</summary>
    /// <param name="name">Path from the root, such as <c>ARCHIVE/disc.json</c>.</param>
    /// <returns>The bytes, zeros where some could not be read; null where there is no such file, or one that is too long to be what is sought.</returns>
    public byte[]? ReadShort(string name)
    {
        using DiscContent? content = Open(Encoding.UTF8.GetBytes(name));
        if (content is null || content.Length > LongestShortDocument)
        {
            return null;
        }

        byte[] bytes = new byte[content.Length];
        content.Read(0, bytes, []);
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    private void Hold(string name, byte[] sum)
    {
        _listSums ??= ListSums.Read(this);
        if (!_listSums.TryGetValue(name, out string? right) || right != Convert.ToHexStringLower(sum))
        {
            _damagedLists.Add(name);
        }
    }

    /// <summary>Closes what is open.</summary>
    protected abstract void Dispose(bool disposing);
}

/// <summary>The bytes of a file of a disc. Closing it leaves the disc open.</summary>
public abstract class DiscContent(long length) : IDisposable
{
    /// <summary>Bytes of the file.</summary>
    public long Length => length;

    /// <summary>Where it lies on its medium, in bytes, to be read in that order; -1 where that is not known.</summary>
    public virtual long Position => -1;

    /// <summary>Reads bytes; zeros stand for those that can't be read.</summary>
    /// <param name="offset">Of the first one in the file.</param>
    /// <param name="buffer">Filled to its end, or to that of the file.</param>
    /// <param name="unreadable">Gets the ranges that could not be read, by their offset in the file.</param>
    public abstract void Read(long offset, Span<byte> buffer, List<ByteRange> unreadable);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what is open of the file.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
