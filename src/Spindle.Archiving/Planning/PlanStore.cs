// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Spindle.Catalogue;
using Spindle.Catalogue.Sets;
using Spindle.Files;

namespace Spindle.Archiving.Planning;

/// <summary>Writes plans into the catalogue. All of it happens in the caller's transaction.</summary>
internal sealed class PlanStore(CatalogueDatabase database)
{
    /// <summary>Takes back the plans of which no disc was written: what they placed is to be planned again.</summary>
    public void DropUnwritten()
    {
        database.Run("""
            CREATE TEMP TABLE dropped AS SELECT number, plan FROM disc
                WHERE plan NOT IN (SELECT plan FROM disc WHERE status <> 'planned');
            UPDATE entry SET disc = NULL WHERE disc IN (SELECT number FROM dropped);
            DELETE FROM placement WHERE disc IN (SELECT number FROM dropped);
            DELETE FROM entry_also WHERE disc IN (SELECT number FROM dropped);
            DELETE FROM event WHERE disc IN (SELECT number FROM dropped);
            DELETE FROM parity_member WHERE disc IN (SELECT number FROM dropped);
            DELETE FROM parity_disc WHERE parity_set IN (SELECT number FROM parity_set WHERE plan IN (SELECT plan FROM dropped));
            DELETE FROM parity_set WHERE plan IN (SELECT plan FROM dropped);
            DELETE FROM disc WHERE number IN (SELECT number FROM dropped);
            DELETE FROM plan WHERE id IN (SELECT plan FROM dropped);
            DROP TABLE dropped
            """);
    }

    /// <summary>Withdraws discs that were planned and can't be made any more, for a content of theirs has no name now: the rest is to be planned again.</summary>
    /// <remarks>
    /// Its row, placements and entries stay, for written discs of the same plan tell of them and must come out the same for ever: what is still
    /// there begins anew, as entries of the newest scan that no disc shows. Where a plan knows that scan already, this waits for the next one.
    /// </remarks>
    /// <param name="scan">The newest scan.</param>
    public void WithdrawImpossible(long scan)
    {
        if (Number("SELECT max(scan) FROM plan") is { } planned && planned < scan)
        {
            database.Run($"""
                CREATE TEMP TABLE impossible AS SELECT number FROM disc
                    WHERE status IN ('planned', 'told') AND EXISTS (SELECT 1 FROM placement WHERE placement.disc = number
                        AND NOT EXISTS (SELECT 1 FROM entry WHERE entry.content = placement.content AND kind = 0 AND gone_scan IS NULL));
                CREATE TEMP TABLE again AS SELECT id FROM entry WHERE gone_scan IS NULL AND (disc IN (SELECT number FROM impossible)
                    OR id IN (SELECT entry FROM entry_also WHERE entry_also.disc IN (SELECT number FROM impossible)));
                UPDATE disc SET status = 'withdrawn' WHERE number IN (SELECT number FROM impossible);
                UPDATE entry SET gone_scan = {scan} WHERE id IN (SELECT id FROM again);
                INSERT INTO entry (directory, name, kind, content, size, modified, changed, device, inode, mode, uid, gid, link_group, target, extra, flags, first_scan)
                    SELECT directory, name, kind, content, size, modified, changed, device, inode, mode, uid, gid, link_group, target, extra, flags, {scan}
                    FROM entry WHERE id IN (SELECT id FROM again);
                DROP TABLE impossible;
                DROP TABLE again
                """);
        }
    }

    /// <summary>Numbers of the discs in one of some states, as text.</summary>
    /// <param name="states">As SQL has a list of texts.</param>
    public string DiscsThatAre(string states)
    {
        using Statement rows = database.Prepare($"SELECT number FROM disc WHERE status IN ({states})");
        List<int> numbers = [];
        while (rows.Step())
        {
            numbers.Add((int)rows.Number(0));
        }

        return DiscNumbers.ToText(numbers);
    }

    /// <summary>The newest scan, and whether it was finished; null where there was none.</summary>
    public (long Id, bool IsFinished)? NewestScan()
    {
        using Statement newest = database.Prepare("SELECT id, finished FROM scan ORDER BY id DESC LIMIT 1");
        return newest.Step() ? (newest.Number(0), !newest.IsNull(1)) : null;
    }

