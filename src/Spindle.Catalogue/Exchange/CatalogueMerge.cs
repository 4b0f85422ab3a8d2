// SPDX-License-Identifier: MIT
using System.Text;
using Microsoft.Data.Sqlite;
using Spindle.Catalogue.Sets;
using Spindle.Files;
using Spindle.Media;

namespace Spindle.Catalogue.Exchange;

/// <summary>Brings one catalogue into another: what the archive itself knew elsewhere, or another archive under a name of its own.</summary>
/// <remarks>
/// Contents are known again by their hashes, discs by their uuid. What another archive numbers, its scans, plans and discs, comes behind
/// our own numbers. Of the same archive nothing is replaced: what is missing is added, and an entry that ended elsewhere ends here.
/// Everything is done by the database, so that it takes little memory however large the catalogues are.
/// </remarks>
internal sealed class CatalogueMerge : IDisposable
{
    private readonly CatalogueDatabase _database;
    private readonly SqliteTransaction _transaction;

    /// <summary>Opens the other catalogue beside ours, in a transaction that leaves ours as it was unless <see cref="Commit"/> is called.</summary>
    public CatalogueMerge(CatalogueDatabase database, string incoming)
    {
        _database = database;
        using (SqliteCommand attach = database.Connection.CreateCommand())
        {
            attach.CommandText = "ATTACH $file AS incoming";
            attach.Parameters.AddWithValue("$file", incoming);
            attach.ExecuteNonQuery();
        }

        _transaction = database.BeginWriting();
    }

    /// <summary>Adds what the same archive knew elsewhere.</summary>
    /// <returns>Names that are new here.</returns>
    /// <exception cref="OperationFailedException"><c>catalogues-diverged</c>.</exception>
    public long AddOwn()
    {
        // The same numbers must mean the same: a catalogue that was copied and scanned into at two places is two archives.
        using Statement diverged = _database.Prepare("""
            SELECT EXISTS (SELECT 1 FROM main.scan JOIN incoming.scan AS other USING (id) WHERE scan.started <> other.started OR scan.source <> other.source)
                OR EXISTS (SELECT 1 FROM main.plan JOIN incoming.plan AS other USING (id) WHERE plan.uuid <> other.uuid)
                OR EXISTS (SELECT 1 FROM main.disc JOIN incoming.disc AS other USING (number) WHERE disc.uuid <> other.uuid)
            """);
        if (diverged.Scalar() == 1)
        {
            throw Failures.Diverged(_database.Path);
        }

        return Add(new(0, 0, 0, 0), "");
    }

    /// <summary>Adds another archive.</summary>
    /// <param name="prefix">Where its tree stands in ours.</param>
    /// <returns>Names that are new here.</returns>
    /// <exception cref="OperationFailedException"><c>place-taken</c>.</exception>
    public long AddOther(string prefix)
    {
        byte[] path = Encoding.UTF8.GetBytes(prefix);
        RefuseWhatIsTaken(prefix, path);
        Offsets behind = new(
            Number("SELECT coalesce(max(id), 0) FROM main.scan"),
            Number("SELECT coalesce(max(id), 0) FROM main.plan"),
            Number("SELECT coalesce(max(number) + 1, 0) FROM main.disc"),
            Number("SELECT max(coalesce(max(id), 0), coalesce(max(link_group), 0)) FROM main.entry"));
        long added = Add(behind, prefix);
        AddEntriesAbove(path, behind.Scan + 1);
        return added;
    }

    public void Commit() => _transaction.Commit();

    public void Dispose()
    {
        _transaction.Dispose();
        _database.Run("""
            DROP TABLE IF EXISTS temp.disc_map; DROP TABLE IF EXISTS temp.content_map; DROP TABLE IF EXISTS temp.directory_map;
            DETACH incoming
            """);
    }

