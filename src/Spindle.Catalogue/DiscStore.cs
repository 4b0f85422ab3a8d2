// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Spindle.Media;

namespace Spindle.Catalogue;

/// <summary>What the catalogue knows of discs, their copies, and what happened to them.</summary>
/// <param name="database">The catalogue.</param>
public sealed class DiscStore(CatalogueDatabase database)
{
    private const string Verifying = "'verified', 'checked'";

    /// <summary>All discs, in order.</summary>
    public IReadOnlyList<DiscRecord> All()
    {
        using Statement rows = database.Prepare($"""
            SELECT number, disc.uuid, coalesce(name, label), status, sectors, capacity, files, bytes, hex(sha256), written, image,
                (SELECT max(at) FROM event WHERE event.disc = number AND kind IN ({Verifying})),
                (SELECT verdict FROM event WHERE event.disc = number AND kind IN ({Verifying}) ORDER BY at DESC, id DESC LIMIT 1)
            FROM disc JOIN plan ON plan.id = disc.plan ORDER BY number
            """);
        ILookup<int, DiscCopy> copies = Copies();
        List<DiscRecord> discs = [];
        while (rows.Step())
        {
            int number = (int)rows.Number(0);
            discs.Add(new(
                number,
                Guid.Parse(rows.Text(1)!),
                rows.Text(2)!,
                rows.Text(3)!,
                rows.Number(4),
                rows.Number(5),
                rows.Number(6),
                rows.Number(7),
                rows.Text(8) is { Length: > 0 } hex ? hex.ToLowerInvariant() : null,
                rows.Text(9),
                rows.Text(10),
                [.. copies[number]],
                rows.Text(11),
                rows.Text(12)));
        }

        return discs;
    }

    /// <summary>One disc.</summary>
    /// <exception cref="OperationFailedException"><c>no-such-disc</c>.</exception>
    public DiscRecord Get(int number) => All().FirstOrDefault(disc => disc.Number == number) ?? throw Failures.NoSuchDisc(database.Path, number);

    /// <summary>Names of the files that discs show, with their bytes, disc by disc.</summary>
    public IEnumerable<(int Disc, string Name, long Size)> FileNames()
    {
        using Statement rows = database.Prepare("SELECT disc, name, size FROM entry WHERE disc IS NOT NULL AND kind = 0 ORDER BY disc");
        while (rows.Step())
        {
            yield return ((int)rows.Number(0), Encoding.UTF8.GetString(rows.Blob(1)), rows.Number(2));
        }
    }

    /// <summary>What a disc shows, in short.</summary>
    public DiscContents Contents(int number)
    {
        const int MostTops = 8;
        using Statement rows = database.Prepare("SELECT path, name FROM entry JOIN directory ON directory.id = entry.directory WHERE disc = ?1 AND kind = 0");
        rows.Bind(1, number);
        byte[]? first = null, last = null;
        SortedSet<string> tops = new(StringComparer.Ordinal);
        bool hasMore = false;
        while (rows.Step())
        {
            byte[] directory = rows.Blob(0).ToArray(), name = rows.Blob(1).ToArray();
            byte[] path = directory.Length == 0 ? name : [.. directory, (byte)'/', .. name];
            first = first is null || path.AsSpan().SequenceCompareTo(first) < 0 ? path : first;
            last = last is null || path.AsSpan().SequenceCompareTo(last) > 0 ? path : last;
            int slash = Array.IndexOf(path, (byte)'/');
            string top = Encoding.UTF8.GetString(slash < 0 ? path : path[..slash]);
            hasMore |= tops.Count >= MostTops && !tops.Contains(top);
            _ = tops.Count < MostTops && tops.Add(top);
        }

        return new(first is null ? null : Encoding.UTF8.GetString(first), last is null ? null : Encoding.UTF8.GetString(last), [.. tops], hasMore);
    }

    /// <summary>Says that the image of a disc is there and is right.</summary>
    /// <param name="number">The disc.</param>
    /// <param name="sha256">Of the image.</param>
    /// <param name="image">Where it is.</param>
    /// <param name="at">When it was finished.</param>
    public void MarkWritten(int number, byte[] sha256, string image, DateTimeOffset at)
    {
        using Statement update = database.Prepare("UPDATE disc SET status = 'written', sha256 = ?2, image = ?3, written = ?4 WHERE number = ?1");
        update.Bind(1, number).Bind(2, sha256).BindText(3, Encoding.UTF8.GetBytes(image)).BindText(4, Time(at)).Run();
        AddEvent(number, "written", null, null, ImageDetail(image), at);
    }

    /// <summary>Says that an image is being made: whatever becomes of it, its files are the catalogue's own.</summary>
    /// <param name="number">The disc.</param>
    /// <param name="image">Where it is going to be.</param>
    /// <param name="at">When.</param>
    public void NoteBegun(int number, string image, DateTimeOffset at)
    {
        if (!Images().Contains(image))
        {
            AddEvent(number, "begun", null, null, ImageDetail(image), at);
        }
    }

    /// <summary>Where images of discs were written to, or were to be, as absolute paths.</summary>
    public IReadOnlySet<string> Images()
    {
        using Statement rows = database.Prepare("""
            SELECT image FROM disc WHERE image IS NOT NULL UNION SELECT detail ->> 'image' FROM event WHERE kind IN ('begun', 'written') AND detail ->> 'image' IS NOT NULL
            """);
        HashSet<string> images = [];
        while (rows.Step())
        {
            images.Add(rows.Text(0)!);
        }

        return images;
    }

