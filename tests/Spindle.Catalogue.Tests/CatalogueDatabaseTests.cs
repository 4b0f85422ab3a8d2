// SPDX-License-Identifier: MIT
using Microsoft.Data.Sqlite;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Catalogue.Tests;

public sealed class CatalogueDatabaseTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private string File => Path.Combine(_directory.Path, "catalogue.db");

    [Fact]
    public void A_catalogue_is_found_again_as_it_was_left()
    {
        Guid uuid;
        using (CatalogueDatabase made = CatalogueDatabase.OpenOrCreate(File))
        {
            uuid = made.Uuid;
            made.Set("job", "Holidays");
        }

        using CatalogueDatabase found = CatalogueDatabase.OpenForReading(File);
        Assert.Equal(uuid, found.Uuid);
        Assert.Equal("Holidays", found.Setting("job"));
        Assert.Null(found.Setting("client"));
        Assert.Equal(["catalogue.db"], Directory.GetFiles(_directory.Path).Select(Path.GetFileName).Where(name => !name!.Contains("-shm") && !name.Contains("-wal")));
    }

    [Fact]
    public void A_database_says_by_itself_what_it_is()
    {
        CatalogueDatabase.OpenOrCreate(File).Dispose();
        byte[] header = System.IO.File.ReadAllBytes(File)[..100];
        Assert.Equal("SpdC"u8.ToArray(), header[68..72]);
        Assert.Equal(7, header[63]);
    }

    [Fact]
    public void Looking_leaves_nothing_beside_it()
    {
        CatalogueDatabase.OpenOrCreate(File).Dispose();

        using (CatalogueDatabase reader = CatalogueDatabase.OpenForReading(File))
        {
            Assert.NotNull(reader.Setting("uuid"));
        }

        Assert.Equal([File], Directory.GetFiles(Path.GetDirectoryName(File)!));
    }

    [Fact]
    public void What_is_not_there_is_not_made_by_looking() => Fails("no-catalogue", () => CatalogueDatabase.OpenForReading(File));

    [Fact]
    public void Other_files_are_refused_and_left_as_they_are()
    {
        System.IO.File.WriteAllText(File, new string('x', 5000));
        Fails("not-a-catalogue", () => CatalogueDatabase.OpenOrCreate(File));
        Assert.Equal(5000, new FileInfo(File).Length);
    }

    [Fact]
    public void Other_peoples_databases_are_refused()
    {
        using (SqliteConnection other = new($"Data Source={File};Pooling=False"))
        {
            other.Open();
            using SqliteCommand command = other.CreateCommand();
            command.CommandText = "CREATE TABLE bookmark (title TEXT)";
            command.ExecuteNonQuery();
        }

        Fails("not-a-catalogue", () => CatalogueDatabase.OpenOrCreate(File));
        Fails("not-a-catalogue", () => CatalogueDatabase.OpenForReading(File));
    }

    [Fact]
    public void A_file_without_anything_is_no_catalogue_and_looking_makes_none_of_it()
    {
        System.IO.File.WriteAllBytes(File, []);

        Fails("not-a-catalogue", () => CatalogueDatabase.OpenForReading(File));
        Assert.Equal(0, new FileInfo(File).Length);
    }

    [Fact]
    public void An_older_catalogue_is_brought_up_to_date_by_looking()
    {
        using (SqliteConnection older = new($"Data Source={File};Pooling=False"))
        {
            older.Open();
            using SqliteCommand command = older.CreateCommand();
            command.CommandText = $"{CatalogueSchema.Steps[0]}; PRAGMA application_id = {CatalogueSchema.ApplicationId}; PRAGMA user_version = 1; INSERT INTO archive VALUES ('uuid', '{Guid.NewGuid()}'), ('job', 'Old')";
            command.ExecuteNonQuery();
        }

        using (CatalogueDatabase reader = CatalogueDatabase.OpenForReading(File))
        {
            Assert.Equal("Old", reader.Setting("job"));
        }

        Assert.Equal(CatalogueSchema.Steps.Count, System.IO.File.ReadAllBytes(File)[63]);
    }

    [Fact]
    public void A_newer_catalogue_is_refused()
    {
        using (CatalogueDatabase made = CatalogueDatabase.OpenOrCreate(File))
        {
            made.Run("PRAGMA user_version = 4711");
        }

        Fails("catalogue-newer", () => CatalogueDatabase.OpenForReading(File));
        Fails("catalogue-newer", () => CatalogueDatabase.OpenForWriting(File));
    }

    [Fact]
    public void A_catalogue_with_a_hole_in_it_is_called_damaged()
    {
        CatalogueDatabase.OpenOrCreate(File).Dispose();
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        bytes.AsSpan(100, 3000).Fill(0xA5);
        System.IO.File.WriteAllBytes(File, bytes);
        Fails("catalogue-damaged", () => CatalogueDatabase.OpenForWriting(File));
    }

    [Fact]
    public void One_writes_and_others_read()
    {
        using CatalogueDatabase writer = CatalogueDatabase.OpenOrCreate(File);
        Fails("catalogue-busy", () => CatalogueDatabase.OpenForWriting(File));

        using CatalogueDatabase reader = CatalogueDatabase.OpenForReading(File);
        using (SqliteTransaction transaction = writer.BeginWriting())
        {
            writer.Set("job", "unfinished");
            Assert.Null(reader.Setting("job"));
            transaction.Commit();
        }

        Assert.Equal("unfinished", reader.Setting("job"));
    }

    [Fact]
    public void A_statement_takes_and_gives_bytes_numbers_and_nothing()
    {
        using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(File);
        using Statement statement = database.Prepare("SELECT ?1, ?2, ?3, ?4");
        Assert.True(statement.Bind(1, (byte[])[0, 255, 10]).Bind(2, long.MinValue).Bind(3, (long?)null).BindText(4, "ü"u8).Step());
        Assert.Equal([0, 255, 10], statement.Blob(0).ToArray());
        Assert.Equal(long.MinValue, statement.Number(1));
        Assert.Null(statement.NumberOrNull(2));
        Assert.Equal("ü", statement.Text(3));
        Assert.False(statement.Step());
        Assert.True(statement.Bind(1, ReadOnlySpan<byte>.Empty).Step());
        Assert.False(statement.IsNull(0));
    }

    public void Dispose() => _directory.Dispose();

    private static void Fails(string code, Func<CatalogueDatabase> open)
    {
        OperationFailedException failure = Assert.Throws<OperationFailedException>(() => open().Dispose());
        Assert.Equal(code, failure.Failure.Code);
    }
}
