// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Spindle.EndToEnd.Tests.Browsing;
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>The service as programs use it: the manual's own words, and what happens when it is killed.</summary>
public sealed partial class ServiceTests : IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    private ServedPages? _pages;

    private ServedPages Service => _pages!;

    public async ValueTask InitializeAsync() => _pages = await ServedPages.StartAsync();

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    [Fact]
    public async Task What_the_manual_does_with_curl_images_a_disc_and_fetches_it()
    {
        _ = ForeignTool.PathOf("curl");
        (await SpindleProgram.RunAsync(["demo"], Service.Directory.Path)).EndedWith(0);
        string source = Service.Directory["spindle-demo/disc.iso"];
        string script = $"""
            address={Service.Address.ToString().TrimEnd('/')} token={Service.Token} source={source} directory={Service.Directory["out"]}
            {await BlockAsync("sh")}
            """;
        using RunningProgram shell = new("bash", ["-euo", "pipefail", "-c", script], Service.Directory.Path);

        string told = (await shell.EndAsync()).EndedWith(0).Output;

        Assert.Contains("\"verified\": true", told, StringComparison.Ordinal);
        Assert.Matches("(?m)^[0-9a-f]{32}", told);
        Assert.True(Files.AreIdentical(source, Service.Directory["fetched.iso"]));
    }

    [Fact]
    public async Task The_manuals_client_images_a_disc_and_ends_as_the_command_would()
    {
        string source = Files.WriteRandom(Service.Directory["disc.iso"], 3 << 20, seed: 6);
        string client = await BlockAsync("python");
        Assert.InRange(client.Split('\n').Length, 30, 70);
        await File.WriteAllTextAsync(Service.Directory["client.py"], client);
        string python = ForeignTool.PathOf("python3");

        async Task<ProgramResult> RunAsync(string from)
        {
            using RunningProgram program = new(python, ["client.py", Service.Address.ToString(), Service.Directory["state/token"], from, Service.Directory["out"], "copy"], Service.Directory.Path);
            return await program.EndAsync();
        }

        ProgramResult imaged = (await RunAsync(source)).EndedWith(0);
        Assert.Equal($"done verified {Service.Directory["out/copy/copy.iso"]}", imaged.Output.Trim());
        Assert.True(Files.AreIdentical(source, Service.Directory["out/copy/copy.iso"]));
        Assert.Contains("[outside-root]", (await RunAsync("/etc/hostname")).EndedWith(1).Error, StringComparison.Ordinal);
        Assert.Equal("failed not verified None", (await RunAsync(source)).EndedWith(1).Output.Trim()); // it is there already
    }

    [Fact]
    public async Task A_job_outlives_the_service_that_is_killed_and_the_next_one_takes_it_up()
    {
        string source = Files.WriteRandom(Service.Directory["disc.iso"], 256L << 20, seed: 7);
        using HttpClient client = Client();
        JsonElement job = await PostAsync(client, "api/jobs", $$"""{"verb":"image","request":{"source":"{{source}}","directory":"{{Service.Directory["out"]}}","name":"copy"} }""");
        await UntilAsync(client, job, one => Text(one, "state") == "running" && one.GetProperty("heartbeatAt").ValueKind == JsonValueKind.String);

        await Service.KillAndStartAgainAsync();

        using HttpClient again = Client();
        JsonElement ended = await UntilAsync(again, job, one => Text(one, "state") == "ended");
        Assert.Equal(("done", 1), (Text(ended, "outcome"), ended.GetProperty("attempt").GetInt32()));
        Assert.True((await GetAsync(again, $"api/jobs/{Number(job)}/result")).GetProperty("verified").GetBoolean());
        Assert.True(Files.AreIdentical(source, Service.Directory["out/copy/copy.iso"]));
    }

    [Fact]
    public async Task A_job_is_stopped_in_order_and_retried_goes_on()
    {
        string source = Files.WriteRandom(Service.Directory["disc.iso"], 256L << 20, seed: 8);
        using HttpClient client = Client();
        JsonElement job = await PostAsync(client, "api/jobs", $$"""{"verb":"image","request":{"source":"{{source}}","directory":"{{Service.Directory["out"]}}","name":"copy"} }""");
        await UntilAsync(client, job, one => one.GetProperty("progress") is { ValueKind: JsonValueKind.Object } progress && progress.GetProperty("done").GetInt64() > 0);
        await PostAsync(client, $"api/jobs/{Number(job)}/stop", "{}");
        JsonElement stopped = await UntilAsync(client, job, one => Text(one, "state") == "ended");
        Assert.Equal("cancelled", Text(stopped, "outcome"));

        JsonElement second = await PostAsync(client, $"api/jobs/{Number(job)}/retry", "{}");
        Assert.Equal("done", Text(await UntilAsync(client, second, one => Text(one, "state") == "ended"), "outcome"));
        Assert.True(Files.AreIdentical(source, Service.Directory["out/copy/copy.iso"]));
    }

    [Fact]
    public async Task A_second_service_is_told_that_the_port_or_the_station_is_taken()
    {
        ProgramResult samePort = await SpindleProgram.RunAsync(["serve", "--urls", Service.Address.ToString(), "--state", Service.Directory["other"]], Service.Directory.Path);
        Assert.Contains("[port-taken]", samePort.EndedWith(1).Error, StringComparison.Ordinal);

        ProgramResult sameStation = await SpindleProgram.RunAsync(["serve", "--urls", "http://127.0.0.1:0", "--state", Service.Directory["state"]], Service.Directory.Path);
        Assert.Contains("[already-serving]", sameStation.EndedWith(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_within_a_second_with_0_whoever_watches_and_the_token_is_in_no_log()
    {
        string state = Service.Directory["another"];
        using RunningProgram program = SpindleProgram.Start(["serve", "--urls", "http://127.0.0.1:0", "--state", state], Service.Directory.Path);
        await program.SaysAsync("Ctrl-C");
        long began = Stopwatch.GetTimestamp();
        program.Interrupt();
        ProgramResult ended = (await program.EndAsync()).EndedWith(0);

        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(3)); // of a busy machine
        string token = (await File.ReadAllTextAsync(Path.Combine(state, "token"))).Trim();
        Assert.DoesNotContain(token, ended.Output + ended.Error, StringComparison.Ordinal);
    }

    private static async Task<string> BlockAsync(string language)
    {
        string page = await File.ReadAllTextAsync(Repository.File("docs/manual/service.md"));
        return Blocks().Matches(page).Single(block => block.Groups[1].Value == language).Groups[2].Value;
    }

    private static string Text(JsonElement record, string key) => record.GetProperty(key).GetString()!;

    private static string Number(JsonElement job) => job.GetProperty("number").GetInt64().ToString(CultureInfo.InvariantCulture);

    private static async Task<JsonElement> GetAsync(HttpClient client, string place) => JsonDocument.Parse(await client.GetStringAsync(new Uri(place, UriKind.Relative))).RootElement;

    private static async Task<JsonElement> PostAsync(HttpClient client, string place, string body)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PostAsync(new Uri(place, UriKind.Relative), content);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<JsonElement> UntilAsync(HttpClient client, JsonElement job, Func<JsonElement, bool> isSo)
    {
        for (long began = Stopwatch.GetTimestamp(); ; await Task.Delay(20))
        {
            JsonElement now = await GetAsync(client, $"api/jobs/{Number(job)}");
            if (isSo(now))
            {
                return now;
            }

            Assert.True(Stopwatch.GetElapsedTime(began) < Long, now.GetRawText());
        }
    }

    private HttpClient Client()
    {
        HttpClient client = new() { BaseAddress = Service.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Service.Token);
        return client;
    }

    [GeneratedRegex("```(\\w+)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