    /// <summary>Says how large an image turned out to be that was known from a catalogue only.</summary>
    /// <param name="number">The disc.</param>
    /// <param name="sectors">Of its image.</param>
    /// <param name="files">On it.</param>
    /// <param name="bytes">Of their contents, each once.</param>
    public void SetSize(int number, long sectors, long files, long bytes)
    {
        using Statement update = database.Prepare("UPDATE disc SET sectors = ?2, files = ?3, bytes = ?4 WHERE number = ?1");
        update.Bind(1, number).Bind(2, sectors).Bind(3, files).Bind(4, bytes).Run();
    }

    /// <summary>Says that a disc which was only told of was seen.</summary>
    /// <param name="number">The disc.</param>
    public void MarkSeen(int number)
    {
        using Statement update = database.Prepare("UPDATE disc SET status = 'imported' WHERE number = ?1 AND status IN ('told', 'withdrawn')");
        update.Bind(1, number).Run();
    }

    /// <summary>Discs that are to be made: planned, or told of by a catalogue and never seen. Those of an archive that was imported beside ours are not ours to make.</summary>
    public IReadOnlyList<int> ToBeWritten()
    {
        using Statement rows = database.Prepare("""
            SELECT number FROM disc JOIN plan ON plan.id = disc.plan WHERE status = 'planned' OR (status = 'told' AND detail ->> 'under' IS NULL) ORDER BY number
            """);
        List<int> numbers = [];
        while (rows.Step())
        {
            numbers.Add((int)rows.Number(0));
        }

        return numbers;
    }

    /// <summary>Says what its owner calls a disc; the name of its volume stays.</summary>
    public void SetLabel(int number, string label)
    {
        Get(number);
        using Statement update = database.Prepare("UPDATE disc SET name = ?2 WHERE number = ?1");
        update.Bind(1, number).BindText(2, Encoding.UTF8.GetBytes(label)).Run();
    }

    /// <summary>Says where a copy is kept; makes the copy where there is none of that name.</summary>
    /// <param name="number">The disc.</param>
    /// <param name="name">What the copy is called.</param>
    /// <param name="place">Where it is; null to leave that as it is.</param>
    /// <param name="at">When it was entered.</param>
    public void SetCopy(int number, string name, string? place, DateTimeOffset at)
    {
        Get(number);
        MarkSeen(number); // its owner has it
        using Statement update = database.Prepare("UPDATE copy SET place = coalesce(?3, place) WHERE disc = ?1 AND name = ?2");
        byte[]? where = place is null ? null : Encoding.UTF8.GetBytes(place);
        Bound(update, number, name, where).Run();
        if (update.Changes > 0)
        {
            return;
        }

        using Statement insert = database.Prepare("INSERT INTO copy (disc, name, place, made) VALUES (?1, ?2, ?3, ?4)");
        Bound(insert, number, name, where).BindText(4, Time(at)).Run();
    }

    /// <summary>Remembers what happened to a disc.</summary>
    /// <param name="number">The disc.</param>
    /// <param name="kind">Such as <c>written</c>, <c>verified</c>, <c>checked</c>, <c>restored</c>.</param>
    /// <param name="verdict">What was found; null where nothing was looked for.</param>
    /// <param name="drive">The device or file that was read.</param>
    /// <param name="detail">JSON with what else there is to know.</param>
    /// <param name="at">When.</param>
    public void AddEvent(int number, string kind, string? verdict, string? drive, string? detail, DateTimeOffset at)
    {
        if (kind is "verified" or "checked" or "restored")
        {
            MarkSeen(number); // it was in a drive
        }

        using Statement insert = database.Prepare("INSERT INTO event (at, disc, kind, verdict, drive, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        insert.BindText(1, Time(at)).Bind(2, number).BindText(3, Encoding.UTF8.GetBytes(kind));
        Text(insert, 4, verdict);
        Text(insert, 5, drive);
        Text(insert, 6, detail);
        insert.Run();
    }

    private static string ImageDetail(string image) => new System.Text.Json.Nodes.JsonObject { ["image"] = image }.ToJsonString();

    private static Statement Bound(Statement statement, int number, string name, byte[]? place)
    {
        statement.Bind(1, number).BindText(2, Encoding.UTF8.GetBytes(name));
        return place is null ? statement.BindNull(3) : statement.BindText(3, place);
    }

    private static void Text(Statement statement, int position, string? text)
    {
        if (text is null)
        {
            statement.BindNull(position);
        }
        else
        {
            statement.BindText(position, Encoding.UTF8.GetBytes(text));
        }
    }

    private static byte[] Time(DateTimeOffset at) => Encoding.UTF8.GetBytes(at.ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture));

    private ILookup<int, DiscCopy> Copies()
    {
        using Statement rows = database.Prepare("SELECT disc, name, place, made FROM copy ORDER BY disc, id");
        List<(int Disc, DiscCopy Copy)> copies = [];
        while (rows.Step())
        {
            copies.Add(((int)rows.Number(0), new(rows.Text(1)!, rows.Text(2), rows.Text(3))));
        }

        return copies.ToLookup(copy => copy.Disc, copy => copy.Copy);
    }
}
