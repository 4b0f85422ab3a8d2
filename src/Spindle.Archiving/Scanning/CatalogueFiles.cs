// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Archiving.Scanning;

/// <summary>The catalogue's own files, which change while they are scanned, and are not part of what is archived.</summary>
internal sealed class CatalogueFiles
{
    private readonly NodeStatus? _directory;
    private readonly HashSet<string> _names;

    /// <param name="system">How its directory is recognised.</param>
    /// <param name="path">The catalogue, as an absolute path.</param>
    public CatalogueFiles(ISourceSystem system, string path)
    {
        string name = Path.GetFileName(path);
        string json = Path.GetFileNameWithoutExtension(path) + ".json";
        _names = [name, name + "-wal", name + "-shm", name + "-lock", name + "-journal", json, json + ".part"];
        try
        {
            using ISourceDirectory directory = system.OpenRoot(Path.GetDirectoryName(path)!);
            _directory = directory.Status;
        }
        catch (SourceException)
        {
            // Then nothing can be in it either.
        }
    }

    /// <summary>Whether this is the directory that the catalogue stands in.</summary>
    public bool AreIn(in NodeStatus directory) =>
        _directory is { } own && own.Inode == directory.Inode && own.Device == directory.Device && (own.Inode != 0 || own == directory);

    /// <summary>Whether a file of that directory belongs to the catalogue.</summary>
    public bool Have(ReadOnlySpan<byte> name) => _names.Contains(Encoding.UTF8.GetString(name));
}
