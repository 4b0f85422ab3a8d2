// SPDX-License-Identifier: MIT
using Microsoft.Data.Sqlite;
using Spindle.Catalogue.Collecting;
using Spindle.Files.Locks;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Catalogue.Tests;

/// <summary>Commands that work with one catalogue at the same time: nothing that one of them enters is lost, and who waits is told.</summary>
public sealed class SharedCatalogueTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly Waits _waits = new();

    private string File => _directory["catalogue.db"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_disc_is_entered_while_another_command_works_with_the_catalogue()
    {
        using CatalogueDatabase worker = CatalogueDatabase.OpenOrCreate(File);

        using CatalogueDatabase database = CatalogueDatabase.OpenToEnter(File, wait: null);
        new DiscCollection(database).Enter(Disc("a"), "{}", []);

        Assert.Equal("a", Assert.Single(new DiscCollection(worker).All()).Name);
    }

    [Fact]
    public void Who_enters_makes_the_catalogue_where_there_is_none_and_refuses_what_is_none()
    {
        using (CatalogueDatabase made = CatalogueDatabase.OpenToEnter(File, wait: null))
        {
            made.Set("job", "J");
        }

        Assert.Equal(["catalogue.db"], Directory.GetFiles(_directory.Path).Select(Path.GetFileName));
        System.IO.File.WriteAllText(File, "no catalogue, and long enough to be a header of one, or so one might think who does not look into it at all, sees 100 bytes");
        Assert.Equal("not-a-catalogue", Assert.Throws<OperationFailedException>(() => CatalogueDatabase.OpenToEnter(File, wait: null)).Failure.Code);
    }

    [Fact]
    public async Task A_catalogue_that_another_command_is_just_making_is_waited_for()
    {
        string made = _directory["made.db"];
        using (CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(made))
        {
            database.Set("job", "J");
        }

        System.IO.File.WriteAllBytes(File, []);
        Assert.Equal("not-a-catalogue", Assert.Throws<OperationFailedException>(() => CatalogueDatabase.OpenForReading(File)).Failure.Code);
        using FileLock? maker = FileLock.TryTake(File + "-lock");
        Task<string?> reading = Task.Run(
            () =>
            {
                using CatalogueDatabase database = CatalogueDatabase.OpenForReading(File);
                return database.Setting("job");
            },
            TestContext.Current.CancellationToken);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.False(reading.IsCompleted);

        System.IO.File.WriteAllBytes(File, System.IO.File.ReadAllBytes(made));

        Assert.Equal("J", await reading);
    }

    [Fact]
    public async Task One_that_another_command_brings_up_to_date_step_by_step_is_waited_for()
    {
        CatalogueDatabase.OpenOrCreate(File).Dispose();
        SetVersion(CatalogueSchema.Steps.Count - 1);
        using (FileLock.TryTake(File + "-lock"))
        {
            Task<Guid> reading = Task.Run(
                () =>
                {
                    using CatalogueDatabase database = CatalogueDatabase.OpenForReading(File);
                    return database.Uuid;
                },
                TestContext.Current.CancellationToken);
            await Task.Delay(300, TestContext.Current.CancellationToken);
            Assert.False(reading.IsCompleted);

            SetVersion(CatalogueSchema.Steps.Count);

            Assert.NotEqual(Guid.Empty, await reading);
        }

        void SetVersion(int version)
        {
            using SqliteConnection connection = new($"Data Source={File};Pooling=False");
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = $"PRAGMA user_version = {version}";
            command.ExecuteNonQuery();
        }
    }

    [Fact]
    public void The_files_of_a_disc_are_read_before_anybody_else_has_to_wait()
    {
        using CatalogueDatabase one = CatalogueDatabase.OpenToEnter(File, wait: null);
        using CatalogueDatabase other = CatalogueDatabase.OpenToEnter(File, wait: null);

        ImagedDisc entered = new DiscCollection(one).Enter(Disc("slow"), "{}", FilesMeanwhile(() => new DiscCollection(other).Enter(Disc("quick"), "{}", [])));

        Assert.Equal(3, entered.Files);
        Assert.Equal([("quick", 0), ("slow", 3)], new DiscCollection(other).All().Select(disc => (disc.Name, disc.Files)));
    }

    [Fact]
    public void What_ends_the_reading_leaves_the_catalogue_as_it_was_and_usable()
    {
        using CatalogueDatabase database = CatalogueDatabase.OpenToEnter(File, wait: null);
        DiscCollection collection = new(database);

        Assert.Throws<OperationCanceledException>(() => collection.Enter(Disc("a"), "{}", FilesMeanwhile(() => throw new OperationCanceledException())));
        Assert.Empty(collection.All());
        Assert.Equal(1, collection.Enter(Disc("a"), "{}", [new("x", 1, null, null)]).Files);
    }

    [Fact]
    public async Task Who_enters_waits_for_a_transaction_and_says_so()
    {
        CatalogueDatabase.OpenOrCreate(File).Dispose();
        CatalogueDatabase other = CatalogueDatabase.OpenForWriting(File);
        SqliteTransaction transaction = other.BeginWriting();
        Task entering = Task.Run(() => EnterAsync("a", CancellationToken.None), TestContext.Current.CancellationToken);
        await _waits.Told.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        transaction.Commit();
        transaction.Dispose();
        other.Dispose();
        await entering;

        Assert.Equal("waiting-for-the-catalogue", _waits.Last.Stage);
        Assert.Equal($"another command is changing {File}", _waits.Last.Item);
        Assert.Equal(["catalogue.db"], Directory.GetFiles(_directory.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Who_stops_waiting_to_enter_is_told_that_it_is_not_entered()
    {
        CatalogueDatabase.OpenOrCreate(File).Dispose();
        using CatalogueDatabase other = CatalogueDatabase.OpenForWriting(File);
        using SqliteTransaction transaction = other.BeginWriting();
        using CancellationTokenSource stop = new();
        Task entering = Task.Run(() => EnterAsync("a", stop.Token), TestContext.Current.CancellationToken);
        await _waits.Told.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        await stop.CancelAsync();

        Assert.Equal("catalogue-busy", (await Assert.ThrowsAsync<OperationFailedException>(() => entering)).Failure.Code);
    }

    [Fact]
    public async Task Two_works_of_hours_come_one_after_the_other()
    {
        CatalogueDatabase first = CatalogueDatabase.OpenOrCreate(File);
        Task<Guid> second = Task.Run(
            () =>
            {
                using CatalogueDatabase database = CatalogueDatabase.OpenForWriting(File, CatalogueWait.ToWork(_waits, CancellationToken.None));
                return database.Uuid;
            },
            TestContext.Current.CancellationToken);
        await _waits.Told.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.False(second.IsCompleted);

        Guid uuid = first.Uuid;
        first.Dispose();

        Assert.Equal(uuid, await second);
    }

    [Fact]
    public async Task Who_stops_waiting_to_work_has_stopped()
    {
        using CatalogueDatabase first = CatalogueDatabase.OpenOrCreate(File);
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(0.2));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Run(
            () => CatalogueDatabase.OpenForWriting(File, CatalogueWait.ToWork(_waits, stop.Token)), TestContext.Current.CancellationToken));
    }

    /// <summary>A scan begins a transaction as soon as it has ended one: without courtesy, who enters would wait until it is over.</summary>
    [Fact]
    public async Task A_scan_that_never_pauses_lets_others_in()
    {
        using CatalogueDatabase worker = CatalogueDatabase.OpenOrCreate(File);
        using CancellationTokenSource over = new();
        Task work = Task.Run(
            () =>
            {
                for (int count = 0; !over.IsCancellationRequested; count++)
                {
                    using (SqliteTransaction transaction = worker.BeginWriting())
                    {
                        worker.Set("count", $"{count}");
                        over.Token.WaitHandle.WaitOne(300);
                        transaction.Commit();
                    }

                    worker.GiveWay();
                }
            },
            TestContext.Current.CancellationToken);
        Task[] entering = [.. Enumerable.Range(0, 6).Select(number => Task.Run(() => EnterAsync($"{number}", CancellationToken.None), TestContext.Current.CancellationToken))];

        await Task.WhenAll(entering).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await over.CancelAsync();
        await work;

        Assert.Equal(6, new DiscCollection(worker).All().Count);
    }

    private static ImagedDisc Disc(string name) => new()
    {
        Name = name,
        Image = $"/discs/{name}.iso",
        ImagedAt = DateTimeOffset.UnixEpoch,
        Length = 2048,
        Status = "success",
        UnreadableSectors = 0,
    };

    private static IEnumerable<ImagedFile> FilesMeanwhile(Action work)
    {
        yield return new("one", 1, null, null);
        yield return new("two", 1, null, null);
        work();
        yield return new("three", 1, null, null);
    }

    private Task EnterAsync(string name, CancellationToken cancellationToken)
    {
        using CatalogueDatabase database = CatalogueDatabase.OpenToEnter(File, CatalogueWait.ToEnter(_waits, cancellationToken));
        new DiscCollection(database).Enter(Disc(name), "{}", []);
        return Task.CompletedTask;
    }

    private sealed class Waits : IProgress<WorkProgress>
    {
        private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Told => _told.Task;

        public WorkProgress Last { get; private set; }

        public void Report(WorkProgress value)
        {
            Last = value;
            _told.TrySetResult();
        }
    }
}