    private long Add(Offsets behind, string prefix)
    {
        bool isOther = prefix.Length > 0;
        AddScansAndPlans(behind, prefix);
        Run($"""
            CREATE TEMP TABLE disc_map (old INTEGER PRIMARY KEY, new INTEGER NOT NULL);
            INSERT INTO temp.disc_map SELECT other.number, coalesce((SELECT number FROM main.disc WHERE disc.uuid = other.uuid), other.number + {behind.Disc}) FROM incoming.disc AS other;
            INSERT OR IGNORE INTO main.disc (number, plan, uuid, label, name, status, sectors, files, bytes, sha256, written, image)
                SELECT m.new, plan + {behind.Plan}, uuid, label, name, status, sectors, files, bytes, sha256, written, image
                FROM incoming.disc JOIN temp.disc_map m ON m.old = number;
            -- What exists is proven by the disc that tells of it, and what was only told of may have been withdrawn since.
            UPDATE main.disc SET status = other.status FROM incoming.disc AS other JOIN temp.disc_map m ON m.old = other.number
                WHERE disc.number = m.new AND ((disc.status IN ('planned', 'told', 'withdrawn') AND other.status IN ('imported', 'written'))
                    OR (disc.status = 'told' AND other.status = 'withdrawn'));
            """);
        new SetStore(_database).AddTold();
        AddContents();
        AddDirectories(Encoding.UTF8.GetBytes(prefix));
        if (!isOther)
        {
            Run("""
                UPDATE main.entry SET gone_scan = coalesce(entry.gone_scan, other.gone_scan), disc = coalesce(entry.disc, other.disc)
                FROM incoming.entry AS other JOIN temp.directory_map m ON m.old = other.directory
                WHERE entry.directory = m.new AND entry.name = other.name AND entry.first_scan = other.first_scan
                    AND ((entry.gone_scan IS NULL AND other.gone_scan IS NOT NULL) OR (entry.disc IS NULL AND other.disc IS NOT NULL));
                """);
        }

        // Asked twice, for what is there and for what is gone: each of the two has its index.
        using Statement entries = _database.Prepare($"""
            INSERT INTO main.entry (directory, name, kind, content, size, modified, changed, device, inode, mode, uid, gid, link_group, target, extra, flags, first_scan, gone_scan, disc)
            SELECT d.new, other.name, other.kind, c.new, other.size, other.modified, -1, 0, 0, other.mode, other.uid, other.gid, other.link_group + {behind.Entry}, other.target, other.extra,
                other.flags, other.first_scan + {behind.Scan}, other.gone_scan + {behind.Scan}, p.new
            FROM incoming.entry AS other JOIN temp.directory_map d ON d.old = other.directory
                LEFT JOIN temp.content_map c ON c.old = other.content LEFT JOIN temp.disc_map p ON p.old = other.disc
            WHERE NOT EXISTS (SELECT 1 FROM main.entry WHERE entry.directory = d.new AND entry.name = other.name AND entry.first_scan = other.first_scan + {behind.Scan}
                AND entry.gone_scan IS NULL)
                AND NOT EXISTS (SELECT 1 FROM main.entry WHERE entry.directory = d.new AND entry.name = other.name AND entry.first_scan = other.first_scan + {behind.Scan}
                AND entry.gone_scan IS NOT NULL)
            """);
        entries.Run();
        long added = entries.Changes;
        Run($"""
            INSERT OR IGNORE INTO main.entry_also (disc, entry)
                SELECT p.new, mine.id FROM incoming.entry_also AS also JOIN incoming.entry AS other ON other.id = also.entry
                JOIN temp.directory_map d ON d.old = other.directory JOIN temp.disc_map p ON p.old = also.disc
                JOIN main.entry AS mine ON mine.directory = d.new AND mine.name = other.name AND mine.first_scan = other.first_scan + {behind.Scan};
            INSERT OR IGNORE INTO main.placement (content, part, disc, offset, length)
                SELECT c.new, part, d.new, offset, length FROM incoming.placement
                JOIN temp.content_map c ON c.old = content JOIN temp.disc_map d ON d.old = disc;
            """);
        ImportTables.NumberEntriesAboveLinkGroups(_database);
        return added;
    }

    private void AddScansAndPlans(Offsets behind, string prefix)
    {
        // A scan of another archive that was cut off is never gone on with here, and must not look like ours.
        string finished = prefix.Length > 0 ? "coalesce(finished, started)" : "finished";
        using Statement scans = _database.Prepare($"""
            INSERT OR IGNORE INTO main.scan (id, source, prefix, started, finished, detail)
            SELECT id + {behind.Scan}, source, CASE WHEN ?1 = x'' THEN prefix WHEN prefix = x'' THEN ?1 ELSE CAST(?1 || x'2f' || prefix AS BLOB) END, started, {finished}, {Under("detail")}
            FROM incoming.scan
            """);
        scans.Bind(1, Encoding.UTF8.GetBytes(prefix)).BindText(2, Encoding.UTF8.GetBytes(prefix)).Run();
        using Statement plans = _database.Prepare($"""
            INSERT OR IGNORE INTO main.plan (id, uuid, created, scan, capacity, detail)
            SELECT id + {behind.Plan}, uuid, created, scan + {behind.Scan}, capacity, {Under("detail")} FROM incoming.plan WHERE ?1 IS NOT NULL
            """);
        plans.Bind(1, Encoding.UTF8.GetBytes(prefix)).BindText(2, Encoding.UTF8.GetBytes(prefix)).Run();
    }

