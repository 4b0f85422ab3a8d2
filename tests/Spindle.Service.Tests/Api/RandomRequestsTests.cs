// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Spindle.Service.Api;
using Spindle.Service.Jobs;
using Spindle.Station;
using Spindle.Testing;

namespace Spindle.Service.Tests.Api;

/// <summary>Whatever is asked at whichever address, the answer is never that the program broke. <c>SPINDLE_RANDOM_SECONDS</c> asks for longer.</summary>
public sealed class RandomRequestsTests : IAsyncLifetime
{
    private const int Requests = 1500;
    private const long Growth = 64 << 20; // bytes that may be left over

    private readonly PlayedService _service = new();
    private readonly Random _random = Seed.Random();
    private readonly Dictionary<int, int> _statuses = [];
    private IRegister? _register;
    private List<(string Method, string Pattern)> _routes = [];

    public async ValueTask InitializeAsync()
    {
        await _service.InitializeAsync();
        _register = _service.OpenRegister(); // one for all of it: with the last of a file, its connections are closed
        _service.Client.Timeout = TimeSpan.FromSeconds(20);
        _routes = [.. _service.Service.Routes.Where(route => route.Method != "HEAD" && !route.Pattern.EndsWith("/sign-out", StringComparison.Ordinal))];
        GeneratedCatalogue.Create(Path.Combine(Root, "c.db"), 3, 10, file => file + 1).Dispose();
        await File.WriteAllBytesAsync(Path.Combine(Root, "a.iso"), new byte[1 << 16]);
    }

    public async ValueTask DisposeAsync()
    {
        await Register.DisposeAsync();
        await _service.DisposeAsync();
    }

    private IRegister Register => _register!;

    private string Root => _service.Directory.Path;

