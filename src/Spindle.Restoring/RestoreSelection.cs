// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Catalogue;
using Spindle.Files;
using Spindle.Files.Patterns;
using Spindle.Media;

namespace Spindle.Restoring;

/// <summary>What is to be restored, and which discs it takes: tables beside the catalogue, so that a million names need no memory.</summary>
/// <remarks>
/// <c>wanted</c> has a row for each name: 0 in <c>state</c> for what is to be done, 1 for what is done. <c>need</c> has the place from
/// which each content, or each part of one, is to be read, and under how many names it is wanted.
/// </remarks>
internal sealed class RestoreSelection
{
    private readonly CatalogueDatabase _database;

    private RestoreSelection(CatalogueDatabase database, long scan)
    {
        _database = database;
        Scan = scan;
    }

    /// <summary>The point in time.</summary>
    public long Scan { get; }

    public static RestoreSelection Of(CatalogueDatabase database, RestoreRequest request, CancellationToken cancellationToken)
    {
        RestoreSelection selection = new(database, ScanOf(database, request.Scan, request.At));
        database.Run("""
            DROP TABLE IF EXISTS temp.wanted;
            DROP TABLE IF EXISTS temp.need;
            CREATE TEMP TABLE wanted (entry INTEGER PRIMARY KEY, content INTEGER, kind INTEGER NOT NULL, state INTEGER NOT NULL DEFAULT 0);
            CREATE TEMP TABLE need (content INTEGER NOT NULL, part INTEGER NOT NULL, disc INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
                names INTEGER NOT NULL, PRIMARY KEY (content, part, disc)) WITHOUT ROWID;
            """);
        using Microsoft.Data.Sqlite.SqliteTransaction transaction = database.Connection.BeginTransaction(deferred: true);
        if (request.Contents.Count > 0)
        {
            using Statement one = database.Prepare(
                "INSERT OR IGNORE INTO temp.wanted (entry, content, kind) SELECT id, content, kind FROM entry WHERE content = ?1 AND kind = 0 ORDER BY gone_scan IS NOT NULL, id LIMIT 1");
            foreach (long content in request.Contents)
            {
                one.Bind(1, content).Run();
            }
        }
        else if (request.Patterns.Count == 0)
        {
            using Statement all = database.Prepare(
                "INSERT INTO temp.wanted (entry, content, kind) SELECT id, content, kind FROM entry WHERE first_scan <= ?1 AND (gone_scan IS NULL OR gone_scan > ?1)");
            all.Bind(1, selection.Scan).Run();
        }
        else
        {
            selection.Match([.. request.Patterns.Select(pattern => PathPattern.Parse(pattern))], cancellationToken);
        }

        database.Run("CREATE INDEX temp.wanted_content ON wanted (content, state) WHERE kind = 0");
        transaction.Commit();
        return selection;
    }

    /// <summary>Decides from which disc each content is read: those that are needed anyway first, then those at hand.</summary>
    /// <param name="atHand">Discs among the sources.</param>
    public void ChooseDiscs(IReadOnlySet<int> atHand)
    {
        _database.Run("""
            DELETE FROM temp.need;
            INSERT INTO temp.need SELECT p.content, part, disc, offset, length, count(*) FROM placement p
                JOIN temp.wanted w ON w.content = p.content AND w.kind = 0 AND w.state = 0 GROUP BY p.content, part, disc;
            """);
        LeaveOutWithdrawn(atHand);
        using Statement several = _database.Prepare("SELECT content, part, disc FROM temp.need WHERE content IN (SELECT content FROM temp.need GROUP BY content HAVING count(*) > 1) ORDER BY content, part");
        List<(long Content, long Part, int Disc)> options = [];
        while (several.Step())
        {
            options.Add((several.Number(0), several.Number(1), (int)several.Number(2)));
        }

        if (options.Count == 0)
        {
            return;
        }

        HashSet<int> chosen = [];
        using (Statement alone = _database.Prepare("SELECT DISTINCT disc FROM temp.need GROUP BY content, part HAVING count(*) = 1 AND (part > 0 OR content NOT IN (SELECT content FROM temp.need WHERE part > 0))"))
        {
            while (alone.Step())
            {
                chosen.Add((int)alone.Number(0));
            }
        }

        using Statement drop = _database.Prepare("DELETE FROM temp.need WHERE content = ?1 AND part = ?2 AND disc = ?3");
        foreach (IGrouping<long, (long Content, long Part, int Disc)> content in options.GroupBy(option => option.Content))
        {
            (long, long Part, int Disc)[] whole = [.. content.Where(option => option.Part == 0).OrderBy(option => Rank(option.Disc))];
            bool hasParts = content.Any(option => option.Part > 0);
            bool takesParts = hasParts && (whole.Length == 0 || (Rank(whole[0].Disc) > 1 && content.Where(option => option.Part > 0).All(option => Rank(option.Disc) <= 1)));
            foreach (IGrouping<long, (long Content, long Part, int Disc)> part in content.GroupBy(option => option.Part))
            {
                bool isTaken = (part.Key > 0) == takesParts;
                int disc = part.OrderBy(option => Rank(option.Disc)).First().Disc;
                foreach ((long id, long number, int other) in part.Where(option => !isTaken || option.Disc != disc))
                {
                    drop.Bind(1, id).Bind(2, number).Bind(3, (long)other).Run();
                }

                if (isTaken)
                {
                    chosen.Add(disc);
                }
            }
        }

        int Rank(int disc) => chosen.Contains(disc) && atHand.Contains(disc) ? 0 : atHand.Contains(disc) ? 1 : chosen.Contains(disc) ? 2 : 3;
    }

