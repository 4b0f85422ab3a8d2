// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Spindle.Catalogue;
using Spindle.Catalogue.Health;
using Spindle.Media;
using Spindle.Station.Auditing;
using Spindle.Station.Contract;
using Spindle.Testing;

namespace Spindle.Station.Tests.Auditing;

public sealed class AuditVerbTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public AuditVerbTests()
    {
        for (int number = 0; number < 4; number++)
        {
            Image($"{number}.iso", (byte)number, (byte)(number == 2 ? 9 : number));
        }
    }

    [Fact]
    public async Task Each_image_is_a_line_of_the_table_that_programs_can_read()
    {
        Image("=1,\"2\"\n.iso", 7, 7);
        using AuditDocument document = await RunAsync(new() { Paths = [_directory.Path], Csv = _directory["audit.csv"] });
        Assert.Equal(5, document.Images.Count());
        Assert.Equal(Outcome.Lacking, document.Outcome);
        Assert.Equal(new Dictionary<string, long> { ["pass"] = 4, ["changed"] = 1 }, document.Counts);
        document.Dispose();

        // By a reader that others wrote: every line has as many fields as the heading.
        string counted = ForeignProgram.Run("python3", "-c", "import csv,sys; rows = list(csv.reader(open(sys.argv[1], newline=''))); print([len(row) for row in rows]); print(rows[1][1])", _directory["audit.csv"]);
        Assert.StartsWith("[19, 19, 19, 19, 19, 19]", counted, StringComparison.Ordinal);
        Assert.Contains("\\x0A.iso", await File.ReadAllTextAsync(_directory["audit.csv"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("already-exists", (await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(new() { Paths = [_directory.Path], Csv = _directory["audit.csv"] }))).Failure.Code);
    }

    [Fact]
    public async Task A_stopped_audit_goes_on_behind_the_last_whole_line()
    {
        string table = _directory["audit.csv"];
        using (AuditDocument document = await RunAsync(new() { Paths = [_directory.Path], Csv = table }))
        {
            _ = document.Images.Count();
        }

        string[] lines = await File.ReadAllLinesAsync(table, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(table, string.Join("\r\n", lines[..3]) + "\r\n" + lines[3][..20], TestContext.Current.CancellationToken); // killed in the midst of a line

        using (AuditDocument resumed = await RunAsync(new() { Paths = [_directory.Path], Csv = table, Resume = true }))
        {
            Assert.Equal(["2.iso", "3.iso"], resumed.Images.Select(image => Path.GetFileName(image.Image)));
        }

        Assert.Equal(lines.Select(UpToDetail), (await File.ReadAllLinesAsync(table, TestContext.Current.CancellationToken)).Select(UpToDetail));
        _directory.Write("other.csv", "a,b\r\n"u8);
        Assert.Equal("not-a-table", (await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(new() { Paths = [_directory.Path], Csv = _directory["other.csv"], Resume = true }))).Failure.Code);

        static string UpToDetail(string line) => line.Split(",it")[0];
    }

    [Fact]
    public async Task The_catalogue_remembers_what_was_found_and_what_is_due()
    {
        string catalogue = _directory["discs.db"];
        using (AuditDocument document = await RunAsync(new() { Paths = [_directory.Path], Catalogue = catalogue }))
        {
            _ = document.Images.Count();
            document.Dispose();
            Assert.Empty(document.Concerns);
        }

        using (CatalogueDatabase database = CatalogueDatabase.OpenForReading(catalogue))
        {
            DueImage due = Assert.Single(new AuditHistory(database).Due(DateTimeOffset.UtcNow.AddDays(-1)));
            Assert.Equal((_directory["2.iso"], null, "changed"), (due.Image, due.LastPassed, due.LastState));
            Assert.Equal(4, new DiscEvents(database).All(new() { Catalogue = catalogue, Kind = "audited" }).Count());
            Assert.Equal(4, new AuditHistory(database).Due(DateTimeOffset.UtcNow.AddDays(1)).Count);
        }

        using AuditDocument later = await RunAsync(new() { Paths = [_directory.Path], Catalogue = catalogue, OlderThanDays = 1 });
        Assert.Equal("2.iso", Path.GetFileName(Assert.Single(later.Images).Image)); // what did not pass is audited again
    }

    [Fact]
    public async Task What_a_killed_audit_had_in_its_table_alone_is_remembered_when_it_is_gone_on_with()
    {
        string table = _directory["audit.csv"];
        string catalogue = _directory["discs.db"];
        using (AuditDocument killed = await RunAsync(new() { Paths = [_directory.Path], Csv = table }))
        {
            Assert.Equal(4, killed.Images.Count());
        }

        for (int attempt = 0; attempt < 2; attempt++)
        {
            using AuditDocument resumed = await RunAsync(new() { Paths = [_directory.Path], Csv = table, Resume = true, Catalogue = catalogue });
            Assert.Empty(resumed.Images);
        }

        using CatalogueDatabase database = CatalogueDatabase.OpenForReading(catalogue);
        Assert.Equal(4, new DiscEvents(database).All(new() { Catalogue = catalogue, Kind = "audited" }).Count());
        Assert.Equal("changed", Assert.Single(new AuditHistory(database).Due(DateTimeOffset.UtcNow.AddDays(-1))).LastState);
    }

    [Fact]
    public async Task A_catalogue_that_another_command_writes_is_waited_for()
    {
        string catalogue = _directory["discs.db"];
        using (AuditDocument document = await RunAsync(new() { Paths = [_directory.Path], Catalogue = catalogue }))
        {
            CatalogueDatabase other = CatalogueDatabase.OpenForWriting(catalogue);
            SqliteTransaction transaction = other.BeginWriting();
            Task freed = Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken).ContinueWith(
                _ =>
                {
                    transaction.Dispose();
                    other.Dispose();
                },
                TaskScheduler.Default);

            Assert.Equal(4, document.Images.Count());
            Assert.Empty(document.Concerns);
            await freed;
        }

        using CatalogueDatabase database = CatalogueDatabase.OpenForReading(catalogue);
        Assert.Equal(4, new DiscEvents(database).All(new() { Catalogue = catalogue }).Count());
    }

    [Fact]
    public async Task What_could_not_be_entered_is_told()
    {
        string catalogue = _directory["discs.db"];
        using CancellationTokenSource stop = new();
        using AuditDocument document = await RunAsync(new() { Paths = [_directory.Path], Catalogue = catalogue }, stop.Token);
        using CatalogueDatabase other = CatalogueDatabase.OpenForWriting(catalogue);
        using SqliteTransaction transaction = other.BeginWriting();
        stop.CancelAfter(TimeSpan.FromSeconds(2));

        Assert.Equal(4, document.Images.Count());
        Assert.Equal(["catalogue-busy"], document.Concerns.Select(concern => concern.Code));
    }

    [Fact]
    public async Task What_is_known_is_remembered_while_the_next_image_is_read()
    {
        string catalogue = _directory["discs.db"];
        using AuditDocument document = await RunAsync(new() { Paths = [_directory.Path], Catalogue = catalogue });
        using IEnumerator<AuditedImagePart> images = document.Images.GetEnumerator();
        Assert.True(images.MoveNext());

        long remembered = 0;
        for (int attempt = 0; attempt < 100 && remembered == 0; attempt++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            using CatalogueDatabase database = CatalogueDatabase.OpenForReading(catalogue);
            remembered = new DiscEvents(database).All(new() { Catalogue = catalogue }).Count();
        }

        Assert.Equal(1, remembered);
    }

    [Theory]
    [InlineData("--jobs")]
    [InlineData("--sample")]
    [InlineData("--older-than")]
    [InlineData("--resume")]
    public async Task What_makes_no_sense_is_said_before_anything_is_read(string option)
    {
        AuditCollectionRequest request = new() { Paths = [_directory.Path] };
        OperationFailedException e = await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(option switch
        {
            "--jobs" => request with { Jobs = 0 },
            "--sample" => request with { SamplePercent = 0 },
            "--older-than" => request with { OlderThanDays = 3 },
            _ => request with { Resume = true },
        }));
        Assert.Equal("usage", e.Failure.Code);
        Assert.Contains(option, e.Failure.What, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private static Task<AuditDocument> RunAsync(AuditCollectionRequest request, CancellationToken? stop = null) =>
        AuditVerb.Verb.RunAsync(request, new(Equipment.OfThisMachine(), new Progress<WorkProgress>(), null!), stop ?? TestContext.Current.CancellationToken);

    private void Image(string name, byte content, byte recorded)
    {
        _directory.Write(name, [content]);
        _directory.Write($"{name}.md5", Encoding.UTF8.GetBytes(Convert.ToHexStringLower(MD5.HashData([recorded]))));
    }
}
