// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace Spindle.Catalogue.Sets;

/// <summary>What the catalogue knows of sets of discs and their parity discs.</summary>
/// <param name="database">The catalogue.</param>
public sealed class SetStore(CatalogueDatabase database)
{
    /// <summary>All sets, in order.</summary>
    public IReadOnlyList<SetRecord> All()
    {
        ILookup<long, SetMemberRecord> members = Members();
        ILookup<long, ParityDiscRecord> parity = Parity();
        using Statement rows = database.Prepare("SELECT number, uuid, rows, first_disc, last_disc, status, sums FROM parity_set ORDER BY number");
        List<SetRecord> sets = [];
        while (rows.Step())
        {
            long number = rows.Number(0);
            PlannedSet plan = new((int)number, Guid.Parse(rows.Text(1)!), (int)rows.Number(2), (int)rows.Number(3), (int)rows.Number(4));
            sets.Add(new(plan, rows.Text(5)!, rows.Text(6), [.. members[number]], [.. parity[number]]));
        }

        return sets;
    }

    /// <summary>The set of a disc; null where it is in none.</summary>
    /// <param name="disc">Its number.</param>
    public SetRecord? Of(int disc) => All().FirstOrDefault(set => set.Plan.FirstDisc <= disc && disc <= set.Plan.LastDisc);

    /// <summary>The number that the next set gets.</summary>
    public int NextNumber()
    {
        using Statement last = database.Prepare("SELECT max(number) + 1 FROM parity_set");
        return (int)(last.Scalar() ?? 0);
    }

    /// <summary>Enters the sets of a plan whose discs are entered.</summary>
    /// <param name="plan">The plan's row.</param>
    /// <param name="sets">Its sets.</param>
    /// <param name="status">What is known of them.</param>
    public void Add(long plan, IEnumerable<PlannedSet> sets, string status)
    {
        using Statement addSet = database.Prepare("INSERT INTO parity_set (number, plan, uuid, rows, first_disc, last_disc, status) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        using Statement addDisc = database.Prepare("INSERT INTO parity_disc (parity_set, row, uuid, label, sectors) VALUES (?1, ?2, ?3, ?4, 0)");
        using Statement label = database.Prepare("SELECT label FROM disc WHERE number = ?1");
        foreach (PlannedSet set in sets)
        {
            addSet.Bind(1, set.Number).Bind(2, plan).BindText(3, Bytes(set.Uuid.ToString())).Bind(4, set.Rows).Bind(5, set.FirstDisc).Bind(6, set.LastDisc).BindText(7, Bytes(status)).Run();
            label.Bind(1, set.FirstDisc).Step();
            string first = label.Text(0) ?? "";
            label.Reset();
            for (int row = 1; row <= set.Rows; row++)
            {
                addDisc.Bind(1, set.Number).Bind(2, row).BindText(3, Bytes(set.UuidOf(row).ToString())).BindText(4, Bytes(set.LabelOf(first, row))).Run();
            }
        }
    }

    /// <summary>Enters the sets of plans that a catalogue told of; those of another archive come behind our numbers.</summary>
    public void AddTold()
    {
        List<(long Plan, (int?, int?, int?) Choice, Guid Uuid, (int, int, long) Discs)> plans = [];
        using (Statement rows = database.Prepare("""
            SELECT plan.id, detail ->> 'parityDiscs', detail ->> 'setSize', detail ->> 'firstSet', plan.uuid, min(number), max(number), count(*) FROM plan JOIN disc ON disc.plan = plan.id
            WHERE typeof(detail ->> 'parityDiscs') = 'integer' AND plan.id NOT IN (SELECT plan FROM parity_set) GROUP BY plan.id ORDER BY plan.id
            """))
        {
            while (rows.Step())
            {
                int? At(int column) => rows.NumberOrNull(column) is >= 0 and <= int.MaxValue and { } number ? (int)number : null;
                if (Guid.TryParse(rows.Text(4), out Guid uuid))
                {
                    plans.Add((rows.Number(0), (At(1), At(2), At(3)), uuid, ((int)rows.Number(5), (int)rows.Number(6), rows.Number(7))));
                }
            }
        }

        HashSet<int> taken = [.. All().Select(set => set.Plan.Number)];
        foreach ((long plan, (int?, int?, int?) choice, Guid uuid, (int, int, long) discs) in plans)
        {
            IReadOnlyList<PlannedSet> sets = PlannedSet.Of(choice, uuid, discs);
            int behind = sets.Any(set => taken.Contains(set.Number)) ? taken.Max() + 1 - sets[0].Number : 0;
            Add(plan, sets.Select(set => set with { Number = set.Number + behind }), "told");
            taken.UnionWith(sets.Select(set => set.Number + behind));
        }
    }

    /// <summary>Says that a disc is in the sums of its set.</summary>
    /// <param name="set">The set's number.</param>
    /// <param name="sums">The folder of the sums.</param>
    /// <param name="member">The disc.</param>
    public void Enter(int set, string sums, SetMemberRecord member)
    {
        using Statement open = database.Prepare("UPDATE parity_set SET status = 'open', sums = ?2 WHERE number = ?1 AND status <> 'closed'");
        open.Bind(1, set).BindText(2, Bytes(sums)).Run();
        using Statement enter = database.Prepare("INSERT OR REPLACE INTO parity_member (parity_set, disc, place, length, sha256) VALUES (?1, ?2, ?3, ?4, ?5)");
        enter.Bind(1, set).Bind(2, member.Disc).Bind(3, member.Place).Bind(4, member.Length).Bind(5, Convert.FromHexString(member.Sha256)).Run();
    }

    /// <summary>Says that the parity discs of a set were made: its sums are not needed any more, and can go (<see cref="ForgetSums"/>).</summary>
    /// <param name="set">The set's number.</param>
    /// <param name="discs">What was made of each row, from 1.</param>
    /// <param name="at">When.</param>
    public void Close(int set, IEnumerable<(int Row, string Image, long Sectors, byte[] Sha256)> discs, DateTimeOffset at)
    {
        string time = at.ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture);
        using Statement close = database.Prepare("UPDATE parity_set SET status = 'closed' WHERE number = ?1");
        using Statement made = database.Prepare("UPDATE parity_disc SET image = ?3, sectors = ?4, sha256 = ?5, written = ?6 WHERE parity_set = ?1 AND row = ?2");
        close.Bind(1, set).Run();
        foreach ((int row, string image, long sectors, byte[] sha256) in discs)
        {
            made.Bind(1, set).Bind(2, row).BindText(3, Bytes(image)).Bind(4, sectors).Bind(5, sha256).BindText(6, Bytes(time)).Run();
        }
    }

