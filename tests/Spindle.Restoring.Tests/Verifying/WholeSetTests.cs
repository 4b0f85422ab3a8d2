// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Restoring.Verifying;
using Spindle.Testing;

namespace Spindle.Restoring.Tests.Verifying;

/// <summary>A folder that a set of discs should be in: what is not a disc there, and which disc is not there.</summary>
public sealed class WholeSetTests : IDisposable
{
    private readonly TestArchive _archive = new();

    public void Dispose() => _archive.Dispose();

    [Theory]
    [InlineData("zeros")]
    [InlineData("empty")]
    [InlineData("cut")]
    [InlineData("directory")]
    [InlineData("gone")]
    public async Task A_disc_that_was_destroyed_is_never_passed_over(string how)
    {
        IReadOnlyList<string> images = await TwoDiscsAsync();
        byte[] bytes = File.ReadAllBytes(images[1]);
        switch (how)
        {
            case "zeros":
                bytes.AsSpan(0, 1 << 20).Clear();
                File.WriteAllBytes(images[1], bytes);
                break;
            case "empty":
                File.WriteAllBytes(images[1], []);
                break;
            case "cut":
                File.WriteAllBytes(images[1], bytes[..100_000]);
                break;
            case "directory":
                File.Delete(images[1]);
                Directory.CreateDirectory(images[1]);
                break;
            default:
                File.Delete(images[1]);
                break;
        }

        VerifyResult byDiscs = await VerifyAsync(null, _archive.Images);
        VerifyResult byCatalogue = await VerifyAsync(_archive.CataloguePath, _archive.Images);

        foreach (VerifyResult result in (VerifyResult[])[byDiscs, byCatalogue])
        {
            Assert.Equal(0, Assert.Single(result.Discs).Identity.Number);
            Assert.Equal(how == "gone" ? [] : [how == "empty" ? "empty-source" : "no-archive-disc"], result.Refused.Select(refused => refused.Code));
        }

        Assert.Equal(new MissingDisc(1, "TEST_0001", WasWritten: null), Assert.Single(byDiscs.Missing));
        Assert.Equal(new MissingDisc(1, "TEST_0001", WasWritten: true), Assert.Single(byCatalogue.Missing));
    }

    [Fact]
    public async Task An_earlier_disc_is_known_to_have_been_there()
    {
        IReadOnlyList<string> images = await TwoDiscsAsync();
        File.Delete(images[0]);

        Assert.Equal(new MissingDisc(0, "TEST_0000", WasWritten: true), Assert.Single((await VerifyAsync(null, _archive.Images)).Missing));
    }

    [Fact]
    public async Task A_whole_set_lacks_nothing_nor_does_a_disc_that_is_named_by_itself()
    {
        IReadOnlyList<string> images = await TwoDiscsAsync();

        Assert.All((VerifyResult[])[await VerifyAsync(null, _archive.Images), await VerifyAsync(null, images[0]), await VerifyAsync(_archive.CataloguePath, _archive.Images)], result =>
        {
            Assert.Empty(result.Missing);
            Assert.Empty(result.Refused);
            Assert.All(result.Discs, disc => Assert.True(disc.IsWhole));
        });
    }

    [Fact]
    public async Task A_whole_disc_of_no_archive_in_their_folder_is_told_of()
    {
        IReadOnlyList<string> images = await TwoDiscsAsync();
        File.Move(DiscImages.OfDirectory(_archive.Tree), Path.Combine(_archive.Images, "holidays.iso"));

        VerifyResult result = await VerifyAsync(null, _archive.Images);

        Assert.Equal(images.Count, result.Discs.Count);
        Assert.Empty(result.Refused);
        Failure other = Assert.Single(result.Concerns);
        Assert.Equal("other-disc", other.Code);
        Assert.Contains("holidays.iso", other.What, StringComparison.Ordinal);
    }

    private static Task<VerifyResult> VerifyAsync(string? catalogue, params string[] sources) =>
        new Verifier(openMedium: null, TimeProvider.System).RunAsync(new() { Sources = sources, Catalogue = catalogue }, new Progress<WorkProgress>(), CancellationToken.None);

    private async Task<IReadOnlyList<string>> TwoDiscsAsync()
    {
        _archive.Write("a", TestArchive.Bytes(1_500_000, 1));
        _archive.Write("b", TestArchive.Bytes(1_500_000, 2));
        IReadOnlyList<string> images = await _archive.ArchiveAsync(1400);
        Assert.Equal(2, images.Count);
        return images;
    }
}
