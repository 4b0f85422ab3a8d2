// SPDX-License-Identifier: MIT
using Spindle.Formats.MapFile;
using Spindle.Media;
using Spindle.Parity;
using Spindle.Parity.DiscSet;
using Spindle.Parity.Protecting;

namespace Spindle.Archiving.Sets;

/// <summary>The images that become a set, open, in the order of their places.</summary>
internal sealed class SetImages : IDisposable
{
    private static readonly string[] Suffixes = [".iso", ".img"];

    private readonly List<ImageFile> _files = [];
    private readonly List<string> _names = [];
    private readonly List<ParityLayout?> _inner = [];
    private readonly List<Failure> _warnings = [];

    private SetImages()
    {
    }

    /// <summary>The images.</summary>
    public IReadOnlyList<IImageStorage> Files => _files;

    /// <summary>The names that they are listed by.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Bytes of an image that the set covers: all, but parity of its own, which follows from the rest.</summary>
    public long LengthOf(int image) => _inner[image]?.PayloadBytes ?? _files[image].Length;

    /// <summary>Roots and sectors of an image with parity of its own; null where it has none.</summary>
    public (int Roots, long TotalSectors)? InnerOf(int image) => _inner[image] is { } inner ? (inner.Roots, inner.TotalSectors) : null;

    /// <summary>Reads what of an image the set does not cover.</summary>
    /// <param name="image">Which.</param>
    /// <param name="take">Gets all of it, from front to back.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationFailedException"><c>payload-unreadable</c>.</exception>
    public void ReadBehind(int image, Action<ReadOnlyMemory<byte>> take, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[1 << 20];
        for (long position = LengthOf(image); position < _files[image].Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int wanted = (int)Math.Min(buffer.Length, _files[image].Length - position);
            int read = _files[image].Read(position, buffer.AsSpan(0, wanted));
            if (read < wanted)
            {
                throw SetFailures.Unreadable(_files[image].Name, position + read);
            }

            take(buffer.AsMemory(0, read));
            position += read;
        }
    }

    /// <summary>What is on the side.</summary>
    public IReadOnlyList<Failure> Warnings => _warnings;

    /// <summary>Opens all images that some sources name.</summary>
    /// <exception cref="OperationFailedException"><c>no-images</c>, <c>no-such-source</c>, <c>disc-given-twice</c>, <c>empty-source</c>, <c>payload-unreadable</c>.</exception>
    public static SetImages Open(IReadOnlyList<string> sources)
    {
        SetImages images = new();
        try
        {
            foreach (string path in sources.SelectMany(PathsOf))
            {
                images.Add(path);
            }

            return images._files.Count > 0 ? images : throw SetFailures.NoImages();
        }
        catch (OperationFailedException)
        {
            images.Dispose();
            throw;
        }
    }

    /// <summary>What a set is called by default: what its discs' names have in common, and that it is the first one.</summary>
    public string CommonName()
    {
        int common = _names[0].Length;
        foreach (string name in _names)
        {
            common = Math.Min(common, name.Zip(_names[0]).TakeWhile(pair => pair.First == pair.Second).Count());
        }

        // Up to the number of the disc, some figures of which all may have.
        string stem = (common == _names[0].Length ? Path.GetFileNameWithoutExtension(_names[0]) : _names[0][..common])
            .TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').TrimEnd('_', '-', ' ', '.');
        return $"{(stem.Length == 0 ? "Set" : stem)}_S000";
    }

    /// <inheritdoc/>
    public void Dispose() => _files.ForEach(file => file.Dispose());

    /// <summary>The parity of its own that ends an image; null where it has none.</summary>
    public static ParityLayout? InnerOf(ImageFile file) =>
        ParityHeader.Read(file) is { Format: ParityFormat.Rs03Image } inner && inner.TotalSectors * Capacity.SectorSize == file.Length ? inner : null;

    private static IEnumerable<string> PathsOf(string source) =>
        Directory.Exists(source) ? Directory.EnumerateFiles(source).Where(path => Suffixes.Contains(Path.GetExtension(path).ToLowerInvariant())).Order(StringComparer.Ordinal)
        : File.Exists(source) ? [source]
        : throw SetFailures.NoSuchSource(source);

    private void Add(string path)
    {
        string name = SetNames.PlainOf(Path.GetFileName(path));
        if (_names.FindIndex(other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase)) is >= 0 and int twin)
        {
            throw SetFailures.GivenTwice(name, _files[twin].Name, path);
        }

        if (name != Path.GetFileName(path))
        {
            _warnings.Add(SetFailures.NotAscii(Path.GetFileName(path), name));
        }

        ImageFile file = ImageFile.OpenRead(path);
        _files.Add(file);
        _names.Add(name);
        _inner.Add(InnerOf(file));
        if (file.Length == 0)
        {
            throw SetFailures.Empty(path);
        }

        if (ImageMaps.ReadBeside(path, Capacity.SectorSize, file.Length) is { IsFinished: false } map)
        {
            throw SetFailures.NeverRead(path, map.SectorCount - map.Total(SectorState.Finished));
        }
    }
}
