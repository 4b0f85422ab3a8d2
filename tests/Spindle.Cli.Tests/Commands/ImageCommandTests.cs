// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.Json;
using Spindle.Cli.Commands;
using Spindle.Imaging;
using Spindle.Station.Demonstrating;
using Spindle.Station.Imaging;
using Spindle.Testing;

namespace Spindle.Cli.Tests.Commands;

public sealed class ImageCommandTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly string _disc;

    public ImageCommandTests() => _disc = _directory.Write("disc.iso", DemoDisc.Build());

    [Fact]
    public async Task What_the_label_says_goes_into_manifest_premis_and_catalogue()
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync(
            "image", _disc, "--dir", _directory["said"], "--identifier", "MS-1998/12", "--title", "Board \u001bminutes", "--note", "cracked case",
            "--premis", "--catalogue", _directory["said.db"], "--progress", "none");
        CommandLine.Outcome discs = await CommandLine.RunAsync("discs", "--catalogue", _directory["said.db"], "--json");

        Assert.Equal(0, outcome.Code);
        Assert.Contains("sectors in 0:00:0", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("no warnings", outcome.Output, StringComparison.Ordinal);
        string folder = Assert.Single(Directory.GetDirectories(_directory["said"]));
        JsonElement metadata = JsonDocument.Parse(await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(folder, "*_manifest.json")))).RootElement.GetProperty("backup_metadata");
        Assert.Equal(["MS-1998/12", "Board \u001bminutes", "cracked case"], new[] { "identifier", "title", "note" }.Select(key => metadata.GetProperty(key).GetString()));
        string premis = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(folder, "*_premis.xml")));
        Assert.Contains(">MS-1998/12<", premis, StringComparison.Ordinal);
        Assert.Contains(@">Board \x1bminutes<", premis, StringComparison.Ordinal);
        JsonElement imaged = discs.Json().GetProperty("imaged")[0];
        Assert.Equal(["MS-1998/12", "Board \u001bminutes", "cracked case"], new[] { "identifier", "title", "note" }.Select(key => imaged.GetProperty(key).GetString()));
    }

    [Theory]
    [InlineData("--filename", "box")]
    [InlineData("--session", "1")]
    [InlineData("--resume")]
    [InlineData("--map", "m")]
    [InlineData("--identifier", "x")]
    [InlineData("--title", "x")]
    [InlineData("--no-eject")]
    [InlineData("--dry-run")]
    public async Task A_loop_takes_nothing_that_is_of_one_disc(params string[] option)
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync(["image", "/dev/sr0", "--loop", .. option]);

        Assert.Equal(64, outcome.Code);
        Assert.Contains($"--loop and {option[0]} do not go together", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loop_needs_a_drive()
    {
        CommandLine.Outcome file = await CommandLine.RunAsync("image", _disc, "--loop", "--json");

        Assert.Equal(64, file.Code);
        Assert.Contains("--loop is for drives", file.Json().GetProperty("error").GetProperty("what").GetString(), StringComparison.Ordinal);
        Assert.Contains("no drive is named", (await CommandLine.RunAsync("image", "--loop")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_the_seeds_options()
    {
        ImageRequest request = Request("image", "/dev/sr0", "--filename", "box 1.iso", "--dir", "~/discs", "--operator", "anna", "--dry-run", "--no-verification");

        Assert.Equal("/dev/sr0", request.Source);
        Assert.Equal("box 1", request.Name);
        Assert.Equal(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "discs"), request.Directory);
        Assert.Equal("anna", request.Operator);
        Assert.True(request.DryRun);
        Assert.Equal(VerifyMode.None, request.Verify);
        Assert.Equal("spindle image /dev/sr0 --filename 'box 1.iso' --dir '~/discs' --operator anna --dry-run --no-verification", request.CommandLine);
    }

    [Fact]
    public void Has_the_defaults_that_the_help_tells()
    {
        ImageRequest request = Request("image", "/dev/sr0");

        Assert.Null(request.Name);
        Assert.Equal(".", request.Directory);
        Assert.Equal(["md5", "sha256"], request.Hashes);
        Assert.Equal(VerifyMode.Image, request.Verify);
        Assert.True(request.Eject);
        Assert.False(request.Overwrite || request.Resume || request.DryRun);
    }

    [Fact]
    public void Takes_every_further_option()
    {
        ImageRequest request = Request(
            "image", "/dev/sr0", "--hash", "SHA512, crc32,crc32", "--verify", "disc", "--retries", "7", "--speed", "4", "--map", "m.map", "--resume", "--no-eject", "--overwrite");

        Assert.Equal(["SHA512", "crc32", "crc32"], request.Hashes);
        Assert.Equal(VerifyMode.Disc, request.Verify);
        Assert.Equal((7, 4), (request.Retries, request.Speed));
        Assert.Equal("m.map", request.Map);
        Assert.True(request.Resume && request.Overwrite);
        Assert.False(request.Eject);
    }

    [Theory]
    [InlineData("--hash", "md6")]
    [InlineData("--retries", "-1")]
    [InlineData("--speed", "0")]
    [InlineData("--retries", "many")]
    [InlineData("--verify", "twice")]
    [InlineData("--filename", "a/b")]
    [InlineData("--filename", "..")]
    [InlineData("--filename", ".iso")]
    [InlineData("--nonsense", "1")]
    public async Task Rejects_what_makes_no_sense_with_exit_64(string option, string value)
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync("image", _disc, "--dir", _directory.Path, option, value);

        Assert.Equal(64, outcome.Code);
        Assert.NotEmpty(outcome.Error);
        Assert.Equal([_disc], Directory.EnumerateFileSystemEntries(_directory.Path));
    }

    [Fact]
    public async Task Tells_wrong_usage_as_JSON_where_asked()
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync("image", _disc, "--nonsense", "--json");

        Assert.Equal(64, outcome.Code);
        Assert.Equal("usage", outcome.Json().GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Needs_a_source_where_nobody_can_be_asked()
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync("image");

        Assert.Equal(64, outcome.Code);
        Assert.Contains("no source is named", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_what_it_read_and_that_it_agrees()
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync("image", _disc, "--dir", _directory.Path, "--filename", "copy", "--hash", "md5");

        Assert.Equal(0, outcome.Code);
        string[] lines = outcome.Output.Split('\n');
        Assert.StartsWith("MD5 (ISO):      ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("MD5 (Raw Disk): ", lines[1], StringComparison.Ordinal);
        Assert.Equal(lines[0][16..], lines[1][16..]);
        Assert.Equal("Checksum match: ISO is a true bit-for-bit copy.", lines[2]);
        Assert.Contains("Copying 8.05 MB of 8.05 MB (100 %)", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claims_no_match_where_nothing_was_compared()
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync("image", _disc, "--dir", _directory.Path, "--filename", "copy", "--verify", "none");

        Assert.Equal(0, outcome.Code);
        Assert.DoesNotContain("match", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Not verified", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prints_errors_only_when_quiet()
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync("image", _disc, "--dir", _directory.Path, "--filename", "copy", "--quiet");

        Assert.Equal(new(0, "", ""), outcome);
    }

    [Fact]
    public async Task Prints_one_JSON_document()
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync("image", _disc, "--dir", _directory.Path, "--filename", "copy", "--json");

        Assert.Equal("spindle/image/1", outcome.Json().GetProperty("schema").GetString());
        Assert.Equal("success", outcome.Json().GetProperty("outcome").GetString());
        Assert.True(outcome.Json().GetProperty("verified").GetBoolean());
        Assert.Equal(["disc", "image"], outcome.Json().GetProperty("readings").EnumerateArray().Select(r => r.GetProperty("what").GetString()));
    }

    [Fact]
    public async Task Prints_one_JSON_document_on_failure_too()
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync("image", _directory["none.iso"], "--dir", _directory.Path, "--json");

        Assert.Equal(1, outcome.Code);
        JsonElement error = outcome.Json().GetProperty("error");
        Assert.Equal("no-such-source", error.GetProperty("code").GetString());
        Assert.Contains("none.iso", error.GetProperty("what").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_progress_as_JSON_lines_on_standard_error()
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync(
            "image", _disc, "--dir", _directory.Path, "--filename", "copy", "--json", "--progress", "json");

        JsonElement[] lines = [.. outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["copying", "verifying-image"], lines.Select(line => line.GetProperty("stage").GetString()).Distinct());
        Assert.Equal(lines[^1].GetProperty("total").GetInt64(), lines[^1].GetProperty("done").GetInt64());
    }

    [Fact]
    public async Task Asks_before_it_replaces_an_image()
    {
        string[] command = ["image", _disc, "--dir", _directory.Path, "--filename", "copy"];
        await CommandLine.RunAsync(command);

        Assert.Equal(1, (await CommandLine.RunAsync(command)).Code);
        Assert.Equal(1, (await CommandLine.RunAtTerminalAsync(input: "n\n", command)).Code);
        Assert.Equal(0, (await CommandLine.RunAtTerminalAsync(input: "y\n", command)).Code);
        Assert.Equal(0, (await CommandLine.RunAsync([.. command, "--yes"])).Code);
    }

    [Fact]
    public async Task Asks_for_everything_when_no_source_is_named_on_a_terminal()
    {
        CommandLine.Outcome outcome = await CommandLine.RunAtTerminalAsync(input: $"{_disc}\nasked\n{_directory.Path}\nanna\n", "image");

        Assert.Equal(0, outcome.Code);
        Assert.True(File.Exists(_directory["asked/asked.iso"]));
        Assert.Contains("Size:        8.05 MB", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("\"operator\": \"anna\"", await File.ReadAllTextAsync(_directory["asked/asked_manifest.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stops_when_the_person_at_the_terminal_leaves()
    {
        CommandLine.Outcome outcome = await CommandLine.RunAtTerminalAsync(input: $"{_disc}\n", "image");

        Assert.Equal(130, outcome.Code);
    }

    [Fact]
    public async Task Names_the_image_after_the_file_where_nobody_says()
    {
        await CommandLine.RunAsync("image", _disc, "--dir", _directory["out"]);

        Assert.True(File.Exists(_directory["out/disc/disc.iso"]));
    }

    [Fact]
    public async Task Claims_nothing_in_a_dry_run()
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync("image", _disc, "--dir", _directory["out"], "--dry-run");

        Assert.Equal(0, outcome.Code);
        Assert.Contains("nothing was read, written", outcome.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_directory["out"]));
    }

    public void Dispose() => _directory.Dispose();

    private static ImageRequest Request(params string[] words)
    {
        CommandContext context = new(new() { Output = TextWriter.Null, Error = TextWriter.Null });
        ImageCommand command = new(context);
        RootCommand root = [command];
        return command.ToRequest(root.Parse(words))!;
    }
}
