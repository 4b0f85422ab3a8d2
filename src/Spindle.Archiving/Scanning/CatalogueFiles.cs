// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Archiving.Discs;
using Spindle.Catalogue;
using Spindle.Catalogue.Sets;
using Spindle.Files;
using Spindle.Files.Listing;

namespace Spindle.Archiving.Scanning;

/// <summary>The catalogue's own files, and the images that were made of it: no part of what is archived, wherever in the tree they stand.</summary>
internal sealed class CatalogueFiles
{
    private static readonly string[] OfDatabase = ["", "-wal", "-shm", "-lock", "-waiting", "-journal", "-import", "-import-wal", "-import-shm", "-import-journal", "-import-lock"];

    private readonly List<(NodeStatus Directory, HashSet<string> Names)> _places = [];

    /// <param name="system">How a directory is recognised.</param>
    /// <param name="database">The catalogue, which knows where images were written to.</param>
    public CatalogueFiles(ISourceSystem system, CatalogueDatabase database)
    {
        string own = Path.GetFullPath(database.Path);
        string json = Path.ChangeExtension(own, ".json");
        List<string> paths =
        [
            .. OfDatabase.Select(suffix => own + suffix),
            json,
            json + WholeFile.PartSuffix,
        ];
        foreach (string image in new DiscStore(database).Images().Concat(new SetStore(database).Files()))
        {
            paths.AddRange(new DiscImagePaths(image).All);
        }

        foreach (IGrouping<string, string> place in paths.GroupBy(path => Path.GetDirectoryName(path)!))
        {
            try
            {
                using ISourceDirectory directory = system.OpenRoot(place.Key);
                _places.Add((directory.Status, [.. place.Select(path => Path.GetFileName(path))]));
            }
            catch (SourceException)
            {
                // Then nothing can be in it either.
            }
        }
    }

    /// <summary>Whether something of the catalogue's may be in this directory; then its time says nothing about what is archived.</summary>
    public bool AreIn(in NodeStatus directory)
    {
        foreach ((NodeStatus own, _) in _places)
        {
            if (IsSame(own, directory))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a name of a directory belongs to the catalogue.</summary>
    public bool Have(in NodeStatus directory, ReadOnlySpan<byte> name)
    {
        foreach ((NodeStatus own, HashSet<string> names) in _places)
        {
            if (IsSame(own, directory) && names.Contains(Encoding.UTF8.GetString(name)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSame(in NodeStatus own, in NodeStatus other) =>
        own.Inode == other.Inode && own.Device == other.Device;
}
