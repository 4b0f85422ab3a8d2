// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Spindle.Media;

namespace Spindle.Catalogue.Collecting;

/// <summary>The discs that were imaged, with the files on them: what makes a shelf of discs a collection that can be searched.</summary>
/// <param name="database">The catalogue; open for writing where something is entered.</param>
public sealed class DiscCollection(CatalogueDatabase database)
{
    /// <summary>Enters a disc with its files; it takes the place of what was known of the same image.</summary>
    /// <param name="disc">What is known of it. The number of files is counted here.</param>
    /// <param name="record">Its manifest, JSON.</param>
    /// <param name="files">The files, read while they are entered; what ends that early leaves the catalogue as it was.</param>
    /// <returns>The same, with the number of its files.</returns>
    /// <exception cref="OperationFailedException">What is wrong with the catalogue.</exception>
    public ImagedDisc Enter(ImagedDisc disc, string record, IEnumerable<ImagedFile> files) => CatalogueDatabase.Guarded(database.Path, () =>
    {
        // To read them may take an hour, in which others want to write: only what stands in a table of this connection is entered.
        database.Run("DROP TABLE IF EXISTS temp.entering; CREATE TEMP TABLE entering (path BLOB UNIQUE, size INTEGER, modified INTEGER, sha256 BLOB)");
        using (SqliteTransaction gathering = database.Connection.BeginTransaction(deferred: true))
        {
            Gather(files);
            gathering.Commit();
        }

        using SqliteTransaction transaction = database.BeginWriting();
        long id = Replace(disc, record);
        AddKinds(id, disc.Kinds);
        using Statement enter = database.Prepare("INSERT INTO imaged_file (imaged, path, size, modified, sha256) SELECT ?1, path, size, modified, sha256 FROM temp.entering ORDER BY rowid");
        enter.Bind(1, id).Run();
        long count = enter.Changes;
        transaction.Commit();
        database.Run("DROP TABLE temp.entering");
        return disc with { Files = count };
    });

    /// <summary>All of them, by name.</summary>
    public IReadOnlyList<ImagedDisc> All()
    {
        List<ImagedDisc> discs = [];
        using Statement rows = database.Prepare($"""
            SELECT {Columns}, (SELECT count(*) FROM imaged_file WHERE imaged = imaged.id), {Said("identifier")}, {Said("title")}, {Said("note")},
                (SELECT group_concat(kind) FROM (SELECT kind FROM imaged_kind WHERE imaged = imaged.id ORDER BY position))
            FROM imaged ORDER BY name, image
            """);
        while (rows.Step())
        {
            discs.Add(Read(rows) with
            {
                Files = rows.Number(FirstOther),
                Identifier = rows.Text(FirstOther + 1),
                Title = rows.Text(FirstOther + 2),
                Note = rows.Text(FirstOther + 3),
                Kinds = rows.Text(FirstOther + 4) is { } kinds ? kinds.Split(',') : [],
            });
        }

        return discs;
    }

    /// <summary>Says where discs of a name are kept.</summary>
    /// <exception cref="OperationFailedException"><c>no-such-disc</c>.</exception>
    public void SetPlace(string name, string place)
    {
        using Statement update = database.Prepare("UPDATE imaged SET place = ?2 WHERE name = ?1");
        update.BindText(1, Encoding.UTF8.GetBytes(name)).BindText(2, Encoding.UTF8.GetBytes(place)).Run();
        if (update.Changes == 0)
        {
            throw Failures.NoSuchImage(database.Path, name);
        }
    }

    /// <summary>The columns that <see cref="Read"/> takes, of a row of the table <c>imaged</c>.</summary>
    internal const string Columns = "imaged.name, image, volume, imaged.at, imaged.length, hex(imaged.sha256), imaged.status, unreadable, place";

    /// <summary>The column behind them.</summary>
    internal const int FirstOther = 9;

    internal static ImagedDisc Read(Statement row) => new()
    {
        Name = row.Text(0)!,
        Image = row.Text(1)!,
        Volume = row.Text(2),
        ImagedAt = DateTimeOffset.Parse(row.Text(3)!, CultureInfo.InvariantCulture),
        Length = row.Number(4),
        Sha256 = row.Text(5) is { Length: > 0 } hex ? hex.ToLowerInvariant() : null,
        Status = row.Text(6)!,
        UnreadableSectors = row.Number(7),
        Place = row.Text(8),
    };

    /// <summary>What the operator said of a disc, as the manifest keeps it.</summary>
    private static string Said(string key) => $"json_extract(imaged.record, '$.backup_metadata.{key}')";

    private void Gather(IEnumerable<ImagedFile> files)
    {
        using Statement add = database.Prepare("INSERT OR IGNORE INTO temp.entering (path, size, modified, sha256) VALUES (?1, ?2, ?3, ?4)");
        foreach (ImagedFile file in files)
        {
            add.Bind(1, Encoding.UTF8.GetBytes(file.Path)).Bind(2, file.Size).Bind(3, NanosecondsOf(file.Modified));
            (file.Sha256 is null ? add.BindNull(4) : add.Bind(4, file.Sha256)).Run();
        }
    }

    private long Replace(ImagedDisc disc, string record)
    {
        using Statement known = database.Prepare("SELECT place FROM imaged WHERE image = ?1");
        string? place = known.BindText(1, Utf8(disc.Image)).Step() ? known.Text(0) : null;
        known.Reset();
        using Statement forget = database.Prepare("DELETE FROM imaged WHERE image = ?1");
        forget.BindText(1, Utf8(disc.Image)).Run();
        using Statement add = database.Prepare("""
            INSERT INTO imaged (name, image, volume, at, length, sha256, status, unreadable, place, record) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """);
        add.BindText(1, Utf8(disc.Name)).BindText(2, Utf8(disc.Image)).BindText(4, Utf8(disc.ImagedAt.ToString("O", CultureInfo.InvariantCulture)))
            .Bind(5, disc.Length).BindText(7, Utf8(disc.Status)).Bind(8, disc.UnreadableSectors).BindText(10, Utf8(record));
        OrNull(add, 3, disc.Volume);
        OrNull(add, 9, disc.Place ?? place);
        (disc.Sha256 is null ? add.BindNull(6) : add.Bind(6, Convert.FromHexString(disc.Sha256))).Run();
        return add.LastRowId;
    }

    private void AddKinds(long id, IReadOnlyList<string> kinds)
    {
        using Statement add = database.Prepare("INSERT INTO imaged_kind (imaged, position, kind) VALUES (?1, ?2, ?3)");
        foreach ((int position, string kind) in kinds.Index())
        {
            add.Bind(1, id).Bind(2, position).BindText(3, Utf8(kind)).Run();
        }
    }

    private static void OrNull(Statement statement, int position, string? text) => _ = text is null ? statement.BindNull(position) : statement.BindText(position, Utf8(text));

    private static long? NanosecondsOf(DateTimeOffset? moment) =>
        moment is { } time ? (long)Int128.Clamp((Int128)(time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick, long.MinValue, long.MaxValue) : null;

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
