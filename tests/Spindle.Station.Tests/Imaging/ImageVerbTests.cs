// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Imaging;
using Spindle.Imaging.Hashing;
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Station.Imaging;

namespace Spindle.Station.Tests.Imaging;

public sealed class ImageVerbTests : IDisposable
{
    private readonly SmallDisc _disc = new();

    [Fact]
    public async Task An_image_is_told_in_the_words_of_its_record()
    {
        ImageDocument document = await ImageAsync(Request);

        JsonElement json = JsonSerializer.SerializeToElement(document, ImageVerb.Verb.Document);
        Assert.Equal(["schema", "outcome", "verified"], json.EnumerateObject().Take(3).Select(key => key.Name));
        Assert.Equal("success", json.GetProperty("outcome").GetString());
        Assert.Equal(Outcome.Done, ((Document)document).Outcome);
        Assert.Equal(["md5", "sha256"], document.Readings[0].Hashes.Keys);
        Assert.Null(document.Catalogue);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whether_an_image_is_replaced_is_asked(bool answer)
    {
        await ImageAsync(Request);
        Task<ImageDocument> again = ImageVerb.Verb.RunAsync(Request, SmallCatalogue.Work with { Answers = new SameAnswer(answer) }, CancellationToken.None);

        if (answer)
        {
            Assert.Equal(ImagingOutcome.Success, (await again).Outcome);
        }
        else
        {
            Assert.Equal("already-exists", (await Assert.ThrowsAsync<OperationFailedException>(() => again)).Failure.Code);
        }
    }

    [Fact]
    public async Task A_disc_is_entered_where_a_catalogue_is_named_and_told_where_that_fails()
    {
        ImageDocument entered = await ImageAsync(Request with { Catalogue = _disc["c.db"], Place = "box 12" });
        Directory.CreateDirectory(_disc["d.db"]);
        ImageDocument not = await ImageAsync(Request with { Name = "second", Catalogue = _disc["d.db"] });

        Assert.Equal((_disc["c.db"], 2), (entered.Catalogue, entered.FilesEntered));
        Assert.Equal((ImagingOutcome.Success, Outcome.Lacking), (not.Outcome, ((Document)not).Outcome));
        Assert.NotEmpty(not.Warnings);
    }

    [Fact]
    public async Task A_disc_whose_image_must_not_be_relied_on_is_not_entered_and_that_is_told()
    {
        byte[] whole = await File.ReadAllBytesAsync(_disc.Whole, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(_disc["cut.iso"], whole[..(whole.Length / 2 / 2048 * 2048)], TestContext.Current.CancellationToken);

        ImageDocument cut = await ImageAsync(Request with { Source = _disc["cut.iso"], Catalogue = _disc["c.db"] });

        Assert.Equal((ImagingOutcome.Failed, null), (cut.Outcome, cut.Catalogue));
        Assert.Contains("not-entered", cut.Warnings.Select(warning => warning.Code));
        Assert.False(File.Exists(_disc["c.db"]));
    }

    [Fact]
    public async Task A_loop_is_for_drives()
    {
        OperationFailedException e = await Assert.ThrowsAsync<OperationFailedException>(() => ImageVerb.Loop.RunAsync(Request, SmallCatalogue.Work, CancellationToken.None));

        Assert.Equal("usage", e.Failure.Code);
    }

    [Fact]
    public void A_request_can_wait_as_JSON()
    {
        ImageRequest request = Request with { Hashes = null, Verify = VerifyMode.Disc, Speed = 4, Note = "cracked" };

        Assert.Equal(request, JsonSerializer.Deserialize(JsonSerializer.Serialize(request, ImageVerb.Verb.Request), ImageVerb.Verb.Request));
        Assert.Equal(ImagingRequest.DefaultHashes, request.ToImagingRequest().Hashes);
        Assert.Equal([HashKind.Crc32, HashKind.Md5], (request with { Hashes = ["CRC32", "md5", "crc32"] }).ToImagingRequest().Hashes);
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        ImageRequest[] requests = [Request with { Session = 0 }, Request with { Retries = -1 }, Request with { Speed = 0 }, Request with { Hashes = ["md6"] }, Request with { Charset = "klingon" }];

        Assert.All(requests, request => Assert.Equal("usage", Assert.Throws<OperationFailedException>(request.ToImagingRequest).Failure.Code));
    }

    public void Dispose() => _disc.Dispose();

    private ImageRequest Request => new() { Source = _disc.Whole, Directory = _disc["out"], Name = "copy" };

    private static Task<ImageDocument> ImageAsync(ImageRequest request) => ImageVerb.Verb.RunAsync(request, SmallCatalogue.Work, CancellationToken.None);
}