    [Fact]
    public async Task No_request_breaks_the_service_or_stays_in_its_memory()
    {
        int? seconds = int.TryParse(Environment.GetEnvironmentVariable("SPINDLE_RANDOM_SECONDS"), CultureInfo.InvariantCulture, out int asked) ? asked : null;
        long began = Stopwatch.GetTimestamp(), before = 0;
        int sent = 0;
        for (; seconds is { } long1 ? Stopwatch.GetElapsedTime(began).TotalSeconds < long1 : sent < Requests; sent++)
        {
            if (sent == Requests / 3)
            {
                before = GC.GetTotalMemory(forceFullCollection: true); // all that is made once has been made
            }

            await SendAsync();
            if (sent % 50 == 0)
            {
                await WorkAsync();
            }

            Assert.True(_service.Logged.Count == 0, string.Join('\n', _service.Logged));
        }

        long growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        TestContext.Current.SendDiagnosticMessage($"{sent} requests, {growth >> 10} KiB more than before: {string.Join(", ", _statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}"))}");
        if (seconds is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(Path.GetTempPath(), "spindle-random-requests.txt"), $"{sent} requests in {seconds} s, {growth >> 10} KiB of managed memory more than after the first {Requests / 3}, {Environment.WorkingSet >> 20} MiB in all; {string.Join(", ", _statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}"))}\n");
        }

        Assert.InRange(growth, long.MinValue, Growth);
        Assert.Contains(200, _statuses.Keys);
        Assert.Contains(422, _statuses.Keys);
        Assert.True(_statuses.GetValueOrDefault(202) > 0 && _statuses.GetValueOrDefault(403) > 0 && _statuses.GetValueOrDefault(404) > 0, "some must be understood");
        await _service.GetAsync("/api/status");
    }

    /// <summary>A station does a job: ends it, asks something, or keeps it.</summary>
    private async Task WorkAsync()
    {
        StationSession station = new("s", Guid.NewGuid());
        await Register.EnterAsync(station, "1", CancellationToken.None);
        if (await Register.ClaimAsync(station, Guid.NewGuid(), CancellationToken.None) is not { Claim: { } claim })
        {
            return;
        }

        if (_random.Next(4) == 0)
        {
            await Register.AskAsync(Guid.NewGuid(), claim, "disc-wanted", Word(), CancellationToken.None);
        }
        else
        {
            string? document = Pick<string?>([null, "{}", "[]", "{\"image\":7,\"files\":[1,\"/etc/passwd\"]}", $"{{\"image\":\"{Root}/a.iso\",\"files\":[]}}"]);
            await Register.EndAsync(claim, new() { Outcome = Pick(Enum.GetValues<JobOutcome>()), Document = document, Failure = _random.Next(2) == 0 ? new("no-medium", Word(), Word()) : null }, CancellationToken.None);
        }
    }

    private async Task SendAsync()
    {
        (string method, string pattern) = _random.Next(10) == 0 ? ("POST", "/api/jobs") : Pick(_routes);
        string place = string.Join('/', pattern.Split('/').Select(part => part.StartsWith('{') ? UrlEncoder.Default.Encode(_random.Next(3) == 0 ? Word() : $"{_random.Next(20)}") : part));
        string verb = pattern[(pattern.LastIndexOf('/') + 1)..];
        verb = verb == "disc-events" ? "events" : verb;
        if (_random.Next(2) == 0)
        {
            place += "?" + string.Join('&', Enumerable.Range(0, _random.Next(4)).Select(_ => $"{Uri.EscapeDataString(Key(verb))}={Uri.EscapeDataString(Word())}"));
        }

        if (_random.Next(20) == 0)
        {
            await SendBytesAsync(method, place);
            return;
        }

        using HttpRequestMessage request = new(new(_random.Next(20) == 0 ? Pick(["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "X"]) : method), new Uri(place, UriKind.Relative));
        if (request.Method.Method is "POST" or "PUT")
        {
            string body = pattern.StartsWith("/api/", StringComparison.Ordinal) ? JsonOf(pattern, verb) : string.Join('&', Enumerable.Range(0, _random.Next(6)).Select(_ => $"{Uri.EscapeDataString(Key(verb))}={Uri.EscapeDataString(Word())}"));
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(_random.Next(15) == 0 ? body[..(body.Length / 2)] : body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", _random.Next(20) == 0 ? Pick(["text/plain", "", "multipart/form-data; boundary=x", "application/json; charset=utf-16"]) : pattern.StartsWith("/api/", StringComparison.Ordinal) ? "application/json" : "application/x-www-form-urlencoded");
        }

        string? odd = Pick<string?>([null, null, null, "Last-Event-ID", "Range", "If-None-Match", "Accept", "Origin", "Sec-Fetch-Site", "Cookie", "If-Modified-Since"]);
        if (odd is not null)
        {
            request.Headers.TryAddWithoutValidation(odd, odd == "Accept" ? "text/html" : new string([.. Word().Where(one => one is >= ' ' and <= '~')]));
        }

        using HttpResponseMessage answer = await _service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        int status = (int)answer.StatusCode;
        _statuses[status] = _statuses.GetValueOrDefault(status) + 1;
        bool isStream = answer.Content.Headers.ContentType?.MediaType == "text/event-stream";
        string text = isStream ? "" : await answer.Content.ReadAsStringAsync();
        Assert.True(status != 500, $"{request} {(request.Content is null ? "" : await request.Content.ReadAsStringAsync())}: {text}\n{string.Join('\n', _service.Logged)}");
        if (status >= 400 && answer.Content.Headers.ContentType?.MediaType == "application/problem+json" && text.Length > 0)
        {
            Assert.NotNull(JsonNode.Parse(text)!["code"]);
        }
    }

    /// <summary>A request with some of its bytes changed, as no client would send it.</summary>
    private async Task SendBytesAsync(string method, string place)
    {
        byte[] bytes = Encoding.UTF8.GetBytes($"{method} {place} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {PlayedService.Token}\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}");
        for (int i = _random.Next(5); i > 0; i--)
        {
            bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
        }

        using TcpClient client = new();
        await client.ConnectAsync(System.Net.IPAddress.Loopback, _service.Service.Addresses[0].Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(bytes);
        byte[] answer = new byte[12];
        using CancellationTokenSource enough = new(TimeSpan.FromMilliseconds(500)); // it may wait for the rest of a body that is said to be longer
        try
        {
            int read = await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, enough.Token);
            Assert.NotEqual("HTTP/1.1 500", Encoding.ASCII.GetString(answer, 0, read));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // It was cut off, or nothing came: that is no answer to a request that is none.
        }
    }

    private string JsonOf(string pattern, string verb)
    {
        if (pattern == "/api/jobs" || _random.Next(20) == 0)
        {
            string name = _random.Next(10) == 0 ? Word() : Pick(Verbs.All).Name;
            JsonObject order = _random.Next(2) == 0 ? Sensible() : new() { ["verb"] = name, ["request"] = Request(name) };
            for (int i = _random.Next(3); i > 0; i--)
            {
                order[Pick(["id", "title", "priority", "batch", "operator", Word()])] = Value(2);
            }

            return order.ToJsonString();
        }

        JsonObject body = Reading.Verbs.Any(known => known.Verb == verb) ? Request(verb) : [];
        for (int i = _random.Next(3); i > 0; i--)
        {
            body[Pick(["hard", "operator", "question", "answer", Word()])] = Value(2);
        }

        return body.ToJsonString();
    }

    /// <summary>An order that is taken, most times.</summary>
    private JsonObject Sensible() => _random.Next(3) switch
    {
        0 => new() { ["verb"] = "verify", ["request"] = new JsonObject { ["sources"] = new JsonArray($"{Root}/{_random.Next(1000)}.iso") } },
        1 => new() { ["verb"] = "image", ["request"] = new JsonObject { ["source"] = "/dev/sr0", ["directory"] = $"{Root}/out", ["name"] = $"{_random.Next(1000)}" } },
        _ => new() { ["verb"] = "find", ["request"] = new JsonObject { ["catalogue"] = $"{Root}/c.db", ["pattern"] = $"{_random.Next(1000)}" } },
    };

    private JsonObject Request(string verb)
    {
        JsonObject request = [];
        string[] keys = Verbs.All.SingleOrDefault(known => known.Name == verb) is { } known ? [.. QueryRequest.Keys(known.RequestForm, "")] : ["x"];
        foreach (string key in keys.Where(_ => _random.Next(keys.Length) < 4).Append(keys[0]))
        {
            JsonObject at = request;
            string[] names = key.Split('.');
            foreach (string name in names[..^1])
            {
                at = at[name] as JsonObject is { } inner ? inner : (JsonObject)(at[name] = new JsonObject());
            }

            string last = names[^1];
            at[last] = _random.Next(6) == 0 ? Value(3)
                : last is "sources" or "paths" or "patterns" or "copies" ? new JsonArray(AnyPath())
                : last is "catalogue" ? Root + "/c.db"
                : last is "source" or "image" or "directory" or "target" or "output" or "file" or "parityFile" ? AnyPath()
                : Value(0);
        }

        return request;
    }

    private string AnyPath() => Pick([Root + "/a.iso", Root + "/a.iso", Root + "/none", Root + "/out/" + Word(), "/dev/sr0", "/etc/passwd", Root + "/../x", Root]);

    private string Key(string verb) => _random.Next(4) == 0 ? Word()
        : Verbs.All.SingleOrDefault(known => known.Name == verb) is { } known ? Pick([.. QueryRequest.Keys(known.RequestForm, "")])
        : Pick(["state", "verb", "limit", "before", "after", "from", "kind", "attempt", "q", "catalogue", "drive", "batch", "token", "next", "source", "directory", "name", "question", "answer", "template", "like"]);

    private JsonNode? Value(int depth) => _random.Next(depth > 0 ? 9 : 6) switch
    {
        0 => null,
        1 => _random.Next(2) == 0,
        2 => Pick<JsonNode>([0, -1, 1, long.MaxValue, long.MinValue, 1e300, 0.5, 2048]),
        3 or 4 or 5 => Word(),
        6 => new JsonArray([.. Enumerable.Range(0, _random.Next(3)).Select(_ => Value(depth - 1))]),
        _ => new JsonObject(Enumerable.Range(0, _random.Next(3)).Select(i => KeyValuePair.Create($"{Word()}{i}", Value(depth - 1)))),
    };

    private string Word() => _random.Next(12) switch
    {
        0 => "",
        1 => new string('x', _random.Next(3000)),
        2 => Guid.NewGuid().ToString(),
        3 => $"{_random.Next(-5, 60)}",
        4 => AnyPath(),
        5 => Pick(["yes", "no", "true", "queued", "ended", "image", "progress", "errors", "udf", "disc", "*"]),
        6 => Pick(["\0", "\r\n", "\u202e", "../..", "%2e", "-rf", "$(x)", "<b>", "'\"", "\ud83d\ude00", "\\"]),
        7 => $"{long.MaxValue}",
        _ => new string([.. Enumerable.Range(0, _random.Next(1, 12)).Select(_ => (char)_random.Next(0x20, 0x17f))]),
    };

    private T Pick<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];
}