    /// <summary>Says that the sums of a set are gone.</summary>
    public void ForgetSums(int set)
    {
        using Statement forget = database.Prepare("UPDATE parity_set SET sums = NULL WHERE number = ?1");
        forget.Bind(1, set).Run();
    }

    /// <summary>What of sets is in folders, or may be: sums, images of parity discs, and what these are made in. Absolute paths.</summary>
    public IReadOnlyList<string> Files() =>
    [
        .. All().SelectMany(set => (set.Sums is { } sums ? FilesOf(sums, set.Plan.Rows) : []).Concat(set.Parity.Select(disc => disc.Image).OfType<string>())),
    ];

    private static IEnumerable<string> FilesOf(string sums, int rows)
    {
        string stem = Path.ChangeExtension(sums, null);
        return [sums, stem + ".parity", stem + ".archive", .. Enumerable.Range(1, rows).Select(row => string.Create(CultureInfo.InvariantCulture, $"{stem}_P{row}.iso"))];
    }

    private ILookup<long, SetMemberRecord> Members()
    {
        using Statement rows = database.Prepare("SELECT parity_set, disc, place, length, hex(sha256) FROM parity_member ORDER BY parity_set, place");
        List<(long Set, SetMemberRecord Member)> members = [];
        while (rows.Step())
        {
            members.Add((rows.Number(0), new((int)rows.Number(1), (int)rows.Number(2), rows.Number(3), rows.Text(4)!.ToLowerInvariant())));
        }

        return members.ToLookup(member => member.Set, member => member.Member);
    }

    private ILookup<long, ParityDiscRecord> Parity()
    {
        using Statement rows = database.Prepare("SELECT parity_set, row, uuid, label, sectors, hex(sha256), written, image FROM parity_disc ORDER BY parity_set, row");
        List<(long Set, ParityDiscRecord Disc)> discs = [];
        while (rows.Step())
        {
            string? sha256 = rows.Text(5) is { Length: > 0 } hex ? hex.ToLowerInvariant() : null;
            discs.Add((rows.Number(0), new((int)rows.Number(1), Guid.Parse(rows.Text(2)!), rows.Text(3)!, rows.Number(4), sha256, rows.Text(6), rows.Text(7))));
        }

        return discs.ToLookup(disc => disc.Set, disc => disc.Disc);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
