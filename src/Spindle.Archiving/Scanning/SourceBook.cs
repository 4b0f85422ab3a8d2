// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Archiving.Catalogue;
using Spindle.Files;
using Spindle.Media;

namespace Spindle.Archiving.Scanning;

/// <summary>Which source stands where in the archive: a tree must never be taken for another one.</summary>
internal static class SourceBook
{
    /// <summary>Decides where the sources of a request stand.</summary>
    /// <exception cref="OperationFailedException"><c>no-such-source</c>, <c>source-not-a-directory</c>, <c>other-source</c>, <c>sources-overlap</c>, <c>bad-prefix</c>.</exception>
    public static IReadOnlyList<(string Source, string Prefix)> Resolve(CatalogueDatabase database, ScanRequest request)
    {
        List<(string Source, string Prefix)> known = Known(database);
        List<string> imported = Imported(database);
        List<(string Source, string Prefix)> resolved = [];
        foreach (string path in request.Sources)
        {
            string source = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
            MustBeDirectory(source);
            string prefix = PrefixOf(source, request, known);
            foreach ((string otherSource, string otherPrefix) in known.Concat(resolved))
            {
                if (!IsApart(prefix, otherPrefix) && !IsApart(otherPrefix, prefix))
                {
                    Check(source, prefix, otherSource, otherPrefix, request.ReplacesSource && !resolved.Contains((otherSource, otherPrefix)));
                }
            }

            resolved.Add((source, prefix));
        }

        return resolved;

        // An archive that was imported may stand inside another tree: a scan of that leaves it alone.
        bool IsApart(string inner, string outer) => imported.Exists(place => IsBelow(place, outer) && (inner == place || IsBelow(inner, place)));
    }

    /// <summary>Where archives that were imported stand.</summary>
    public static List<string> Imported(CatalogueDatabase database)
    {
        List<string> places = [];
        using Statement statement = database.Prepare("SELECT DISTINCT detail ->> 'under' FROM scan WHERE detail ->> 'under' IS NOT NULL");
        while (statement.Step())
        {
            places.Add(statement.Text(0)!);
        }

        return places;
    }

    private static string PrefixOf(string source, ScanRequest request, List<(string Source, string Prefix)> known)
    {
        if (request.Prefix is { } wanted)
        {
            return request.Sources.Count == 1 && ArchivePath.PlaceOf(wanted) is { } place
                ? place
                : throw new OperationFailedException(new("bad-prefix", $"'{wanted}' cannot be the place of these sources in the archive", "name one source, and a path without '.', '..' and '//'"));
        }

        return known.FirstOrDefault(one => one.Source == source) is { Source: not null } same ? same.Prefix
            : request.Sources.Count == 1 ? ""
            : Path.GetFileName(source);
    }

    private static void Check(string source, string prefix, string otherSource, string otherPrefix, bool replaces)
    {
        if (prefix == otherPrefix)
        {
            if (source != otherSource && otherSource.Length > 0 && !replaces) // an imported catalogue may not say where it came from
            {
                string place = prefix.Length == 0 ? "at the root of this archive" : $"as '{prefix}' in this archive";
                throw new OperationFailedException(new(
                    "other-source",
                    $"{otherSource} stands {place}, not {source}",
                    "--as NAME gives it a place of its own; --replace-source says that it is the same tree at another place"));
            }
        }
        else if (IsBelow(prefix, otherPrefix) || IsBelow(otherPrefix, prefix))
        {
            throw new OperationFailedException(new(
                "sources-overlap",
                $"{source} would stand at '{prefix}', and {otherSource} stands at '{otherPrefix}': one would be inside the other",
                "--as NAME gives it a place of its own, or --catalogue a catalogue of its own"));
        }
    }

    private static bool IsBelow(string prefix, string other) => other.Length == 0 || prefix.StartsWith(other + "/", StringComparison.Ordinal);

    private static void MustBeDirectory(string source)
    {
        if (File.Exists(source))
        {
            throw new OperationFailedException(new("source-not-a-directory", $"{source} is not a directory", "name the directory that holds it"));
        }

        if (!Directory.Exists(source))
        {
            throw new OperationFailedException(new("no-such-source", $"there is no directory {source}", "check the name"));
        }
    }

    private static List<(string Source, string Prefix)> Known(CatalogueDatabase database)
    {
        List<(string Source, string Prefix)> known = [];
        using Statement statement = database.Prepare("SELECT source, prefix FROM scan s WHERE id = (SELECT max(id) FROM scan WHERE prefix = s.prefix) ORDER BY id");
        while (statement.Step())
        {
            known.Add((Encoding.UTF8.GetString(statement.Blob(0)), Encoding.UTF8.GetString(statement.Blob(1))));
        }

        return known;
    }
}