    /// <summary>A disc that was withdrawn was never made, as far as anybody knows; unless it is here.</summary>
    private void LeaveOutWithdrawn(IReadOnlySet<int> atHand)
    {
        using Statement withdrawn = _database.Prepare("SELECT number FROM disc WHERE status = 'withdrawn'");
        List<int> left = [];
        while (withdrawn.Step())
        {
            left.Add((int)withdrawn.Number(0));
        }

        foreach (int number in left.Where(number => !atHand.Contains(number)))
        {
            _database.Run($"DELETE FROM temp.need WHERE disc = {number}");
        }
    }

    /// <summary>Files, by their names.</summary>
    public long Files()
    {
        using Statement files = _database.Prepare("SELECT count(*) FROM temp.wanted WHERE kind = 0");
        return files.Scalar()!.Value;
    }

    /// <summary>The discs that it takes, by number.</summary>
    public IReadOnlyList<DiscWanted> Discs(IReadOnlySet<int> atHand)
    {
        List<DiscWanted> discs = [];
        using Statement rows = _database.Prepare("""
            SELECT n.disc, coalesce(d.name, d.label, 'disc ' || n.disc), sum(n.length), sum(n.names)
            FROM temp.need n LEFT JOIN disc d ON d.number = n.disc GROUP BY n.disc ORDER BY n.disc
            """);
        using Statement places = _database.Prepare("SELECT name || coalesce(': ' || place, '') FROM copy WHERE disc = ?1 ORDER BY id");
        while (rows.Step())
        {
            int number = (int)rows.Number(0);
            List<string> kept = [];
            places.Bind(1, number);
            while (places.Step())
            {
                kept.Add(places.Text(0)!);
            }

            discs.Add(new(number, rows.Text(1)!, kept, rows.Number(3), rows.Number(2), atHand.Contains(number)));
        }

        return discs;
    }

    /// <summary>Files that are still to be done, with the discs that would be needed.</summary>
    public IEnumerable<(byte[] Path, long Content, long Size, IReadOnlyList<int> Discs)> Left()
    {
        using Statement rows = _database.Prepare("""
            SELECT d.path, e.name, coalesce(w.content, 0), e.size FROM temp.wanted w JOIN entry e ON e.id = w.entry JOIN directory d ON d.id = e.directory
            WHERE w.kind = 0 AND w.state = 0 ORDER BY d.path, e.name
            """);
        using Statement discs = _database.Prepare("SELECT disc FROM temp.need WHERE content = ?1 ORDER BY disc");
        while (rows.Step())
        {
            List<int> numbers = [];
            discs.Bind(1, rows.Number(2));
            while (discs.Step())
            {
                numbers.Add((int)discs.Number(0));
            }

            yield return (ArchivePath.Join(rows.Blob(0), rows.Blob(1)), rows.Number(2), rows.Number(3), numbers);
        }
    }