    /// <summary>How many names of the last scan no disc knows as they are: those that are new or changed, and those that are gone.</summary>
    /// <remarks>
    /// A file that could not be read is not among them: it comes onto a disc when a scan has read it. What a disc's catalogue
    /// tells of ends with the scan of its plan; discs of an imported archive tell of theirs. The root has no entry: its owner, mode, time and
    /// attributes count as a name where nothing else does, for its time changes with the names in it.
    /// </remarks>
    public long NamesUnknown() => Number("""
        WITH known (scan) AS (SELECT coalesce(max(scan), 0) FROM plan WHERE detail ->> 'under' IS NULL AND EXISTS (SELECT 1 FROM disc WHERE disc.plan = plan.id AND status <> 'withdrawn')),
            root (told, is_now) AS (
                SELECT (SELECT detail -> 'root' FROM scan WHERE prefix = x'' AND id <= (SELECT scan FROM known) AND detail -> 'root' IS NOT NULL ORDER BY id DESC LIMIT 1),
                    (SELECT detail -> 'root' FROM scan WHERE prefix = x'' AND detail -> 'root' IS NOT NULL ORDER BY id DESC LIMIT 1)),
            names (count) AS (
                SELECT (SELECT count(*) FROM entry WHERE gone_scan IS NULL AND disc IS NULL
                        AND (kind <> 0 OR content IN (SELECT id FROM content WHERE sha256 IS NOT NULL)))
                    + (SELECT count(*) FROM entry AS old WHERE gone_scan > (SELECT scan FROM known) AND first_scan <= (SELECT scan FROM known)
                        AND NOT EXISTS (SELECT 1 FROM entry WHERE directory = old.directory AND name = old.name AND gone_scan IS NULL)))
        SELECT CASE WHEN count > 0 THEN count ELSE (SELECT told IS NOT NULL AND told <> is_now FROM root) END FROM names
        """) ?? 0;

    /// <summary>Whether anything was ever planned onto a disc that is still meant.</summary>
    public bool HasPlans() => Number("SELECT 1 FROM disc WHERE status <> 'withdrawn' LIMIT 1") is not null;

    /// <summary>Adds the plan and its discs.</summary>
    /// <param name="scan">The newest scan that it knows.</param>
    /// <param name="capacity">Sectors.</param>
    /// <param name="created">When.</param>
    /// <param name="count">Discs.</param>
    /// <param name="detail">What else there is to know.</param>
    /// <returns>Its row, the number of its first disc, its sets.</returns>
    public (long Plan, int FirstDisc, IReadOnlyList<PlannedSet> Sets) AddPlan(long scan, long capacity, DateTimeOffset created, int count, PlanDetail detail)
    {
        int firstDisc = (int)(Number("SELECT max(number) + 1 FROM disc") ?? 0);
        long plan = (Number("SELECT max(id) + 1 FROM plan") ?? 1);
        string at = created.ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture);
        Guid uuid = NameBased($"plan {plan} from disc {firstDisc} of {at}");
        using (Statement insert = database.Prepare("INSERT INTO plan (id, uuid, created, scan, capacity, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"))
        {
            insert.Bind(1, plan).BindText(2, Text(uuid.ToString()))
                .BindText(3, Text(at))
                .Bind(4, scan).Bind(5, capacity).BindText(6, Text(detail.ToString())).Run();
        }

        using Statement addDisc = database.Prepare("""
            INSERT INTO disc (number, plan, uuid, label, status, sectors, files, bytes) VALUES (?1, ?2, ?3, ?4, 'planned', 0, 0, 0)
            """);
        for (int number = firstDisc; number < firstDisc + count; number++)
        {
            addDisc.Bind(1, number).Bind(2, plan).BindText(3, Text(NameBased($"plan {plan} disc {number} of {at}").ToString()))
                .BindText(4, Text(LabelOf(detail.Job, number))).Run();
        }

