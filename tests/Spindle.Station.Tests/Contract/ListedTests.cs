// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Serialization;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Tests.Contract;

public sealed partial class ListedTests
{
    [Fact]
    public void What_ends_a_list_early_is_told_behind_it()
    {
        using CancellationTokenSource stop = new();
        Sample stopped = new(new(Numbers(() => stop.Cancel()), stop.Token));
        Sample failed = new(new(Numbers(() => throw new OperationFailedException(new("catalogue-failed", "its storage is gone"))), CancellationToken.None));

        JsonElement stoppedJson = JsonSerializer.SerializeToElement(stopped, SampleJson.Default.Sample);
        JsonElement failedJson = JsonSerializer.SerializeToElement(failed, SampleJson.Default.Sample);

        Assert.Equal([1, 2, 3], stoppedJson.GetProperty("Items").EnumerateArray().Select(item => item.GetInt32()));
        Assert.Equal("cancelled", stoppedJson.GetProperty("Ended").GetProperty("Code").GetString());
        Assert.Equal([1, 2], failedJson.GetProperty("Items").EnumerateArray().Select(item => item.GetInt32()));
        Assert.Equal("catalogue-failed", failedJson.GetProperty("Ended").GetProperty("Code").GetString());
    }

    [Fact]
    public void A_list_that_came_to_its_end_has_no_such_word()
    {
        Sample whole = new(new([1, 2, 3], CancellationToken.None));

        JsonElement json = JsonSerializer.SerializeToElement(whole, SampleJson.Default.Sample);

        Assert.Equal(3, json.GetProperty("Items").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("Ended").ValueKind);
    }

    [Fact]
    public void A_list_is_written_while_it_is_read()
    {
        using CountedStream written = new();
        long most = 0;
        Sample many = new(new(Enumerable.Range(0, 1_000_000).Select(number =>
        {
            most = Math.Max(most, (number * 8L) - written.Bytes);
            return number;
        }), CancellationToken.None));

        JsonSerializer.Serialize(written, many, SampleJson.Default.Sample);

        Assert.True(written.Bytes > 6_000_000);
        Assert.InRange(most, 0, 2_000_000); // what is read and not written yet
    }

    private static IEnumerable<int> Numbers(Action between)
    {
        yield return 1;
        yield return 2;
        between();
        yield return 3; // what was on its way when it was stopped
        yield return 4;
    }

    internal sealed record Sample(Listed<int> List)
    {
        public IEnumerable<int> Items => List;

        public Failure? Ended => List.Ended;

        [JsonIgnore]
        public Listed<int> List { get; } = List;
    }

    [JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
    [JsonSerializable(typeof(Sample))]
    internal sealed partial class SampleJson : JsonSerializerContext;

    private sealed class CountedStream : MemoryStream
    {
        public long Bytes { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer) => Bytes += buffer.Length;

        public override void Write(byte[] buffer, int offset, int count) => Bytes += count;
    }
}
