// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Restoring.Verifying;
using Spindle.Station.Contract;
using Spindle.Station.Verifying;

namespace Spindle.Station.Tests.Verifying;

public sealed class VerifyDocumentTests
{
    private static readonly VerifiedDiscPart Whole = new(0, "Set_0000", Guid.Empty, "a.iso", DiscVerdict.Whole, 12, 0, 0, [], [], null, 2048, 2048);
    private static readonly VerifyDocument Good = new() { Discs = [Whole], Missing = [], Refused = [], Concerns = [new("catalogue-failed", "not entered")] };

    [Fact]
    public void All_holds_where_every_disc_is_whole_and_there() => Assert.Equal(Outcome.Done, Good.Outcome);

    [Fact]
    public void Something_is_lacking_where_a_disc_is_damaged_missing_or_refused()
    {
        Assert.Equal(Outcome.Lacking, (Good with { Discs = [Whole, Whole with { Verdict = DiscVerdict.Damaged }] }).Outcome);
        Assert.Equal(Outcome.Lacking, (Good with { Missing = [new(1, "Set_0001", true)] }).Outcome);
        Assert.Equal(Outcome.Lacking, (Good with { Refused = [new("no-archive-disc", "b.iso is none")] }).Outcome);
    }

    [Fact]
    public void Its_schema_comes_first_and_its_outcome_last()
    {
        JsonElement json = JsonSerializer.SerializeToElement(Good, VerifyVerb.Verb.Document);

        Assert.Equal(["schema", "discs", "missing", "refused", "concerns", "outcome"], json.EnumerateObject().Select(key => key.Name));
        Assert.Equal(("spindle/verify/1", "done"), (json.GetProperty("schema").GetString(), json.GetProperty("outcome").GetString()));
    }

    [Fact]
    public void A_request_is_data()
    {
        const string text = """{"sources":["/discs"],"share":0.1,"catalogue":"c.db"}""";

        VerifyRequest request = JsonSerializer.Deserialize(text, VerifyVerb.Verb.Request)!;

        Assert.Equal(("/discs", 0.1, "c.db"), (request.Sources[0], request.Share, request.Catalogue));
        Assert.Equal(text, JsonSerializer.SerializeToElement(request, VerifyVerb.Verb.Request).GetRawText().Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal));
    }
}
