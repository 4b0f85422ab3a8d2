// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Burning.Running;
using Spindle.Drives.Mmc;
using Spindle.Media;
using Spindle.Restoring;
using Spindle.Station.Burning;
using Spindle.Station.Contract;
using Spindle.Testing;
using Spindle.Testing.Burning;

namespace Spindle.Station.Tests.Burning;

public sealed class BurnVerbTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly SimulatedBurner _drive = new(Profile.DvdPlusR);
    private readonly string _image;

    public BurnVerbTests() => _image = _directory.Write("disc.iso", [.. Enumerable.Range(0, 100 * 2048).Select(i => unchecked((byte)(i / 2048 + i)))]);

    [Fact]
    public async Task A_copy_is_told_with_all_that_is_known_of_it()
    {
        BurnDocument document = await BurnAsync(Of(_image) with { How = new() { Drives = ["/dev/sr0"] } });

        Assert.Equal(Outcome.Done, document.Outcome);
        Assert.Equal((204_800, 100, 1, false), (document.Images[0].Bytes, document.Images[0].Sectors, document.CopiesVerified, document.Images[0].Recorded));
        BurnedDiscPart disc = Assert.Single(document.Discs);
        Assert.Equal(("SPINDLE", "DVD+R", "sequential", 112, 100, 80), (disc.Vendor, disc.Kind, disc.Method, disc.SectorsOnDisc, disc.SectorsCompared, disc.LowestBufferPercent));
        Assert.Equal("verified", JsonSerializer.SerializeToElement(document, BurnVerb.Verb.Document).GetProperty("discs")[0].GetProperty("state").GetString());
        Assert.Contains("burning", disc.Seconds.Keys);
    }

    [Fact]
    public async Task The_only_drive_need_not_be_named() => Assert.Equal(Outcome.Done, (await BurnAsync(Of(_image))).Outcome);

    [Fact]
    public async Task A_spoiled_disc_is_no_copy()
    {
        _ = _drive.Weak.Add(7);

        BurnDocument document = await BurnAsync(Of(_image));

        Assert.Equal((Outcome.Lacking, 0), (document.Outcome, document.CopiesVerified));
        Assert.Equal(["copy-differs", "copies-lacking"], document.Concerns.Select(concern => concern.Code));
        Assert.Equal([new SectorRangePart(7, 1)], document.Discs[0].Unreadable);
    }

    [Fact]
    public async Task The_next_blank_disc_is_asked_for_where_somebody_can_bring_it()
    {
        _drive.NextDiscs.Enqueue(drive => drive.Insert(Profile.DvdPlusR));
        Answers answers = new();

        BurnDocument document = await BurnAsync(Of(_image) with { How = new() { Copies = 2 } }, answers, new NoDisc());

        Assert.Equal((Outcome.Done, 2), (document.Outcome, document.CopiesVerified));
        Assert.Contains("Insert a blank disc into /dev/sr0 for copy 2", Assert.Single(answers.Told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_burn_that_is_stopped_ends_as_one()
    {
        using CancellationTokenSource stop = new();
        _drive.Writing = _ => stop.Cancel();

        BurnDocument document = await BurnAsync(Of(_image), stop: stop.Token);

        Assert.Equal((Outcome.Cancelled, "cancelled"), (document.Outcome, document.Error?.Code));
        Assert.Contains("spoiled", document.Discs[0].Error?.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000  disc.iso\n", "image-changed")]
    [InlineData("nonsense\n", null)]
    public async Task The_image_must_be_what_the_file_beside_it_says(string recorded, string? code)
    {
        _ = _directory.Write("disc.iso.sha256", System.Text.Encoding.UTF8.GetBytes(recorded));

        OperationFailedException? e = await Record.ExceptionAsync(() => BurnAsync(Of(_image))) as OperationFailedException;

        Assert.Equal(code, e?.Failure.Code);
        Assert.Equal(code is null, _drive.Orders.Any());
    }

    [Theory]
    [InlineData(0, null, "/dev/sr0")]
    [InlineData(101, null, "/dev/sr0")]
    [InlineData(1, 0, "/dev/sr0")]
    [InlineData(1, 1001, "/dev/sr0")]
    [InlineData(1, null, "/dev/sr0 /dev/sr0")]
    public async Task What_makes_no_sense_is_refused(int copies, int? speed, string drives) => Assert.Equal(
        "usage",
        (await Assert.ThrowsAsync<OperationFailedException>(() => BurnAsync(Of(_image) with { How = new() { Copies = copies, Speed = speed, Drives = drives.Split(' ') } }))).Failure.Code);

    [Theory]
    [InlineData("/dev/sr0", true)] // the one that burns
    [InlineData("/dev/sr1", false)] // nobody is there
    [InlineData(null, true)]
    public async Task A_disc_is_verified_in_another_drive_by_somebody(string? verifier, bool isSomebodyThere) => Assert.Equal(
        "usage",
        (await Assert.ThrowsAsync<OperationFailedException>(() => BurnAsync(
            Of(_image) with { How = new() { Verify = Spindle.Burning.BurnVerification.Other, Verifier = verifier } }, fetcher: isSomebodyThere ? new NoDisc() : null))).Failure.Code);

    [Fact]
    public async Task Of_several_drives_one_must_be_named()
    {
        Work work = WorkWith(new Answers(), null);
        work = work with { Equipment = work.Equipment with { DrivePaths = () => ["/dev/sr0", "/dev/sr1"] } };

        Assert.Equal("usage", (await Assert.ThrowsAsync<OperationFailedException>(() => BurnVerb.Verb.RunAsync(Of(_image), work, CancellationToken.None))).Failure.Code);
    }

    public void Dispose() => _directory.Dispose();

    private static BurnImagesRequest Of(params string[] images) => new() { Images = images };

    private Task<BurnDocument> BurnAsync(BurnImagesRequest request, IAnswers? answers = null, IDiscFetcher? fetcher = null, CancellationToken stop = default) =>
        BurnVerb.Verb.RunAsync(request, WorkWith(answers ?? new SameAnswer(false), fetcher), stop);

    private Work WorkWith(IAnswers answers, IDiscFetcher? fetcher) => new(
        Equipment.OfThisMachine() with
        {
            DrivePaths = () => ["/dev/sr0"],
            Burner = Burner.With(path => path == _drive.Path ? _drive : null, TimeProvider.System, _ => { }),
        },
        new Progress<WorkProgress>(),
        answers,
        fetcher);

    private sealed class Answers : IAnswers
    {
        public List<string> Told { get; } = [];

        public Task<bool> ConfirmAsync(Question question, CancellationToken cancellationToken) => Task.FromResult(false);

        public void Tell(string what) => Told.Add(what);
    }

    private sealed class NoDisc : IDiscFetcher
    {
        public string? Fetch(DiscWanted disc, CancellationToken cancellationToken) => null;
    }
}
