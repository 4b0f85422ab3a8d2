// SPDX-License-Identifier: MIT
using System.IO.Compression;
using System.Text;
using Spindle.Catalogue.Documents;
using Spindle.Restoring.Tests.Shelf;

namespace Spindle.Restoring.Tests.Shelf;

public sealed class DiscIdentityTests
{
    private const string Catalogue = $$"""
        {
        "schema": "spindle/catalogue/1",
        "uuid": "{{HandmadeDisc.Archive}}",
        "scan": 2,
        "plan": 1,
        "scans": [
        {"id": 1, "source": "/home", "prefix": "", "started": "2024-01-01T00:00:00Z"}
        ],
        "plans": [
        {"id": 1, "uuid": "99999999-0000-0000-0000-000000000000", "created": "2024-02-03T04:05:06Z", "scan": 2, "capacity": 1000, "detail": 0}
        ],
        "discs": [
        {"number": 2, "plan": 1, "uuid": "22222222-2222-3333-4444-555555555555", "label": "SPINDLE_2"},
        {"number": 3, "plan": 1, "uuid": "{{HandmadeDisc.Uuid}}", "label": "SPINDLE_3"}
        ],
        "contents": [
        {"size": 3, "sha256": "0000000000000000000000000000000000000000000000000000000000000001"}
        ],
        "entries": [
        {"path": "a", "kind": "file", "number": 9, "plan": 1, "label": "SPINDLE_3"}
        ]
        }
        """;

