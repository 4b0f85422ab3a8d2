// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Files;

namespace Spindle.Archiving.Discs;

/// <summary>Where the contents of a disc are to be read: the files that were scanned.</summary>
internal sealed class ContentFiles : IDisposable
{
    private readonly List<(byte[] Prefix, byte[] Source)> _roots = [];
    private readonly Statement _names;
    private readonly int _disc;
    private readonly Func<long, byte[]?>? _places;

    /// <summary>Whether nothing was scanned since the disc was planned: its files are where it shows them, and need not be sought.</summary>
    public bool IsAsPlanned { get; }

    /// <summary>Prepares the search.</summary>
    /// <param name="database">The catalogue.</param>
    /// <param name="disc">The disc that they are for.</param>
    /// <param name="places">Where a content lies, by its number; null where it is what was scanned, under its name.</param>
    public ContentFiles(CatalogueDatabase database, int disc, Func<long, byte[]?>? places)
    {
        (_disc, _places) = (disc, places);

        // The newest scan of a place says where its tree is today. Inner places come first.
        using Statement roots = database.Prepare("SELECT prefix, source FROM scan GROUP BY prefix HAVING id = max(id) ORDER BY length(prefix) DESC");
        while (roots.Step())
        {
            _roots.Add((roots.Blob(0).ToArray(), roots.Blob(1).ToArray()));
        }

        using Statement newer = database.Prepare("SELECT EXISTS (SELECT 1 FROM scan WHERE id > (SELECT scan FROM plan JOIN disc ON disc.plan = plan.id WHERE number = ?1))");
        IsAsPlanned = places is null && newer.Bind(1, disc).Scalar() == 0;
        _names = database.Prepare("""
            SELECT path, name FROM entry JOIN directory ON directory.id = entry.directory
            WHERE content = ?1 AND kind = 0 ORDER BY gone_scan IS NOT NULL, disc IS NOT ?2, path, name LIMIT 1
            """);
    }

    /// <summary>The file that holds a content; of several, one that the newest scan still saw.</summary>
    /// <returns>Its path, as bytes; null where the catalogue does not know where its tree is.</returns>
    public byte[]? PathOf(long content)
    {
        if (_places?.Invoke(content) is { } place)
        {
            return place;
        }

        if (!_names.Bind(1, content).Bind(2, _disc).Step())
        {
            return null;
        }

        byte[] path = ArchivePath.Join(_names.Blob(0), _names.Blob(1));
        _names.Reset();
        return FileOf(path);
    }

    /// <summary>Where the file of a path in the archive is.</summary>
    /// <returns>Its path, as bytes; null where the catalogue does not know where its tree is.</returns>
    public byte[]? FileOf(ReadOnlySpan<byte> path)
    {
        foreach ((byte[] prefix, byte[] source) in _roots)
        {
            bool isInside = prefix.Length == 0 || (path.StartsWith(prefix) && path.Length > prefix.Length && path[prefix.Length] == '/');
            if (isInside && source.Length > 0)
            {
                ReadOnlySpan<byte> relative = path[(prefix.Length == 0 ? 0 : prefix.Length + 1)..];
                return [.. source.AsSpan().TrimEnd((byte)'/'), (byte)'/', .. relative];
            }
        }

        return null;
    }

    public void Dispose() => _names.Dispose();
}
