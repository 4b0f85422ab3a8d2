// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Testing;

namespace Spindle.Cli.Tests.Commands;

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
    public async Task Parity_of_another_image_mends_nothing_without_a_yes()
    {
        byte[] payload = SimulatedDisc.Pattern(2_000 * 2048);
        string own = _directory.Write("own.img", payload);
        string ecc = _directory["own.ecc"];
        Assert.Equal(0, (await CommandLine.RunAsync("protect", own, "--redundancy", "20%", "--ecc", ecc)).Code);
        byte[] different = [.. payload];
        "another disc"u8.CopyTo(different.AsSpan(16 * 2048));
        string other = _directory.Write("other.img", different);

        CommandLine.Outcome check = await CommandLine.RunAsync("check", other, "--ecc", ecc, "--json");
        CommandLine.Outcome repair = await CommandLine.RunAsync("repair", other, "--ecc", ecc);
        CommandLine.Outcome refused = await CommandLine.RunAtTerminalAsync("n\n", "repair", other, "--ecc", ecc);
        byte[] left = await File.ReadAllBytesAsync(other);
        CommandLine.Outcome copied = await CommandLine.RunAsync("repair", other, "--ecc", ecc, "--to", _directory["copy.img"]);
        CommandLine.Outcome wanted = await CommandLine.RunAtTerminalAsync("y\n", "repair", other, "--ecc", ecc);

        Assert.Equal((2, true), (check.Code, check.Json().GetProperty("otherImage").GetBoolean()));
        Assert.Equal((1, 1, 0, 0), (repair.Code, refused.Code, copied.Code, wanted.Code));
        Assert.Contains("[other-parity]", repair.Error, StringComparison.Ordinal);
        Assert.Contains("[other-parity]", copied.Error, StringComparison.Ordinal);
        Assert.Equal(different, left);
        Assert.Equal(payload, await File.ReadAllBytesAsync(other));
        Assert.Equal(0, (await CommandLine.RunAsync("check", own, "--ecc", ecc)).Code);
        Assert.Empty(Directory.GetFiles(_directory.Path, "*journal*"));
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
