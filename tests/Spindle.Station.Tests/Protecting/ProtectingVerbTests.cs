// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.Health;
using Spindle.Station.Contract;
using Spindle.Station.Protecting;

namespace Spindle.Station.Tests.Protecting;

public sealed class ProtectingVerbTests : IDisposable
{
    private readonly SmallDisc _disc = new();
    private readonly string _image;

    public ProtectingVerbTests() => _image = _disc.Whole;

    [Fact]
    public async Task Protects_checks_and_mends()
    {
        byte[] original = await File.ReadAllBytesAsync(_image);
        await ProtectVerb.Verb.RunAsync(new() { Image = _image, Redundancy = 20 }, SmallCatalogue.Work, CancellationToken.None);
        CheckDocument good = await CheckAsync();
        Overwrite(100, 50);

        CheckDocument bad = await CheckAsync();
        RepairDocument mended = await RepairVerb.Verb.RunAsync(new(new(_image)), SmallCatalogue.Work, CancellationToken.None);

        Assert.Equal((Outcome.Done, HealthVerdict.Good), (good.Outcome, good.Health.Verdict));
        Assert.Equal((Outcome.Lacking, 50), (bad.Outcome, bad.Damage.ChecksumMismatches));
        Assert.Equal((Outcome.Done, 50, true), (mended.Outcome, mended.SectorsRestored, mended.Whole));
        Assert.True((await File.ReadAllBytesAsync(_image)).AsSpan(0, original.Length).SequenceEqual(original));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Parity_of_another_image_is_asked_about(bool answer)
    {
        string other = _disc.Cut(4_000_000);
        await using (FileStream file = new(other, FileMode.Open))
        {
            file.Position = 16 * 2048;
            file.Write(new byte[100]); // dvdisaster's fingerprint is of sector 16
        }

        await ProtectVerb.Verb.RunAsync(new() { Image = _image, ParityFile = _disc["ecc"] }, SmallCatalogue.Work, CancellationToken.None);
        File.Copy(other, _disc["mine"]);
        Asked asked = new(answer);
        Task<RepairDocument> repair = RepairVerb.Verb.RunAsync(new(new(_disc["mine"], _disc["ecc"])), SmallCatalogue.Work with { Answers = asked }, CancellationToken.None);

        if (answer)
        {
            await repair;
        }
        else
        {
            Assert.Equal("other-parity", (await Assert.ThrowsAsync<OperationFailedException>(() => repair)).Failure.Code);
            Assert.Equal(await File.ReadAllBytesAsync(other), await File.ReadAllBytesAsync(_disc["mine"]));
        }

        Assert.Equal("other-parity", Assert.Single(asked.Questions).Code);
    }

    [Fact]
    public async Task A_check_is_remembered_where_the_catalogue_knows_the_disc_and_told_where_it_does_not()
    {
        using SmallCatalogue catalogue = await SmallCatalogue.OfAsync("a");
        await ProtectVerb.Verb.RunAsync(new() { Image = _image }, SmallCatalogue.Work, CancellationToken.None);

        CheckDocument unsaid = await CheckVerb.Verb.RunAsync(new(new(_image), catalogue.Path), SmallCatalogue.Work, CancellationToken.None);
        CheckDocument asCopy = await CheckVerb.Verb.RunAsync(new(new(_image), catalogue.Path, Copy: "B"), SmallCatalogue.Work, CancellationToken.None);
        Task<CheckDocument> asDisc = CheckVerb.Verb.RunAsync(new(new(_image), catalogue.Path, Disc: 7), SmallCatalogue.Work, CancellationToken.None);

        Assert.Equal((null, 0), (unsaid.Remembered, unsaid.Warnings.Count));
        Assert.Equal((Outcome.Done, "disc-not-known"), (asCopy.Outcome, Assert.Single(asCopy.Warnings).Code));
        Assert.Equal("no-such-disc", (await Assert.ThrowsAsync<OperationFailedException>(() => asDisc)).Failure.Code);
    }

    [Theory]
    [InlineData(20.0, "bd")]
    [InlineData(null, "floppy")]
    public async Task Parity_that_makes_no_sense_is_refused(double? redundancy, string fill)
    {
        ProtectImageRequest request = new() { Image = _image, Redundancy = redundancy, Fill = fill };

        OperationFailedException e = await Assert.ThrowsAsync<OperationFailedException>(() => ProtectVerb.Verb.RunAsync(request, SmallCatalogue.Work, CancellationToken.None));

        Assert.Equal("usage", e.Failure.Code);
    }

    public void Dispose() => _disc.Dispose();

    private Task<CheckDocument> CheckAsync() => CheckVerb.Verb.RunAsync(new(new(_image)), SmallCatalogue.Work, CancellationToken.None);

    private void Overwrite(int sector, int count)
    {
        using FileStream file = new(_image, FileMode.Open);
        file.Position = sector * 2048;
        file.Write(new byte[count * 2048]);
    }

    private sealed class Asked(bool answer) : IAnswers
    {
        public List<Question> Questions { get; } = [];

        public void Tell(string what) => throw new InvalidOperationException(what);

        public Task<bool> ConfirmAsync(Question question, CancellationToken cancellationToken)
        {
            Questions.Add(question);
            return Task.FromResult(answer);
        }
    }
}
