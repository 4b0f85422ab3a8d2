// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Burning.Running;
using Spindle.Drives.Mmc;
using Spindle.Files.Locks;
using Spindle.Media;
using Spindle.Restoring;
using Spindle.Station.Contract;
using Spindle.Station.Vaults;
using Spindle.Testing;
using Spindle.Testing.Burning;
using Spindle.Vault;
using Spindle.Vault.Landing;
using Spindle.Vault.Moving;
using Spindle.Vault.Objects;

namespace Spindle.Station.Tests.Vaults;

public sealed class VaultVerbTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private string Catalogue => _directory["catalogue.db"];

    private string[] Images => Directory.Exists(_directory["images"]) ? [.. Directory.EnumerateFiles(_directory["images"], "*.iso", SearchOption.AllDirectories).Order()] : [];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Objects_go_onto_discs_and_come_back()
    {
        await InitAsync(copies: 2);
        await PutAsync("a/one", "first", "é/%..", "second");
        VaultDocument waits = await PackAsync(now: false);
        Assert.Equal((11, 0), (waits.Packed!.WaitingBytes, waits.Packed.Discs.Count));
        Assert.Empty(Images);

        VaultDocument packed = await PackAsync();
        Assert.Equal((Outcome.Done, 2), (packed.Outcome, Assert.Single(packed.Packed!.Discs).Copies));
        Assert.Equal([_directory["images/archive_0000.iso"], _directory["images/copy-2/archive_0000.iso"]], Images);
        Assert.Equal(new AmountPart(2, 11), (await StatusAsync()).Written);
        Assert.Empty((await PackAsync()).Packed!.Discs); // it is done

        EvictedPart evicted = (await RunAsync(new() { Catalogue = Catalogue, Task = VaultTask.Evict })).Evicted!;
        Assert.Equal((2, 11, 0), (evicted.Objects, evicted.Bytes, evicted.LandingBytes));
        Assert.Empty(Directory.EnumerateFiles(_directory["landing/objects"], "*", SearchOption.AllDirectories));

        VaultDocument planned = await ThawAsync("photos/é", dryRun: true);
        Assert.Equal((1, 6), (Assert.Single(planned.Thawed!.Discs).Objects, planned.Thawed.Discs[0].Bytes));
        VaultDocument thawed = await ThawAsync("photos/é");
        Assert.Equal((Outcome.Done, 1, 1), (thawed.Outcome, thawed.Thawed!.Asked, thawed.Thawed.Fetched));
        VaultDocument listed = await RunAsync(new() { Catalogue = Catalogue, Task = VaultTask.Ls, What = "photos" });
        Assert.Equal([Standing.Cold, Standing.Warm], listed.Objects!.Select(one => one.State));
        Assert.Equal("second", await ReadAsync("é/%.."));
        Assert.False(Directory.Exists(_directory["landing/fetching"]));
    }

    [Fact]
    public async Task Objects_are_burned_as_often_as_was_promised()
    {
        await InitAsync(copies: 2);
        await PutAsync("a/one", "first");
        SimulatedBurner drive = new(Profile.DvdPlusR);
        int inserted = 1;
        void Next(SimulatedBurner changed)
        {
            inserted++;
            changed.Insert(Profile.DvdPlusR);
        }

        drive.NextDiscs.Enqueue(Next);
        Work work = SmallVaultWork with
        {
            Equipment = SmallVaultWork.Equipment with { DrivePaths = () => [drive.Path], Burner = Burner.With(path => path == drive.Path ? drive : null, TimeProvider.System, _ => { }) },
            Fetcher = new NoDisc(),
        };
        VaultRequest request = new() { Catalogue = Catalogue, Task = VaultTask.Pack, Plan = new() { Capacity = "cd" }, Directories = [_directory["images"]], Now = true, Burn = new() { Place = "bank" } };
        VaultDocument packed = await VaultVerb.Verb.RunAsync(request, work, CancellationToken.None);

        Assert.Equal((Outcome.Done, 2, 3), (packed.Outcome, packed.Burned!.CopiesVerified, Assert.Single(packed.Packed!.Discs).Copies)); // and the image
        Assert.Equal(_directory["images/archive_0000.iso"], Assert.Single(Images)); // an image more would be no copy elsewhere
        Assert.Equal(2, inserted);
        Assert.Equal((1, 0), ((await RunAsync(new() { Catalogue = Catalogue, Task = VaultTask.Evict })).Evicted is { } evicted ? (evicted.Objects, evicted.LandingBytes) : default));

        VaultDocument again = await VaultVerb.Verb.RunAsync(request, work, CancellationToken.None);
        Assert.Equal((Outcome.Done, 0, 2), (again.Outcome, again.Burned!.Discs.Count, inserted)); // what holds is not burned again
    }

    [Fact]
    public async Task A_disc_that_can_not_be_burned_leaves_the_image_that_was_made()
    {
        await InitAsync(copies: 1);
        await PutAsync("a/one", "first");
        VaultRequest request = new() { Catalogue = Catalogue, Task = VaultTask.Pack, Plan = new() { Capacity = "cd" }, Directories = [_directory["images"]], Now = true, Burn = new() { Drives = [_directory["none"]] } };
        VaultDocument packed = await RunAsync(request);

        Assert.NotEqual(Outcome.Done, packed.Outcome);
        Assert.Equal((1, 1), (Images.Length, packed.Packed!.Discs[0].Copies));
        Assert.Equal("usage", await CodeAsync(request with { Burn = new() { Copies = 0 } }));
    }

    [Fact]
    public async Task A_disc_of_a_vault_is_one_of_any_archive()
    {
        await InitAsync();
        await PutAsync("a/one", "first", "a", "both file and folder", "x/../y", "dots");
        await PackAsync();
        await Spindle.Station.Restoring.RestoreVerb.Verb.RunAsync(new(null, new() { Sources = [_directory["images"]], Target = _directory["out"] }), SmallVaultWork, CancellationToken.None);
        Assert.Equal("first", await File.ReadAllTextAsync(_directory["out/photos/a/one"]));
        Assert.Equal("both file and folder", await File.ReadAllTextAsync(_directory["out/photos/a%="]));
        Assert.Equal("dots", await File.ReadAllTextAsync(_directory["out/photos/x/%2E%2E/y"]));
    }

    [Fact]
    public async Task What_was_stopped_is_gone_on_with()
    {
        await InitAsync(copies: 3);
        await PutAsync("one", "first");
        await PackAsync();
        File.Delete(_directory["images/copy-3/archive_0000.iso"]);
        await using (OpenVault vault = OpenVault.Open(Catalogue, TimeProvider.System))
        {
            await vault.Objects.WriteAsync(rows =>
            {
                rows.Database.Run("DELETE FROM event WHERE copy = (SELECT max(id) FROM copy); DELETE FROM copy WHERE id = (SELECT max(id) FROM copy)");
                return true;
            });
        }

        PackedDiscPart disc = Assert.Single((await PackAsync()).Packed!.Discs);
        Assert.Equal((3, _directory["images/copy-3/archive_0000.iso"]), (disc.Copies, Assert.Single(disc.Images)));
    }

    [Fact]
    public async Task What_has_rotted_in_the_landing_comes_onto_no_disc()
    {
        await InitAsync();
        await PutAsync("one", "first", "two", "second");
        string file = Directory.EnumerateFiles(_directory["landing/objects"], "*", SearchOption.AllDirectories).Single(path => File.ReadAllText(path) == "first");
        await File.WriteAllTextAsync(file, "fIrst");
        VaultDocument packed = await PackAsync();
        Assert.Equal(Outcome.Lacking, packed.Outcome);
        Failure concern = Assert.Single(packed.Concerns);
        Assert.Equal("object-changed", concern.Code);
        Assert.Contains("photos/one", concern.What, StringComparison.Ordinal);
        Assert.Equal(new AmountPart(1, 5), (await StatusAsync()).Landed);
    }

    [Fact]
    public async Task What_is_damaged_on_its_only_disc_is_said_to_be_lost_and_another_copy_gives_it()
    {
        await InitAsync();
        await PutAsync("one", new string('x', 100_000));
        await PackAsync();
        await RunAsync(new() { Catalogue = Catalogue, Task = VaultTask.Evict });
        File.Copy(_directory["images/archive_0000.iso"], _directory["copy.iso"]);
        byte[] image = await File.ReadAllBytesAsync(_directory["images/archive_0000.iso"]);
        int at = image.AsSpan().IndexOf(Encoding.ASCII.GetBytes(new string('x', 5000)));
        image[at + 3000] ^= 1;
        await File.WriteAllBytesAsync(_directory["images/archive_0000.iso"], image);

        VaultDocument lost = await ThawAsync("photos");
        Assert.Equal((Outcome.Lacking, "object-lost"), (lost.Outcome, Assert.Single(lost.Concerns).Code));
        Assert.Equal(new AmountPart(1, 100_000), (await StatusAsync()).Lost);
        VaultDocument again = await RunAsync(new() { Catalogue = Catalogue, Task = VaultTask.Thaw, What = "photos", Sources = [_directory["copy.iso"]] });
        Assert.Equal((Outcome.Done, 1), (again.Outcome, again.Thawed!.Fetched));
    }

    [Fact]
    public async Task A_disc_that_is_not_at_hand_is_waited_for()
    {
        await InitAsync();
        await PutAsync("one", "first");
        await PackAsync();
        await RunAsync(new() { Catalogue = Catalogue, Task = VaultTask.Evict });
        Directory.Move(_directory["images"], _directory["away"]);
        VaultDocument wanted = await ThawAsync("photos");
        Assert.Equal((Outcome.Lacking, 0), (wanted.Outcome, wanted.Thawed!.Fetched));
        Assert.Equal("spindle", Assert.Single(Assert.Single(wanted.Wanted!).By));
        Assert.Equal(Outcome.Lacking, (await RunAsync(new() { Catalogue = Catalogue, Task = VaultTask.Wanted })).Outcome);
        Assert.Equal(1, (await RunAsync(new() { Catalogue = Catalogue, Task = VaultTask.Thaw, Sources = [_directory["away"]] })).Thawed!.Fetched);
        Assert.Equal(Outcome.Done, (await RunAsync(new() { Catalogue = Catalogue, Task = VaultTask.Wanted })).Outcome);
    }

    [Fact]
    public async Task A_copy_that_is_missing_and_can_t_be_made_is_said()
    {
        await InitAsync(copies: 2);
        await PutAsync("one", "first");
        await PackAsync();
        await using (OpenVault vault = OpenVault.Open(Catalogue, TimeProvider.System))
        {
            await vault.Objects.WriteAsync(rows =>
            {
                rows.Database.Run("UPDATE event SET verdict = 'damaged' WHERE copy = (SELECT max(id) FROM copy)");
                return true;
            });
        }

        Directory.Move(_directory["images"], _directory["away"]);
        Assert.Equal("too-few-copies", Assert.Single((await PackAsync()).Concerns).Code);
    }

    [Fact]
    public async Task Rules_are_set_and_told()
    {
        await InitAsync();
        await PutAsync("one", "first");
        VaultDocument set = await RunAsync(new() { Catalogue = Catalogue, Task = VaultTask.Rules, What = "photos", Rules = new() { SmallestSize = "1MB", Worm = true, DefaultClass = "GLACIER" } });
        BucketRules rules = Assert.Single(set.Buckets!).Rules;
        Assert.Equal((1_000_000, true, "GLACIER", false), (rules.SmallestSize, rules.Worm, rules.DefaultClass, rules.Hold));
        set = await RunAsync(new() { Catalogue = Catalogue, Task = VaultTask.Rules, What = "photos", Rules = new() { DefaultClass = "none" } });
        Assert.Equal((1_000_000, null), (set.Buckets![0].Rules.SmallestSize, set.Buckets[0].Rules.DefaultClass));
        Assert.Equal("no-such-bucket", await CodeAsync(new() { Catalogue = Catalogue, Task = VaultTask.Rules, What = "other" }));
        Assert.Equal("no-such-bucket", await CodeAsync(new() { Catalogue = Catalogue, Task = VaultTask.Ls, What = "other/x" }));
    }

    [Fact]
    public async Task A_disc_is_made_anew_of_what_is_here_and_refused_while_it_is_not()
    {
        await InitAsync();
        await PutAsync("one", "first");
        await PackAsync();
        byte[] image = await File.ReadAllBytesAsync(_directory["images/archive_0000.iso"]);
        await WriteAsync();
        Assert.Equal(image, await File.ReadAllBytesAsync(_directory["other/archive_0000.iso"]));
        Directory.Delete(_directory["other"], recursive: true);
        await RunAsync(new() { Catalogue = Catalogue, Task = VaultTask.Evict });
        Assert.Equal("objects-not-here", (await Assert.ThrowsAsync<OperationFailedException>(WriteAsync)).Failure.Code);
        Assert.Empty(Directory.EnumerateFiles(_directory["other"]));

        Task WriteAsync() => Spindle.Station.Archiving.WriteVerb.Verb.RunAsync(new(Catalogue, 0, new() { Directory = _directory["other"] }), SmallVaultWork, CancellationToken.None);
    }

    [Theory]
    [InlineData(0)] // the image is put back where it was
    [InlineData(1)] // it comes in the only drive
    [InlineData(2)] // in one of two
    public async Task A_disc_that_somebody_brings_is_found_without_a_word_where_it_is(int drives)
    {
        await InitAsync();
        await PutAsync("one", "first");
        await PackAsync();
        await RunAsync(new() { Catalogue = Catalogue, Task = VaultTask.Evict });
        (string image, string away, string drive) = (_directory["images/archive_0000.iso"], _directory["away.iso"], _directory["drive"]);
        File.Move(image, away);
        int asked = 0;
        Work work = SmallVaultWork with
        {
            Equipment = SmallVaultWork.Equipment with { DrivePaths = () => drives == 2 ? [_directory["empty"], drive] : drives == 1 ? [drive] : [] },
            Fetcher = new Bringer(() => File.Move(away, asked++ == 0 ? drives == 0 ? image : drive : throw new InvalidOperationException("it was asked for twice"))),
        };

        VaultDocument thawed = await VaultVerb.Verb.RunAsync(new() { Catalogue = Catalogue, Task = VaultTask.Thaw, What = "photos", Wait = true }, work, CancellationToken.None);

        Assert.Equal((Outcome.Done, 1, 1), (thawed.Outcome, thawed.Thawed!.Fetched, asked));
        Assert.Equal("first", await ReadAsync("one"));
    }

    [Fact]
    public async Task One_fetches_at_a_time()
    {
        await InitAsync();
        await PutAsync("one", "first");
        await PackAsync();
        await RunAsync(new() { Catalogue = Catalogue, Task = VaultTask.Evict });
        Task<VaultDocument> waiting;
        using (FileLock other = FileLock.TryTake(_directory["landing/fetching-lock"])!)
        {
            waiting = ThawAsync("photos");
            await Task.Delay(300);
            Assert.False(waiting.IsCompleted);
            Assert.Equal(new AmountPart(1, 5), (await StatusAsync()).Queued);
        }

        Assert.Equal(1, (await waiting).Thawed!.Fetched);
    }

    [Theory]
    [InlineData(VaultTask.Init, "usage")]
    [InlineData(VaultTask.Pack, "usage")]
    [InlineData(VaultTask.Rules, "usage")]
    public async Task What_is_not_said_is_asked_for(VaultTask task, string code)
    {
        if (task != VaultTask.Init)
        {
            await InitAsync();
        }

        Assert.Equal(code, await CodeAsync(new() { Catalogue = Catalogue, Task = task }));
    }

    [Fact]
    public async Task A_file_that_is_another_image_is_left_alone()
    {
        await InitAsync(copies: 2);
        await PutAsync("one", "first");
        Directory.CreateDirectory(_directory["images/copy-2"]);
        _directory.Write("images/copy-2/archive_0000.iso", "mine"u8);
        Assert.Equal("output-exists", (await Assert.ThrowsAsync<OperationFailedException>(() => PackAsync())).Failure.Code);
        Assert.Equal("mine", await File.ReadAllTextAsync(_directory["images/copy-2/archive_0000.iso"]));
    }

    private static Work SmallVaultWork { get; } = new(Equipment.OfThisMachine(), new Progress<WorkProgress>(), new SameAnswer(false));

    private sealed class Bringer(Action bring) : IDiscFetcher
    {
        public string? Fetch(DiscWanted disc, CancellationToken cancellationToken)
        {
            bring();
            return "";
        }
    }

    private sealed class NoDisc : IDiscFetcher
    {
        public string? Fetch(DiscWanted disc, CancellationToken cancellationToken) => null;
    }

    private static Task<VaultDocument> RunAsync(VaultRequest request) => VaultVerb.Verb.RunAsync(request, SmallVaultWork, CancellationToken.None);

    private static async Task<string> CodeAsync(VaultRequest request) => (await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(request))).Failure.Code;

    private Task<VaultDocument> InitAsync(int copies = 1) => RunAsync(new() { Catalogue = Catalogue, Task = VaultTask.Init, Landing = _directory["landing"], Copies = copies });

    private Task<VaultDocument> PackAsync(bool now = true) => RunAsync(new() { Catalogue = Catalogue, Task = VaultTask.Pack, Plan = new() { Capacity = "cd" }, Directories = [_directory["images"]], Now = now });

    private Task<VaultDocument> ThawAsync(string what, bool dryRun = false) => RunAsync(new() { Catalogue = Catalogue, Task = VaultTask.Thaw, What = what, DryRun = dryRun });

    private async Task<VaultStatusPart> StatusAsync() => (await RunAsync(new() { Catalogue = Catalogue, Task = VaultTask.Status })).Status!;

    private async Task<string> ReadAsync(string key)
    {
        await using OpenVault vault = OpenVault.Open(Catalogue, TimeProvider.System);
        return await File.ReadAllTextAsync(vault.Landing.PathOf(vault.Objects.Read(rows => ObjectRows.Find(rows, Buckets.Find(rows, "photos")!.Id, key)!.File!)));
    }

    private async Task PutAsync(params string[] keysAndContents)
    {
        await using OpenVault vault = OpenVault.Open(Catalogue, TimeProvider.System);
        VaultBucket bucket = (await vault.Objects.WriteAsync(rows => Buckets.Add(rows, "photos", "me", "", DateTimeOffset.UtcNow) ?? Buckets.Find(rows, "photos")))!;
        foreach (string[] pair in keysAndContents.Chunk(2))
        {
            await using IncomingFile file = new(vault.Landing, null);
            await file.TakeAsync(new MemoryStream(Encoding.UTF8.GetBytes(pair[^1])), long.MaxValue - 1, CancellationToken.None);
            Sums sums = await file.EndAsync();
            await vault.Objects.WriteAsync(rows => ObjectRows.Put(rows, bucket.Id, new()
            {
                Id = 0,
                Key = pair[0],
                Size = file.Length,
                ETag = Convert.ToHexStringLower(sums.Md5),
                Sha256 = sums.Sha256,
                Modified = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
                StorageClass = null,
                File = file.Name,
                Content = null,
                Until = null,
                Lost = null,
                Detail = ObjectDetail.None,
            }, "me"));
            file.Keep();
        }
    }
}
