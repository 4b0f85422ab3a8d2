// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Catalogue.Documents;
using Spindle.Formats.Analysis;
using Spindle.Formats.MapFile;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Media;

namespace Spindle.Restoring.Shelf;

/// <summary>A disc whose sectors are read: an image, or a disc in a drive that need not be mounted.</summary>
internal sealed class ImageDisc : ArchiveDisc
{
    // What a damaged directory of one tree hides, another one may show.
    private static readonly VolumeView[] Views = [VolumeView.Udf, VolumeView.RockRidge, VolumeView.Joliet, VolumeView.Iso9660];

    private readonly ISectorReader _medium;
    private readonly List<Volume> _volumes;
    private ShownFiles? _shownFiles;

    private ImageDisc(string name, ISectorReader medium, SectorMap? map)
        : base(name)
    {
        _medium = medium;
        Map = map is { IsFinished: false } ? map : null;
        Reader = Map is null ? medium : new MappedSectors(medium, Map);
        _volumes = [.. Views.Select(view => Volume.Open(Reader, new() { View = view })).OfType<Volume>()];
    }

    public override bool IsImage => true;

    /// <summary>Its sectors.</summary>
    public ISectorReader Reader { get; }

    /// <summary>What a rescue knows of them; null where all were read, or nothing is known.</summary>
    public SectorMap? Map { get; }

    /// <summary>Name of the volume, as any of its trees has it.</summary>
    public string VolumeIdentifier => _volumes.Select(volume => volume.VolumeIdentifier).FirstOrDefault(name => name.Length > 0) ?? "";

    /// <summary>Opens a medium, with the map of its rescue where that lies beside it.</summary>
    /// <param name="name">Its path.</param>
    /// <param name="medium">Its sectors; closed with the disc.</param>
    /// <returns>Null where it is no disc of an archive.</returns>
    /// <exception cref="OperationFailedException">The map is another medium's, or none.</exception>
    public static ImageDisc? Open(string name, ISectorReader medium)
    {
        ImageDisc disc = new(name, medium, ImageMaps.ReadBeside(name, medium.SectorSize, medium.Length));
        if (DiscIdentity.Of(disc, disc.VolumeIdentifier) is not { } identity)
        {
            return null;
        }

        disc.Identity = identity;
        return disc;
    }

    public override DiscContent? Open(ReadOnlySpan<byte> path)
    {
        string text = Encoding.UTF8.GetString(path);
        foreach (Volume volume in _volumes)
        {
            string name = volume.View == VolumeView.Iso9660 ? text.ToUpperInvariant() : text;
            if (volume.Find(name) is { Type: EntryType.File } entry && IsPossible(entry.Size))
            {
                return new SectorContent(Reader, entry.Extents, entry.Size);
            }
        }

        // Where no tree has the true name, or only with a length that damage made.
        foreach ((long position, long length, IReadOnlyList<Extent>? divided) in path.StartsWith("DATA/"u8) ? Shown().Find($"/{text}") : [])
        {
            if (IsPossible(length))
            {
                return new SectorContent(Reader, divided ?? [new(position, length)], length);
            }
        }

        return null;
    }

    public override DiscContent? FirstPlace(DiscPlace? place, byte[]? path, long length) =>
        place is { } first ? At(first.Sector, length) : base.FirstPlace(place, path, length);

    public override IEnumerable<DiscContent> Places(DiscPlace? place, byte[]? path, long length)
    {
        if (place is { } listed)
        {
            yield return At(listed.Sector, length);
        }

        if ((path ?? (place is { } known ? [.. "DATA/"u8, .. known.Path] : null)) is not { } name)
        {
            yield break;
        }

        foreach ((long position, long shownLength, IReadOnlyList<Extent>? divided) in Shown().Find($"/{Encoding.UTF8.GetString(name)}"))
        {
            if (shownLength != length || (divided is null && position == place?.Sector * 2048))
            {
                continue;
            }

            if (divided is not null)
            {
                yield return new SectorContent(Reader, divided, length);
            }

            // Also where it is shown in pieces: pycdlib until 2022 wrote wrong addresses for all but the first extent of a file that
            // lies in one piece (its issue 74).
            yield return new SectorContent(Reader, [new(position, length)], length);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _medium.Dispose();
        }
    }

    /// <summary>Whether the medium could hold as much: our discs have no holes, and one bit that flipped makes 281 TB of a file.</summary>
    private bool IsPossible(long length) => length <= Reader.Length;

    private SectorContent At(long sector, long length) => new(Reader, [new(sector * 2048, length)], length);

    /// <summary>Files of all trees, under the paths that they show and under the true ones.</summary>
    private ShownFiles Shown()
    {
        if (_shownFiles is not null)
        {
            return _shownFiles;
        }

        _shownFiles = new();
        foreach (VolumeEntry entry in _volumes.SelectMany(volume => volume.Walk()).Where(entry => entry.Type == EntryType.File))
        {
            _shownFiles.Add(entry.Path, entry);
        }

        foreach ((string shown, byte[] trueName) in NamesTable.Read(this))
        {
            _shownFiles.AddName($"/{Encoding.UTF8.GetString(trueName)}", shown);
        }

        return _shownFiles;
    }
}