    [Fact]
    public void A_disc_says_who_it_is()
    {
        DiscIdentity identity = DiscIdentity.Parse(Encoding.UTF8.GetBytes(HandmadeDisc.Description(sha256: "ab", catalogue: "catalogue.json.gz")))!;

        Assert.Equal((Guid.Parse(HandmadeDisc.Archive), Guid.Parse(HandmadeDisc.Uuid), 3, "SPINDLE_3"), (identity.Archive, identity.Disc, identity.Number, identity.Label));
        Assert.Equal((new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.Zero), 2L), (identity.Planned, identity.Scan));
        Assert.Equal(("catalogue.json.gz", "ab"), (identity.CatalogueFile, identity.CatalogueSha256));
        Assert.True(identity is { IsKnown: true, HasParity: false, IsOdarchive: false });
    }

    [Fact]
    public void Check_data_are_told_of()
    {
        string description = HandmadeDisc.Description().Replace("\"plan\"", "\"parity\": {}, \"plan\"", StringComparison.Ordinal);

        Assert.True(DiscIdentity.Parse(Encoding.UTF8.GetBytes(description))!.HasParity);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("other.json")]
    public void Only_the_two_names_of_a_catalogue_are_taken(string file) =>
        Assert.Equal("catalogue.json", DiscIdentity.Parse(Encoding.UTF8.GetBytes(HandmadeDisc.Description(catalogue: file)))!.CatalogueFile);

    [Theory]
    [InlineData("spindle/disc/1", "spindle/disc/9")]
    [InlineData("\"number\": 3", "\"number\": \"3\"")]
    [InlineData("\"number\": 3, ", "")]
    [InlineData("00112233-4455", "00112233x4455")]
    [InlineData("2024-05-06", "2024-05-36")]
    [InlineData("\"label\"", "\0label\"")]
    public void A_damaged_description_is_none(string sound, string damaged)
    {
        string description = HandmadeDisc.Description();
        Assert.Contains(sound, description, StringComparison.Ordinal);

        Assert.Null(DiscIdentity.Parse(Encoding.UTF8.GetBytes(description.Replace(sound, damaged, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"schema\": \"spindle/disc/1\"")]
    public void Another_document_is_no_description(string text) => Assert.Null(DiscIdentity.Parse(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_disc_whose_description_is_damaged_is_known_by_its_catalogue(bool isCompressed)
    {
        using HandmadeDisc made = new("\0\0\0\0");
        string file = isCompressed ? "catalogue.json.gz" : "catalogue.json";
        made.Write($"ARCHIVE/{file}", isCompressed ? Compressed(Catalogue) : Encoding.UTF8.GetBytes(Catalogue));
        made.Write("ARCHIVE/SHA256SUMS", $"{HandmadeDisc.Hash(7)}  ARCHIVE/{file}\n");

        using ArchiveDisc disc = made.Open();

        Assert.Equal(
            new DiscIdentity
            {
                Archive = Guid.Parse(HandmadeDisc.Archive),
                Disc = Guid.Parse(HandmadeDisc.Uuid),
                Number = 3,
                Label = "SPINDLE_3",
                Planned = new DateTimeOffset(2024, 2, 3, 4, 5, 6, TimeSpan.Zero),
                Scan = 2,
                CatalogueFile = file,
                CatalogueSha256 = HandmadeDisc.Hash(7),
            },
            disc.Identity);
    }

    [Fact]
    public void A_description_that_its_sum_does_not_prove_counts_less_than_the_catalogue()
    {
        using HandmadeDisc made = new(HandmadeDisc.Description(number: 8));
        made.Write("ARCHIVE/catalogue.json", Catalogue).Write("ARCHIVE/SHA256SUMS", $"{HandmadeDisc.Hash(1)}  ARCHIVE/disc.json\n");
        using ArchiveDisc corrected = made.Open();

        made.Write("ARCHIVE/SHA256SUMS", $"{HandmadeDisc.Sha256(HandmadeDisc.Description(number: 8))}  ARCHIVE/disc.json\n");
        using ArchiveDisc proven = made.Open();

        Assert.Equal((3, 8), (corrected.Identity.Number, proven.Identity.Number));
    }

    [Fact]
    public void A_description_without_proof_or_catalogue_is_better_than_nothing()
    {
        using HandmadeDisc made = new(HandmadeDisc.Description(number: 8));
        made.Write("ARCHIVE/SHA256SUMS", $"{HandmadeDisc.Hash(1)}  ARCHIVE/disc.json\n");

        using ArchiveDisc disc = made.Open();

        Assert.Equal(8, disc.Identity.Number);
    }

    [Fact]
    public void A_disc_of_which_nothing_is_left_is_a_disc_all_the_same()
    {
        using HandmadeDisc made = new("\0\0\0\0");

        using ArchiveDisc disc = made.Open();

        Assert.True(disc.Identity is { IsKnown: false, Label: "SPINDLE_3", Number: -1, CatalogueSha256: "" });
        Assert.Equal(Guid.Empty, disc.Identity.Archive);
    }

    [Theory]
    [InlineData("\"uuid\": \"00112233", "\"uuid\": \"x0112233")] // the archive's own name
    [InlineData("\"label\": \"SPINDLE_3\"}\n]", "\"label\": \"SPINDLE_4\"}\n]")] // this disc
    [InlineData("\"created\": \"2024-02-03", "\"created\": \"2024-02-33")] // its plan
    [InlineData("{\"number\": 3,", "{\"number\": -3,")]
    public void A_catalogue_that_does_not_speak_of_the_disc_leaves_it_unknown(string sound, string damaged)
    {
        string catalogue = Catalogue.ReplaceLineEndings("\n");
        Assert.Contains(sound, catalogue, StringComparison.Ordinal);
        using HandmadeDisc made = new("\0\0\0\0");
        made.Write("ARCHIVE/catalogue.json", catalogue.Replace(sound, damaged, StringComparison.Ordinal));

        using ArchiveDisc disc = made.Open();

        Assert.False(disc.Identity.IsKnown);
    }

    private static byte[] Compressed(string text)
    {
        using MemoryStream bytes = new();
        using (GZipStream compressed = new(bytes, CompressionLevel.Fastest))
        {
            compressed.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }
}
