// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Restoring.Tests;

/// <summary>What of an entry no column of the catalogue has.</summary>
public sealed class ExtrasTests
{
    [Fact]
    public void Tells_attributes_runs_devices_and_far_times()
    {
        Extras.Extra extra = Parse("""
            {"xattrs": [{"name": "user.a", "value": "AQI="}, {"nameBytes": "/2E=", "value": ""}], "data": [[0, 100], [4096, 5]], "device": [8, 1], "modified": [20000000000, 7]}
            """);

        Assert.Equal(["user.a: 0102", "FF61: "], extra.Attributes.Select((attribute, index) =>
            $"{(index == 0 ? Encoding.UTF8.GetString(attribute.Name) : Convert.ToHexString(attribute.Name))}: {Convert.ToHexString(attribute.Value)}"));
        Assert.Equal([(0L, 100L), (4096, 5)], extra.DataRuns!);
        Assert.Equal((8u, 1u), extra.Device);
        Assert.Equal((20_000_000_000, 7u), extra.Modified!.Value);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"data\"")]
    [InlineData("[\"data\"]")]
    [InlineData("{\"xattrs\": [{}]}")]
    [InlineData("{\"data\": [[1]]}")]
    [InlineData("{\"device\": 7}")]
    public void What_is_damaged_or_empty_tells_nothing(string json)
    {
        Extras.Extra extra = Parse(json);

        Assert.Empty(extra.Attributes);
        Assert.Null(extra.DataRuns);
        Assert.Null(extra.Modified);
        Assert.Equal(default, extra.Device);
    }

    private static Extras.Extra Parse(string json) => Extras.Parse(Encoding.UTF8.GetBytes(json));
}