    /// <summary>Of each disc that is still needed, how many names and bytes are to be had from it.</summary>
    public Dictionary<int, (long Files, long Bytes)> DiscsLeft()
    {
        Dictionary<int, (long, long)> left = [];
        using Statement rows = _database.Prepare("""
            SELECT n.disc, sum(n.length), sum(w.names) FROM (SELECT content, count(*) AS names FROM temp.wanted WHERE kind = 0 AND state = 0 GROUP BY content) w
            JOIN temp.need n ON n.content = w.content GROUP BY n.disc
            """);
        while (rows.Step())
        {
            left.Add((int)rows.Number(0), (rows.Number(2), rows.Number(1)));
        }

        return left;
    }

    /// <summary>The scan that is meant: that one, the last before a moment, or the newest; 0 where there was none.</summary>
    /// <exception cref="OperationFailedException"><c>no-such-scan</c>.</exception>
    public static long ScanOf(CatalogueDatabase database, long? wanted, DateTimeOffset? at)
    {
        if (wanted is { } number)
        {
            using Statement known = database.Prepare("SELECT id FROM scan WHERE id = ?1");
            return known.Bind(1, number).Scalar() ?? throw new OperationFailedException(new("no-such-scan", $"the catalogue knows of no scan {number}", "leave --scan out for the newest"));
        }

        using Statement scans = database.Prepare("SELECT id, started FROM scan ORDER BY id DESC");
        long newest = 0;
        while (scans.Step())
        {
            newest = Math.Max(newest, scans.Number(0));
            bool isBefore = at is not { } moment
                || (DateTimeOffset.TryParse(scans.Text(1), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset started) && started <= moment);
            if (isBefore)
            {
                long found = scans.Number(0);
                scans.Reset();
                return found;
            }
        }

        return newest == 0 ? 0 : throw new OperationFailedException(new("no-such-scan", $"the catalogue knows of no scan before {at:yyyy-MM-dd HH:mm:ss zzz}", "leave --at out for the newest"));
    }

    private void Match(IReadOnlyList<PathPattern> patterns, CancellationToken cancellationToken)
    {
        using Statement directories = _database.Prepare("SELECT id, parent, path FROM directory ORDER BY path");
        using Statement entries = _database.Prepare("SELECT id, content, kind, name FROM entry WHERE directory = ?1 AND first_scan <= ?2 AND (gone_scan IS NULL OR gone_scan > ?2)");
        using Statement want = _database.Prepare("INSERT OR IGNORE INTO temp.wanted (entry, content, kind) VALUES (?1, ?2, ?3)");
        using Statement itself = _database.Prepare("SELECT id FROM entry WHERE directory = ?1 AND name = ?2 AND kind = 1 AND first_scan <= ?3 AND (gone_scan IS NULL OR gone_scan > ?3)");
        using Statement above = _database.Prepare("SELECT parent, path FROM directory WHERE id = ?1");
        HashSet<long> withParents = [ArchivePath.RootId];
        while (directories.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            long directory = directories.Number(0);
            byte[] path = directories.Blob(2).ToArray();
            bool isAll = path.Length > 0 && patterns.Any(pattern => pattern.Matches(path));
            bool isUsed = false;
            entries.Bind(1, directory).Bind(2, Scan);
            while (entries.Step())
            {
                if (isAll || patterns.Any(pattern => pattern.Matches(ArchivePath.Join(path, entries.Blob(3)))))
                {
                    want.Bind(1, entries.Number(0)).Bind(2, entries.NumberOrNull(1)).Bind(3, entries.Number(2)).Run();
                    isUsed = true;
                }
            }

            // Directories above come back with their own permissions and times.
            for (long? id = isUsed ? directory : null; id is { } next && withParents.Add(next);)
            {
                above.Bind(1, next).Step();
                (long? parent, byte[] own) = (above.NumberOrNull(0), above.Blob(1).ToArray());
                above.Reset();
                if (parent is { } up && itself.Bind(1, up).Bind(2, ArchivePath.NameOf(own)).Bind(3, Scan).Scalar() is { } entry)
                {
                    want.Bind(1, entry).BindNull(2).Bind(3, 1L).Run();
                }

                id = parent;
            }
        }
    }
}
