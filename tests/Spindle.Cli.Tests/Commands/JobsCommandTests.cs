// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Testing;

namespace Spindle.Cli.Tests.Commands;

/// <summary>Jobs are entered, shown, stopped and done again without a service, too.</summary>
public sealed class JobsCommandTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task To_look_makes_no_register()
    {
        Assert.Equal((0, "There are no jobs, or none of that state.\n"), await JobsAsync());
        JsonElement document = JsonDocument.Parse((await JobsAsync("--json")).Said).RootElement;
        Assert.Equal(("spindle/jobs/1", 0, false), (document.GetProperty("schema").GetString(), document.GetProperty("jobs").GetArrayLength(), document.GetProperty("serving").GetBoolean()));
        Assert.False(Directory.Exists(_directory["station"]));
    }

    [Fact]
    public async Task A_request_becomes_a_job_is_shown_taken_back_and_done_again()
    {
        Assert.Equal(0, (await AddAsync("a.json", """{ "sources": ["a.iso"] }""")).Code);
        (_, string listed) = await JobsAsync();
        Assert.Contains("    1  . queued        verify    a.iso ", listed, StringComparison.Ordinal);
        Assert.Contains("for its turn", listed, StringComparison.Ordinal);
        Assert.Contains("No service runs jobs now", listed, StringComparison.Ordinal);
        (_, string shown) = await JobsAsync("show", "1");
        Assert.Contains("Job 1", shown, StringComparison.Ordinal);
        Assert.Contains("cpu", shown, StringComparison.Ordinal);

        (int again, string refused) = await AddAsync("b.json", """{ "sources": ["a.iso"] }""");
        Assert.Equal(1, again);
        Assert.Contains("[already-queued]", refused, StringComparison.Ordinal);
        Assert.Contains("[job-not-ended]", (await JobsAsync("retry", "1")).Said, StringComparison.Ordinal);
        Assert.Equal(0, (await JobsAsync("stop", "1")).Code);
        Assert.Contains("[job-ended]", (await JobsAsync("stop", "1")).Said, StringComparison.Ordinal);
        Assert.Contains("- cancelled", (await JobsAsync("--only", "cancelled")).Said, StringComparison.Ordinal);
        Assert.Equal(0, (await JobsAsync("retry", "1")).Code);
        (_, string queued) = await JobsAsync("--only", "queued");
        Assert.Matches(@"\n +[2-9]  \. queued +verify", queued);
        Assert.DoesNotContain("cancelled", queued, StringComparison.Ordinal);
        Assert.Matches("--before [2-9]", (await JobsAsync("--limit", "1")).Said);
    }

    [Fact]
    public async Task What_waits_is_arranged()
    {
        foreach (string name in new[] { "a", "b" })
        {
            await AddAsync($"{name}.json", $$"""{ "sources": ["{{name}}.iso"] }""");
        }

        Assert.Contains("Priority:", (await JobsAsync("priority", "2", "5")).Said.Replace("  ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(6, JsonDocument.Parse((await JobsAsync("priority", "1", "--json")).Said).RootElement.GetProperty("jobs")[0].GetProperty("priority").GetInt32());
        (_, string paused) = await JobsAsync("pause");
        Assert.Contains("waits until this station is not paused any more", paused, StringComparison.Ordinal);
        Assert.Contains("'spindle jobs continue' ends that", paused, StringComparison.Ordinal);
        Assert.DoesNotContain("There are no jobs", paused, StringComparison.Ordinal);
        Assert.DoesNotContain("aused", (await JobsAsync("continue")).Said, StringComparison.Ordinal);
        Assert.Equal(0, (await JobsAsync("open", "box 12")).Code);
        Assert.Equal(0, (await JobsAsync("close", "box 12")).Code);
        await File.WriteAllTextAsync(_directory["c.json"], """{ "schema": "spindle/request/1", "verb": "verify", "request": { "sources": ["c.iso"] } }""");
        Assert.Contains("[batch-closed]", (await JobsAsync("add", _directory["c.json"], "--batch", "box 12")).Said, StringComparison.Ordinal);
        await JobsAsync("open", "box 12");
        await JobsAsync("add", _directory["c.json"], "--batch", "box 12");
        Assert.Equal(["c.iso"], JsonDocument.Parse((await JobsAsync("--batch", "box 12", "--json")).Said).RootElement.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("title").GetString()));
    }

    [Theory]
    [InlineData("priority 1 1001", 1, "not-a-request")]
    [InlineData("priority 7", 1, "no-such-job")]
    [InlineData("pause /nothing", 64, "usage")]
    [InlineData("close nothing", 1, "no-such-batch")]
    [InlineData("show 7", 1, "no-such-job")]
    [InlineData("stop 7 --now", 1, "no-such-job")]
    [InlineData("log 7", 1, "no-such-job")]
    [InlineData("answer 7 yes", 1, "no-such-job")]
    [InlineData("answer 1 yes", 1, "no-such-question")]
    [InlineData("answer 1 perhaps", 64, "usage")]
    [InlineData("release 1", 1, "job-not-lost")]
    [InlineData("show", 64, "usage")]
    [InlineData("--only sleeping", 64, "usage")]
    [InlineData("--limit 0", 64, "usage")]
    [InlineData("add none.json", 1, "no-such-source")]
    public async Task What_can_not_be_done_is_told(string words, int code, string word)
    {
        await AddAsync("a.json", """{ "sources": ["a.iso"] }""");

        (int ended, string said) = await JobsAsync(words.Split(' '));

        Assert.Equal(code, ended);
        Assert.Contains($"[{word}]", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_misspelt_is_told_with_the_help_of_its_word()
    {
        (int code, string said) = await JobsAsync("stop", "1", "--soon");

        Assert.Equal(64, code);
        Assert.Contains("'spindle jobs stop --help'", said, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Said)> AddAsync(string name, string request)
    {
        await File.WriteAllTextAsync(_directory[name], $$"""{ "schema": "spindle/request/1", "verb": "verify", "request": {{request}} }""");
        return await JobsAsync("add", _directory[name]);
    }

    private async Task<(int Code, string Said)> JobsAsync(params string[] words)
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync(["jobs", "--state", _directory["station"], .. words]);
        return (outcome.Code, (outcome.Output + outcome.Error).Replace("\r\n", "\n", StringComparison.Ordinal));
    }
}
