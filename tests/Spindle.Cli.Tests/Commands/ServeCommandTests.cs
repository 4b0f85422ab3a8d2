// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Cli.Commands;
using Spindle.Cli.Terminals;
using Spindle.Testing;

namespace Spindle.Cli.Tests.Commands;

public sealed class ServeCommandTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task It_tells_where_it_is_answers_and_ends_with_0_when_it_is_stopped()
    {
        string output = await ServeAsync(isAtTerminal: false, async address =>
        {
            using HttpClient client = new() { BaseAddress = address };
            Assert.Equal("ok\n", await client.GetStringAsync(new Uri("api/health", UriKind.Relative)));
            client.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(_directory.Path, "token"))).Trim());
            Assert.Contains("spindle/status/1", await client.GetStringAsync(new Uri("api/status", UriKind.Relative)), StringComparison.Ordinal);
        });

        Assert.DoesNotContain((await File.ReadAllTextAsync(Path.Combine(_directory.Path, "token"))).Trim(), output, StringComparison.Ordinal); // it may be the log of a system
        Assert.Contains(Path.Combine(_directory.Path, "token"), output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_a_person_it_prints_the_address_that_signs_in()
    {
        string output = await ServeAsync(isAtTerminal: true, async address =>
        {
            using HttpClient client = new(new HttpClientHandler { AllowAutoRedirect = false });
            Assert.Equal(System.Net.HttpStatusCode.SeeOther, (await client.GetAsync(address)).StatusCode);
        });

        Assert.Contains("/sign-in?token=", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_json_one_document_tells_where_it_is()
    {
        string output = await ServeAsync(isAtTerminal: false, _ => Task.CompletedTask, "--json", "--base-path", "/spindle");

        JsonElement document = JsonDocument.Parse(output).RootElement;
        Assert.Equal("spindle/serve/1", document.GetProperty("schema").GetString());
        Assert.EndsWith("/spindle/", document.GetProperty("addresses")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(Path.Combine(_directory.Path, "token"), document.GetProperty("tokenFile").GetString());
    }

    [Theory]
    [InlineData("--urls http://0.0.0.0:0", 64, "usage")]
    [InlineData("--urls http://0.0.0.0:0 --allow-host archive.example --no-token", 64, "usage")]
    [InlineData("--urls https://127.0.0.1:0", 64, "usage")]
    [InlineData("--base-path spindle", 64, "usage")]
    [InlineData("--allow-host http://a", 64, "usage")]
    [InlineData("--urls http://192.0.2.1:0", 1, "address-unusable")]
    public async Task What_makes_no_sense_is_told(string words, int code, string word)
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync(["serve", "--state", _directory.Path, .. words.Split(' ')]);

        Assert.Equal(code, outcome.Code);
        Assert.Contains($"[{word}]", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_listens_for_other_machines_is_told_what_that_means()
    {
        using StringWriter error = new();
        await ServeAsync(isAtTerminal: false, _ => Task.CompletedTask, error, "--urls", "http://0.0.0.0:0", "--allow-host", "archive.example");

        Assert.Contains("can be reached from other machines", error.ToString(), StringComparison.Ordinal);
    }

    private async Task<string> ServeAsync(bool isAtTerminal, Func<Uri, Task> ask, params string[] words)
    {
        using StringWriter error = new();
        return await ServeAsync(isAtTerminal, ask, error, words);
    }

    private async Task<string> ServeAsync(bool isAtTerminal, Func<Uri, Task> ask, StringWriter error, params string[] words)
    {
        using AnnouncingWriter output = new();
        using Terminal terminal = new() { Output = output, Error = error, OutputIsTerminal = isAtTerminal, NoColor = true };
        using CancellationTokenSource stop = new();
        string[] urls = words.Contains("--urls") ? [] : ["--urls", "http://127.0.0.1:0"];
        Task<int> served = new CommandContext(terminal).InvokeAsync(["serve", "--state", _directory.Path, .. urls, .. words], stop.Token);
        if (await Task.WhenAny(output.Flushed, served) == served)
        {
            Assert.Fail($"it ended with {await served}: {error}");
        }

        string said = output.ToString();
        int begin = said.IndexOf("http://", StringComparison.Ordinal);
        await ask(new(said[begin..said.IndexOfAny(['\n', '"', ' ', '\r'], begin)]));
        await stop.CancelAsync();
        Assert.Equal(0, await served);
        return output.ToString();
    }

    /// <summary>Tells when all of it has been said.</summary>
    private sealed class AnnouncingWriter : StringWriter
    {
        private readonly TaskCompletionSource _flushed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Flushed => _flushed.Task;

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            _flushed.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
