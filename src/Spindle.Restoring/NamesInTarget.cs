// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Catalogue;
using Spindle.Files;
using Spindle.Files.Names;

namespace Spindle.Restoring;

/// <summary>What is restored under another name than it has in the archive, for the target does not take that one, or takes it for another's.</summary>
/// <remarks>Reckoned before anything is written, one directory after the other: a million names take no more memory than those of the largest one.</remarks>
internal sealed class NamesInTarget
{
    private const int MostTold = 1000;

    private readonly List<RestoredAs> _told = [];
    private readonly HashSet<ulong> _top = [];

    private NamesInTarget(NameRules rules) => Map = new(rules);

    /// <summary>By which the target is asked.</summary>
    public TargetNameMap Map { get; }

    /// <summary>How many names are others there.</summary>
    public long Changed { get; private set; }

    /// <summary>The first thousand of them.</summary>
    public IReadOnlyList<RestoredAs> Told => _told;

    /// <summary>Looks through all that is wanted.</summary>
    /// <returns>Null where the target takes every name as it is.</returns>
    public static NamesInTarget? Of(CatalogueDatabase database, NameRules rules, CancellationToken cancellationToken)
    {
        if (rules.TakesAll)
        {
            return null;
        }

        NamesInTarget names = new(rules);
        database.Run("""
            DROP TABLE IF EXISTS temp.used;
            CREATE TEMP TABLE used (directory INTEGER PRIMARY KEY);
            INSERT INTO temp.used WITH RECURSIVE up (id) AS (SELECT e.directory FROM temp.wanted w JOIN entry e ON e.id = w.entry
                UNION SELECT d.parent FROM directory d JOIN up ON d.id = up.id WHERE d.parent IS NOT NULL) SELECT id FROM up;
            """);
        Dictionary<long, List<byte[]>> unlisted = Unlisted(database);
        using Statement directories = database.Prepare("SELECT d.id, d.path FROM temp.used u JOIN directory d ON d.id = u.directory");
        using Statement entries = database.Prepare("SELECT e.name FROM entry e JOIN temp.wanted w ON w.entry = e.id WHERE e.directory = ?1 ORDER BY e.name");
        while (directories.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            byte[] path = directories.Blob(1).ToArray();
            IEnumerable<byte[]> own = Names(entries.Bind(1, directories.Number(0)));
            if (unlisted.TryGetValue(directories.Number(0), out List<byte[]>? more))
            {
                own = own.Concat(more).OrderBy(name => name, Comparer<byte[]>.Create((one, other) => one.AsSpan().SequenceCompareTo(other)));
            }

            if (path.Length == 0)
            {
                own = [.. own]; // asked for twice
            }

            names.Map.Add(path, own, (name, other) => names.Tell(path, name, other));
            if (path.Length == 0)
            {
                names._top.UnionWith(own.Select(name => rules.KeyOf(names.Map.Map(name))));
            }
        }

        return names;
    }

    /// <summary>Whether something that is wanted has that name in the top directory of the target.</summary>
    public bool IsAtTop(ReadOnlySpan<byte> name) => _top.Contains(Map.Rules.KeyOf(name));

    /// <summary>Directories that have no entry of their own, and are made for what is in them, by the directories that they are in.</summary>
    private static Dictionary<long, List<byte[]>> Unlisted(CatalogueDatabase database)
    {
        Dictionary<long, List<byte[]>> unlisted = [];
        using Statement all = database.Prepare("SELECT d.parent, d.path FROM temp.used u JOIN directory d ON d.id = u.directory WHERE d.parent IS NOT NULL");
        using Statement listed = database.Prepare("SELECT 1 FROM entry e JOIN temp.wanted w ON w.entry = e.id WHERE e.directory = ?1 AND e.name = ?2");
        while (all.Step())
        {
            byte[] name = ArchivePath.NameOf(all.Blob(1)).ToArray();
            if (listed.Bind(1, all.Number(0)).Bind(2, name).Scalar() is null)
            {
                (unlisted.TryGetValue(all.Number(0), out List<byte[]>? names) ? names : unlisted[all.Number(0)] = []).Add(name);
            }
        }

        return unlisted;
    }

    private static IEnumerable<byte[]> Names(Statement rows)
    {
        while (rows.Step())
        {
            yield return rows.Blob(0).ToArray();
        }
    }

    private void Tell(byte[] directory, byte[] name, byte[] other)
    {
        Changed++;
        if (_told.Count < MostTold)
        {
            byte[] path = ArchivePath.Join(directory, name);
            byte[] there = ArchivePath.Join(Map.Map(directory), other);
            _told.Add(new(Encoding.UTF8.GetString(path), Encoding.UTF8.GetString(there)));
        }
    }
}