        IReadOnlyList<PlannedSet> sets = PlannedSet.Of((detail.ParityDiscs, detail.SetSize, detail.FirstSet), uuid, (firstDisc, firstDisc + count - 1, count));
        new SetStore(database).Add(plan, sets, "planned");
        return (plan, firstDisc, sets);
    }

    /// <summary>What a disc came to when it was laid out.</summary>
    public void Update(int disc, long sectors, long files, long bytes)
    {
        using Statement update = database.Prepare("UPDATE disc SET sectors = ?2, files = ?3, bytes = ?4 WHERE number = ?1");
        update.Bind(1, disc).Bind(2, sectors).Bind(3, files).Bind(4, bytes).Run();
    }

    /// <summary>Brings what was packed onto its discs.</summary>
    public void Assign(NewDirectories directories, ArchiveMeasure measure, IReadOnlyList<DiscLoad> discs, int firstDisc)
    {
        using Statement own = database.Prepare("""
            UPDATE entry SET disc = ?1 WHERE directory = ?2 AND gone_scan IS NULL AND disc IS NULL AND kind <> 1 AND (kind <> 0 OR (content IS NOT NULL AND content NOT IN (SELECT id FROM unread)))
            """);
        using Statement itself = database.Prepare("""
            UPDATE entry SET disc = ?1 WHERE directory = ?2 AND name = ?3 AND gone_scan IS NULL AND disc IS NULL AND kind = 1
            """);
        using Statement run = database.Prepare("""
            UPDATE entry SET disc = ?1 WHERE directory = ?2 AND gone_scan IS NULL AND disc IS NULL AND kind <> 1 AND (kind <> 0 OR (content IS NOT NULL AND content NOT IN (SELECT id FROM unread)))
                AND name >= ?3
            """);
        AssignParts(measure, discs, firstDisc);
        List<(int Directory, byte[] FirstName, int Disc)> runs = [];
        for (int i = 0; i < discs.Count; i++)
        {
            foreach (PackingItem item in discs[i].Items)
            {
                for (int index = item.From; index < item.To; index++)
                {
                    byte[] path = directories.PathOf(index);
                    if (item.Piece <= 0 && directories.ParentOf(index) >= 0)
                    {
                        itself.Bind(1, firstDisc + i).Bind(2, directories.IdOf(directories.ParentOf(index))).Bind(3, ArchivePath.NameOf(path)).Run();
                    }

                    if (item.Piece < 0)
                    {
                        own.Bind(1, firstDisc + i).Bind(2, directories.IdOf(index)).Run();
                    }
                    else if (measure.Pieces[index][item.Piece].FirstName is { } firstName)
                    {
                        runs.Add((index, firstName, i));
                    }
                }
            }
        }

        // From the last run to the first: each takes what is left from its first name on.
        foreach ((int directory, byte[] firstName, int disc) in runs.OrderBy(r => r.Directory).ThenByDescending(r => r.FirstName, NameOrder))
        {
            run.Bind(1, firstDisc + disc).Bind(2, directories.IdOf(directory)).Bind(3, firstName).Run();
        }

        database.Run($"""
            INSERT INTO placement (content, part, disc, offset, length)
                SELECT content, 0, disc, 0, size FROM entry
                WHERE disc >= {firstDisc} AND kind = 0 AND content IS NOT NULL AND id NOT IN (SELECT entry FROM follower)
                    AND content NOT IN (SELECT content FROM placement WHERE part > 0 AND disc >= {firstDisc})
            """);
    }

    private static IComparer<byte[]> NameOrder { get; } = Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b));

    private void AssignParts(ArchiveMeasure measure, IReadOnlyList<DiscLoad> discs, int firstDisc)
    {
        // The first one, but for a file of which some part is on a disc already.
        Dictionary<long, int> firstParts = measure.Pieces.Values.SelectMany(pieces => pieces).Where(piece => piece.Part is not null)
            .GroupBy(piece => piece.Part!.Entry).ToDictionary(parts => parts.Key, parts => parts.Min(piece => piece.Part!.Number));
        using Statement home = database.Prepare("UPDATE entry SET disc = ?1 WHERE id = ?2");
        using Statement also = database.Prepare("INSERT INTO entry_also (disc, entry) VALUES (?1, ?2)");
        using Statement place = database.Prepare("INSERT INTO placement (content, part, disc, offset, length) VALUES (?1, ?2, ?3, ?4, ?5)");
        for (int i = 0; i < discs.Count; i++)
        {
            foreach (PackingItem item in discs[i].Items.Where(item => item.Piece >= 0))
            {
                if (measure.Pieces[item.From][item.Piece].Part is not { } part)
                {
                    continue;
                }

                (part.Number == firstParts[part.Entry] ? home : also).Bind(1, firstDisc + i).Bind(2, part.Entry).Run();
                place.Bind(1, part.Content).Bind(2, part.Number).Bind(3, firstDisc + i).Bind(4, part.Offset).Bind(5, part.Length).Run();
            }
        }
    }

    /// <summary>Volume names are short and of few characters: what remains of the job's, and the number.</summary>
    private static string LabelOf(string job, int number)
    {
        StringBuilder name = new();
        foreach (char c in job.ToUpperInvariant())
        {
            name.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        }

        string digits = number.ToString("D4", CultureInfo.InvariantCulture);
        return $"{name.ToString()[..Math.Min(name.Length, 31 - digits.Length)]}_{digits}";
    }

    /// <summary>A name that no other plan or disc has: an archive plans one thing at a time.</summary>
    private Guid NameBased(string name)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{database.Uuid} {name}"));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80); // version 8, RFC 9562 §5.8
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new(hash.AsSpan(0, 16), bigEndian: true);
    }

    private long? Number(string sql)
    {
        using Statement query = database.Prepare(sql);
        return query.Scalar();
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
