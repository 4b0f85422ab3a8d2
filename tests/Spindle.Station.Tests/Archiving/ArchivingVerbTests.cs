// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Burning.Running;
using Spindle.Drives.Mmc;
using Spindle.Media;
using Spindle.Station.Archiving;
using Spindle.Station.Burning;
using Spindle.Station.Contract;
using Spindle.Station.Restoring;
using Spindle.Testing;
using Spindle.Testing.Burning;

namespace Spindle.Station.Tests.Archiving;

/// <summary>There and back: a tree onto a disc, and from it, by verbs alone.</summary>
public sealed class ArchivingVerbTests : IDisposable
{
    private static readonly PlanChoice Cds = new() { Capacity = "cd" };

    private readonly TempDirectory _directory = new();

    public ArchivingVerbTests()
    {
        Directory.CreateDirectory(_directory["tree"]);
        File.WriteAllText(_directory["tree/a"], "a");
        File.WriteAllText(_directory["tree/b"], "b");
    }

    [Fact]
    public async Task A_tree_goes_onto_a_disc_and_comes_back()
    {
        ArchiveDocument archived = await ArchiveAsync();
        RestoreDocument restored = await RestoreAsync(new() { Sources = [_directory["out"]], Target = _directory["back"] });

        Assert.Equal((Outcome.Done, 1, 2), (archived.Outcome, archived.Discs.Count, archived.Sources[0].Files));
        Assert.True(Assert.Single(archived.Discs).Good);
        Assert.Equal((Outcome.Done, 2), (restored.Outcome, restored.FilesRestored));
        Assert.Equal("a", await File.ReadAllTextAsync(_directory["back/a"]));
        JsonElement plan = JsonSerializer.SerializeToElement(archived, ArchiveVerb.Verb.Document).GetProperty("plan");
        Assert.Equal("spindle/plan/1", plan.GetProperty("schema").GetString());
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Whether_names_alone_get_a_disc_is_asked(bool answer, int discs)
    {
        await ArchiveAsync();
        File.Move(_directory["tree/a"], _directory["tree/c"]);
        await ScanVerb.Verb.RunAsync(new(_directory["c.db"], new() { Sources = [_directory["tree"]] }), SmallCatalogue.Work, CancellationToken.None);

        PlanDocument plan = await PlanVerb.Verb.RunAsync(new(_directory["c.db"], Cds), SmallCatalogue.Work with { Answers = new SameAnswer(answer) }, CancellationToken.None);

        Assert.Equal(discs, plan.Discs.Count);
        Assert.Equal(answer ? Outcome.Done : Outcome.Lacking, plan.Outcome);
        Assert.Equal(answer, plan.NamesOnNoDisc is null);
    }

    [Fact]
    public async Task A_capacity_that_there_is_not_is_refused_before_anything_is_read()
    {
        OperationFailedException e = await Assert.ThrowsAsync<OperationFailedException>(() => ArchiveAsync(Cds with { Capacity = "floppy" }));

        Assert.Equal("usage", e.Failure.Code);
        Assert.Equal([_directory["tree"]], Directory.EnumerateFileSystemEntries(_directory.Path));
    }

    [Fact]
    public async Task What_is_only_tried_is_not_written()
    {
        await ScanVerb.Verb.RunAsync(new(_directory["c.db"], new() { Sources = [_directory["tree"]] }, WritesJson: false), SmallCatalogue.Work, CancellationToken.None);
        await PlanVerb.Verb.RunAsync(new(_directory["c.db"], Cds), SmallCatalogue.Work, CancellationToken.None);

        WriteDocument written = await WriteVerb.Verb.RunAsync(
            new(_directory["c.db"], Disc: null, new() { Directory = _directory["out"], DryRun = true }), SmallCatalogue.Work, CancellationToken.None);

        Assert.Null(Assert.Single(written.Discs).Image);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory["out"]));
        Assert.False(File.Exists(_directory["c.json"]));
    }

    [Fact]
    public async Task A_tree_is_burned_and_the_same_again_has_nothing_to_do()
    {
        SimulatedBurner drive = new(Profile.DvdPlusR, 20_000);

        ArchiveDocument archived = await BurnAsync(drive);
        ArchiveDocument again = await BurnAsync(drive);

        Assert.Equal((Outcome.Done, 1, new RememberedCopyPart(0, "A")), (archived.Outcome, archived.Burned!.CopiesVerified, archived.Burned.Discs[0].Remembered));
        Assert.True(drive.Contents(2048 * 100).SequenceEqual(File.ReadAllBytes(archived.Discs[0].Image!).AsSpan(0, 2048 * 100)));
        Assert.Equal((Outcome.Done, 0, 0), (again.Outcome, again.Discs.Count, again.Burned!.Discs.Count));
    }

    [Fact]
    public async Task What_was_made_is_told_where_it_can_not_be_burned()
    {
        SimulatedBurner drive = new(Profile.DvdPlusR, 20_000) { IsTrayOpen = true };

        ArchiveDocument archived = await BurnAsync(drive);

        Assert.Equal((Outcome.Failed, "tray-open", true), (archived.Outcome, archived.Error?.Code, archived.Discs[0].Good));
        drive.Insert(Profile.DvdPlusR, 20_000);
        Assert.Equal(1, (await BurnAsync(drive)).Burned!.CopiesVerified);
    }

    [Fact]
    public async Task A_spoiled_disc_lacks_in_the_archive()
    {
        SimulatedBurner drive = new(Profile.DvdPlusR, 20_000);
        _ = drive.Weak.Add(20);

        Assert.Equal(Outcome.Lacking, (await BurnAsync(drive)).Outcome);
    }

    [Fact]
    public async Task How_discs_are_to_be_burned_must_make_sense_before_anything_is_read()
    {
        OperationFailedException e = await Assert.ThrowsAsync<OperationFailedException>(() => BurnAsync(new(Profile.DvdPlusR), new() { Copies = 0 }));

        Assert.Equal("usage", e.Failure.Code);
        Assert.Equal([_directory["tree"]], Directory.EnumerateFileSystemEntries(_directory.Path));
    }

    public void Dispose() => _directory.Dispose();

    private Task<ArchiveDocument> BurnAsync(SimulatedBurner drive, BurnChoice? how = null) => ArchiveVerb.Verb.RunAsync(
        new(_directory["c.db"], new() { Sources = [_directory["tree"]], Job = "Job" }, Cds, new() { Directory = _directory["out"] }) { Burn = how ?? new() },
        SmallCatalogue.Work with { Equipment = Equipment.OfThisMachine() with { DrivePaths = () => ["/dev/sr0"], Burner = Burner.With(path => path == drive.Path ? drive : null, TimeProvider.System, _ => { }) } },
        CancellationToken.None);

    private Task<ArchiveDocument> ArchiveAsync(PlanChoice? plan = null) => ArchiveVerb.Verb.RunAsync(
        new(_directory["c.db"], new() { Sources = [_directory["tree"]], Job = "Job" }, plan ?? Cds, new() { Directory = _directory["out"] }), SmallCatalogue.Work, CancellationToken.None);

    private Task<RestoreDocument> RestoreAsync(Spindle.Restoring.RestoreRequest request) =>
        RestoreVerb.Verb.RunAsync(new(_directory["c.db"], request), SmallCatalogue.Work with { Equipment = Equipment.OfThisMachine() }, CancellationToken.None);
}