    /// <summary>Where the tree that a scan or a plan speaks of stands: paths on its discs begin behind that.</summary>
    private static string Under(string detail) =>
        $"CASE WHEN ?2 = '' THEN {detail} ELSE json_set(coalesce({detail}, '{{}}'), '$.under', ?2 || coalesce('/' || ({detail} ->> 'under'), '')) END";

    private void AddContents() => Run("""
        UPDATE main.content SET sha256 = other.sha256 FROM incoming.content AS other
            WHERE content.sha256 IS NULL AND content.sha512 = other.sha512 AND other.sha256 IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM main.content AS known WHERE known.sha256 = other.sha256);
        UPDATE main.content SET sha512 = other.sha512 FROM incoming.content AS other
            WHERE content.sha512 IS NULL AND content.sha256 = other.sha256 AND other.sha512 IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM main.content AS known WHERE known.sha512 = other.sha512);
        INSERT INTO main.content (size, sha256, sha512) SELECT size, sha256, sha512 FROM incoming.content AS other
            WHERE NOT EXISTS (SELECT 1 FROM main.content WHERE content.sha256 = other.sha256) AND NOT EXISTS (SELECT 1 FROM main.content WHERE content.sha512 = other.sha512);
        CREATE TEMP TABLE content_map (old INTEGER PRIMARY KEY, new INTEGER NOT NULL);
        INSERT INTO temp.content_map SELECT other.id,
            coalesce((SELECT id FROM main.content WHERE content.sha256 = other.sha256), (SELECT id FROM main.content WHERE content.sha512 = other.sha512))
            FROM incoming.content AS other;
        """);

    private void AddDirectories(byte[] prefix)
    {
        Run("CREATE TEMP TABLE directory_map (old INTEGER PRIMARY KEY, new INTEGER NOT NULL)");
        using Statement others = _database.Prepare("SELECT id, path FROM incoming.directory ORDER BY path");
        using Statement map = _database.Prepare("INSERT INTO temp.directory_map (old, new) VALUES (?1, ?2)");
        using ImportTables tables = new(_database);
        while (others.Step())
        {
            byte[] path = prefix.Length == 0 ? others.Blob(1).ToArray()
                : others.Blob(1).IsEmpty ? prefix
                : ArchivePath.Join(prefix, others.Blob(1));
            map.Bind(1, others.Number(0)).Bind(2, tables.Directory(path)).Run();
        }
    }

    private void AddEntriesAbove(byte[] path, long scan)
    {
        using ImportTables tables = new(_database);
        tables.EntriesAbove(ArchivePath.Join(path, "."u8), scan);
    }

    private void RefuseWhatIsTaken(string prefix, byte[] path)
    {
        using Statement there = _database.Prepare("""
            SELECT EXISTS (SELECT 1 FROM main.scan WHERE prefix = ?1 OR CAST(substr(prefix, 1, length(?1) + 1) AS BLOB) = CAST(?1 || x'2f' AS BLOB)
                    OR (prefix <> x'' AND CAST(substr(?1, 1, length(prefix) + 1) AS BLOB) = CAST(prefix || x'2f' AS BLOB)))
                OR EXISTS (SELECT 1 FROM main.entry JOIN main.directory ON directory.id = directory WHERE directory.path = ?2 AND name = ?3 AND gone_scan IS NULL)
            """);
        bool isTaken = there.Bind(1, path).Bind(2, ArchivePath.DirectoryOf(path)).Bind(3, ArchivePath.NameOf(path)).Scalar() == 1;
        if (isTaken)
        {
            throw Failures.PlaceTaken(prefix);
        }
    }

    private void Run(string sql) => _database.Run(sql);

    private long Number(string sql)
    {
        using Statement number = _database.Prepare(sql);
        return number.Scalar() ?? 0;
    }

    /// <summary>What is added to another archive's numbers.</summary>
    private readonly record struct Offsets(long Scan, long Plan, long Disc, long Entry);
}
