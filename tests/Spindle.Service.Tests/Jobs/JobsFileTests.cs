// SPDX-License-Identifier: MIT
using Microsoft.Data.Sqlite;
using Spindle.Media;
using Spindle.Service.Jobs;
using Spindle.Testing;

namespace Spindle.Service.Tests.Jobs;

/// <summary>The file: what it is, what is refused in its place, and two programs at it.</summary>
public sealed class JobsFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private string FilePath => JobsFile.In(_directory["station"]);

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task A_file_says_by_itself_what_it_is_and_nothing_is_left_beside_it()
    {
        await using (IRegister register = JobsFile.Open(FilePath))
        {
            Assert.Empty(await register.ListAsync(JobFilter.All, null, 10, None));
        }

        byte[] header = File.ReadAllBytes(FilePath)[..100];
        Assert.Equal("SpdJ"u8.ToArray(), header[68..72]);
        Assert.Equal(2, header[63]);
        Assert.Equal([2, 2], header[18..20]); // WAL
        Assert.Equal([FilePath], Directory.GetFiles(Path.GetDirectoryName(FilePath)!));
        Assert.EndsWith(Path.Combine("spindle", "jobs.db"), JobsFile.OfThisUser(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_register_of_an_older_program_keeps_its_jobs_and_its_batches()
    {
        await using (IRegister register = JobsFile.Open(FilePath))
        {
            await register.EnqueueAsync(Order("a") with { Batch = "box 12" }, None);
        }

        Run("DROP TABLE hold; DROP TABLE batch; PRAGMA user_version = 1");
        await using IRegister now = JobsFile.Open(FilePath);

        Assert.Equal(("box 12", 1, null), (await now.BatchesAsync(null, 9, None)).Select(batch => (batch.Name, batch.Jobs, batch.Closed)).Single());
        Assert.Empty(await now.HoldsAsync(None));
    }

    [Fact]
    public async Task What_was_entered_is_stored_before_the_call_returns()
    {
        await using IRegister register = JobsFile.Open(FilePath);
        await register.EnqueueAsync(Order("a"), None);

        // A copy of what the file system has, as after a pulled plug.
        File.Copy(FilePath, _directory["copy.db"]);
        File.Copy(FilePath + "-wal", _directory["copy.db-wal"]);
        await using IRegister copy = JobsFile.Open(_directory["copy.db"]);
        Assert.Single(await copy.ListAsync(JobFilter.All, null, 10, None));
    }

    [Fact]
    public async Task Each_commit_waits_until_the_disk_has_it()
    {
        await using SqliteRegister register = JobsFile.Open(FilePath, JobsFile.Lease, JobsFile.Patience);
        using SqliteConnection connection = register.Connect();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous";

        Assert.Equal(2L, command.ExecuteScalar()); // FULL (https://www.sqlite.org/pragma.html#pragma_synchronous)
    }

    [Fact]
    public async Task Nothing_is_left_of_what_is_forgotten()
    {
        await using IRegister register = JobsFile.Open(FilePath);
        StationSession station = new("s", Guid.NewGuid());
        await register.EnterAsync(station, "test", None);
        await register.EnqueueAsync(Order("a") with { Resources = ["target:/a"] }, None);
        Claim claim = (await register.ClaimAsync(station, Guid.NewGuid(), None))!.Claim!.Value;
        await register.AskAsync(Guid.NewGuid(), claim, "disc-wanted", "insert it", None);
        await register.EndAsync(claim, new() { Outcome = JobOutcome.Done }, None);
        await Task.Delay(20);
        await register.ForgetAsync(TimeSpan.Zero, 0, None);

        using SqliteConnection connection = new($"Data Source={FilePath};Pooling=False");
        connection.Open();
        foreach (string table in new[] { "job", "job_resource", "holding", "late_report", "question", "event" })
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = $"SELECT count(*) FROM {table}";
            Assert.Equal((table, 0L), (table, (long)command.ExecuteScalar()!));
        }
    }

    [Fact]
    public void Other_files_are_refused_and_left_as_they_are()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, new string('x', 5000));

        Fails("not-a-register");
        Assert.Equal(new string('x', 5000), File.ReadAllText(FilePath));
    }

    [Fact]
    public void Other_peoples_databases_are_refused()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        Run("CREATE TABLE bookmark (title TEXT)");

        Fails("not-a-register");
    }

    [Fact]
    public async Task A_newer_register_is_refused()
    {
        await JobsFile.Open(FilePath).DisposeAsync();
        Run("PRAGMA user_version = 4711");

        Assert.Contains("4711", Fails("register-newer").What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_register_with_a_hole_in_it_is_called_damaged()
    {
        await JobsFile.Open(FilePath).DisposeAsync();
        byte[] bytes = File.ReadAllBytes(FilePath);
        bytes.AsSpan(100, 3000).Fill(0xA5);
        File.WriteAllBytes(FilePath, bytes);

        Fails("register-damaged");
    }

    [Fact]
    public async Task Damage_that_is_met_later_is_told_as_such()
    {
        await using (IRegister register = JobsFile.Open(FilePath))
        {
            await register.EnqueueAsync(Order("a"), None);
        }

        byte[] bytes = File.ReadAllBytes(FilePath);
        bytes.AsSpan(4096).Fill(0xA5); // all but the first page, which knows the tables
        File.WriteAllBytes(FilePath, bytes);

        Assert.Equal("register-damaged", (await Assert.ThrowsAsync<OperationFailedException>(async () =>
        {
            await using IRegister register = JobsFile.Open(FilePath);
            await register.ListAsync(JobFilter.All, null, 10, None);
        })).Failure.Code);
    }

    [Fact]
    public void A_place_that_is_no_directory_is_told_of()
    {
        _directory.Write("station", "a file"u8);

        Fails("register-failed");
    }

    [Fact]
    public async Task Who_must_wait_for_another_program_waits_and_is_told_when_that_lasts_too_long()
    {
        await using SqlRegister register = JobsFile.Open(FilePath, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(30));
        await using SqlRegister impatient = JobsFile.Open(FilePath, TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(1));
        using SqliteConnection other = new($"Data Source={FilePath};Pooling=False");
        other.Open();
        Task<Entered> waiting;
        using (SqliteTransaction changing = other.BeginTransaction(deferred: false))
        {
            waiting = Task.Run(() => register.EnqueueAsync(Order("a"), None));
            Assert.Equal("register-busy", (await Assert.ThrowsAsync<OperationFailedException>(() => impatient.EnqueueAsync(Order("b"), None))).Failure.Code);
            Assert.Empty(await impatient.ListAsync(JobFilter.All, null, 10, None)); // who looks, waits for nobody
            Assert.False(waiting.IsCompleted);
        }

        Assert.Equal(1, (await waiting).Number);
    }

    [Fact]
    public async Task Two_that_make_it_at_the_same_time_make_one()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            await using IRegister register = JobsFile.Open(FilePath);
            await register.EnqueueAsync(Order($"{i}"), None);
        })));

        await using IRegister all = JobsFile.Open(FilePath);
        Assert.Equal(8, (await all.ListAsync(JobFilter.All, null, 10, None)).Count);
    }

    [Fact]
    public void Where_there_is_no_room_that_is_told()
    {
        string[] said = InOwnMounts(
            $"mount -t tmpfs -o size=700k none {_directory.Path}; for title in a b c d e f g h i; do '{PlayedStation.Program}' {PlayedStation.Verb} order '{FilePath}' $title; done").Split('\n');

        Assert.Equal("entered 1", said[0]);
        Assert.Equal("no-space", said[8]);
        Assert.All(said[..9], line => Assert.True(line == "no-space" || line.StartsWith("entered ", StringComparison.Ordinal), line));
    }

    [Fact]
    public async Task A_register_that_cannot_be_written_is_told_of()
    {
        await JobsFile.Open(FilePath).DisposeAsync();

        Assert.Equal("register-read-only\n", InOwnMounts(
            $"mount --bind {_directory.Path} {_directory.Path}; mount -o remount,bind,ro {_directory.Path}; '{PlayedStation.Program}' {PlayedStation.Verb} order '{FilePath}' one"));
    }

    public void Dispose() => _directory.Dispose();

    private static JobOrder Order(string title) => new() { Id = Guid.CreateVersion7(), Verb = "image", Title = title, Request = title };

    private static string InOwnMounts(string script)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "mounts of one's own are Linux");
        Assert.SkipUnless(new ForeignProgram("unshare", "-rm", "true").Run().Code == 0, "this machine gives nobody mounts of their own");
        return ForeignProgram.Run("unshare", "-rm", "bash", "-ec", script);
    }

    private Failure Fails(string code)
    {
        OperationFailedException failure = Assert.Throws<OperationFailedException>(() => JobsFile.Open(FilePath));
        Assert.Equal(code, failure.Failure.Code);
        return failure.Failure;
    }

    private void Run(string sql)
    {
        using SqliteConnection other = new($"Data Source={FilePath};Pooling=False");
        other.Open();
        using SqliteCommand command = other.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
