// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Testing;

namespace Spindle.Cli.Tests;

public sealed class ParityCommandTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task Tells_progress_as_JSON_lines_on_standard_error()
    {
        string image = _directory.Write("image.img", SimulatedDisc.Pattern(2_000 * 2048));

        CommandLine.Outcome outcome = await CommandLine.RunAsync("protect", image, "--redundancy", "20%", "--json", "--progress", "json");

        JsonElement[] lines = [.. outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["encoding", "verifying"], lines.Select(line => line.GetProperty("stage").GetString()).Distinct());
        Assert.Equal(lines[^1].GetProperty("total").GetInt64(), lines[^1].GetProperty("done").GetInt64());
        Assert.Equal("blocks", lines[^1].GetProperty("unit").GetString());
    }

    [Fact]
    public async Task Checks_and_mends_and_ends_with_the_codes_for_that()
    {
        byte[] payload = SimulatedDisc.Pattern(2_000 * 2048);
        string image = _directory.Write("image.img", payload);
        Assert.Equal(0, (await CommandLine.RunAsync("protect", image, "--redundancy", "20%")).Code);
        Assert.Equal(0, (await CommandLine.RunAsync("check", image)).Code);
        byte[] damaged = await File.ReadAllBytesAsync(image);
        damaged.AsSpan(500 * 2048, 30 * 2048).Clear();
        await File.WriteAllBytesAsync(image, damaged);

        CommandLine.Outcome found = await CommandLine.RunAsync("check", image, "--json");
        Assert.Equal(2, found.Code);
        Assert.Equal(30, found.Json().GetProperty("damage").GetProperty("checksumMismatches").GetInt32());
        Assert.Equal(0, (await CommandLine.RunAsync("repair", image)).Code);
        byte[] mended = await File.ReadAllBytesAsync(image);
        Assert.True(payload.AsSpan().SequenceEqual(mended.AsSpan(0, payload.Length)));
        Assert.Equal(0, (await CommandLine.RunAsync("check", image)).Code);
    }

    public void Dispose() => _directory.Dispose();
}
