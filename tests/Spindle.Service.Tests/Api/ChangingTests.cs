// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Spindle.Service.Jobs;

namespace Spindle.Service.Tests.Api;

/// <summary>What programs do with jobs.</summary>
public sealed class ChangingTests : IAsyncLifetime
{
    private readonly PlayedService _service = new();

    public async ValueTask InitializeAsync() => await _service.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_service.Logged);
        await _service.DisposeAsync();
    }

    private string Root => _service.Directory.Path;

    [Fact]
    public async Task A_job_is_entered_once_and_told_of()
    {
        string order = $$"""{"verb":"verify","request":{"sources":["{{Root}}/a.iso"]},"title":"box 7","priority":3,"batch":"b","operator":"anna"}""";

        (HttpResponseMessage answer, JsonElement job) = await PostAsync("/api/jobs", order);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("/api/jobs/1", answer.Headers.Location!.OriginalString);
        Assert.Equal(("box 7", "queued", "b", "anna"), (Text(job, "title"), Text(job, "state"), Text(job, "batch"), Text(job, "operator")));

        (HttpResponseMessage again, JsonElement problem) = await PostAsync("/api/jobs", order);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(("already-queued", "/api/jobs/1"), (Text(problem, "code"), Text(problem, "instance")));
    }

    [Fact]
    public async Task The_same_order_sent_twice_is_one_job()
    {
        string order = $$"""{"id":"{{Guid.CreateVersion7()}}","verb":"verify","request":{"sources":["{{Root}}/a.iso"]} }""";

        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("/api/jobs", order)).Answer.StatusCode);
        (HttpResponseMessage answer, _) = await PostAsync("/api/jobs", order);

        Assert.Equal((HttpStatusCode.Accepted, "/api/jobs/1"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
    }

    [Theory]
    [InlineData("""{"verb":"verify"}""", 422, "not-a-request")]
    [InlineData("""{"request":{}}""", 422, "not-a-request")]
    [InlineData("""{"verb":"nothing","request":{}}""", 404, "no-such-verb")]
    [InlineData("""{"verb":"verify","request":{}}""", 422, "not-a-request")]
    [InlineData("""{"verb":"verify","request":[]}""", 422, "not-a-request")]
    [InlineData("""{"verb":"verify","request":{"sources":["relative.iso"]}}""", 422, "not-a-request")]
    [InlineData("""{"verb":"verify","request":{"sources":["/etc/passwd"]}}""", 403, "outside-root")]
    [InlineData("""{"verb":"image","request":{"source":"/dev/sr0","directory":"/elsewhere"}}""", 403, "outside-root")]
    [InlineData("""{"verb":"verify","request":{"sources":["ROOT/a.iso"]},"colour":"red"}""", 422, "not-a-request")]
    [InlineData("""{"verb":"verify","request":{"sources":["ROOT/a.iso"]},"priority":1001}""", 422, "not-a-request")]
    [InlineData("""{"verb":"verify","request":{"sources":["ROOT/a.iso"]},"priority":1e99}""", 422, "not-a-request")]
    [InlineData("""{"verb":"verify","request":{"sources":["ROOT/a.iso"]},"title":"a\u0007"}""", 422, "not-a-request")]
    [InlineData("""{"verb":"verify","verb":"image","request":{}}""", 422, "not-a-request")]
    [InlineData("""{"verb":"verify","request":{"sources":["ROOT/a.iso"],"sources":["/b"]}}""", 422, "not-a-request")]
    [InlineData("null", 422, "not-a-request")]
    [InlineData("[]", 422, "not-a-request")]
    [InlineData("{", 422, "not-a-request")]
    [InlineData("", 422, "not-a-request")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", 422, "not-a-request")]
    public async Task What_makes_no_sense_is_no_job(string order, int status, string code)
    {
        (HttpResponseMessage answer, JsonElement problem) = await PostAsync("/api/jobs", order.Replace("ROOT", Root, StringComparison.Ordinal));

        Assert.Equal((status, code), ((int)answer.StatusCode, Text(problem, "code")));
        Assert.Equal(0, (await _service.GetAsync("/api/status")).GetProperty("lastEventId").GetInt64());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task What_is_not_said_to_be_json_is_not_read(string? type)
    {
        using ByteArrayContent body = new(Encoding.UTF8.GetBytes($$"""{"verb":"verify","request":{"sources":["{{Root}}/a.iso"]} }"""));
        body.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);

        using HttpResponseMessage answer = await _service.Client.PostAsync(new Uri("/api/jobs", UriKind.Relative), body);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains("wrong-media-type", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-rf")]
    [InlineData("a;rm b")]
    [InlineData("$(touch x)")]
    [InlineData("a\"b'c")]
    [InlineData("--help")]
    public async Task A_name_is_a_name_whatever_it_looks_like(string name)
    {
        string request = $"\"{JsonEncodedText.Encode(name)}\"";
        (HttpResponseMessage answer, JsonElement job) = await PostAsync("/api/jobs", $$"""{"verb":"image","request":{"source":"/dev/sr0","directory":"{{Root}}","name":{{request}} } }""");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(name, Text(job, "title"));
        await using IRegister register = _service.OpenRegister();
        using JsonDocument kept = JsonDocument.Parse((await register.JobAsync(1, CancellationToken.None))!.Order.Request);
        Assert.Equal(name, kept.RootElement.GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_job_is_stopped_retried_asked_and_its_document_is_told()
    {
        await using IRegister register = _service.OpenRegister();
        Claim claim = await RunningAsync(register);
        Guid question = Guid.NewGuid();
        await register.AskAsync(question, claim, "disc-wanted", "Insert the next disc?", CancellationToken.None);
        Assert.Equal(question.ToString(), Text((await _service.GetAsync("/api/jobs/1")).GetProperty("question"), "id"));

        Assert.Equal((422, "job-not-ended"), await RefusedAsync("/api/jobs/1/retry", ""));
        Assert.Equal((422, "job-not-lost"), await RefusedAsync("/api/jobs/1/release", ""));
        Assert.Equal((404, "no-such-result"), await AsInts("/api/jobs/1/result"));
        Assert.Equal((404, "no-such-question"), await RefusedAsync("/api/jobs/1/answer", $$"""{"question":"{{Guid.NewGuid()}}","answer":"yes"}"""));
        await PostAsync("/api/jobs", $$"""{"verb":"verify","request":{"sources":["{{Root}}/b.iso"]} }""");
        Assert.Equal((404, "no-such-question"), await RefusedAsync("/api/jobs/2/answer", $$"""{"question":"{{question}}","answer":"yes"}""")); // it is job 1 that asks
        Assert.Equal("ended", Text((await PostAsync("/api/jobs/2/stop", "")).Body, "state"));
        Assert.Equal((422, "not-a-request"), await RefusedAsync("/api/jobs/1/answer", $$"""{"question":"{{question}}","answer":"perhaps"}"""));
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("/api/jobs/1/answer", $$"""{"question":"{{question}}","answer":"yes","operator":"anna"}""")).Answer.StatusCode);
        JobQuestion answered = (await register.QuestionAsync(question, CancellationToken.None))!;
        Assert.Equal(("yes", "anna"), (answered.Answer, answered.AnsweredBy));

        (_, JsonElement stopping) = await PostAsync("/api/jobs/1/stop", "");
        Assert.Equal(("stopping", "soft"), (Text(stopping, "state"), Text(stopping, "stop")));
        (_, JsonElement hard) = await PostAsync("/api/jobs/1/stop", """{"hard":true}""");
        Assert.Equal("hard", Text(hard, "stop"));

        await register.EndAsync(claim, new() { Outcome = JobOutcome.Cancelled, ExitCode = 130, Document = """{"schema":"spindle/verify/1"}""" }, CancellationToken.None);
        Assert.Equal("spindle/verify/1", Text(await _service.GetAsync("/api/jobs/1/result"), "schema"));
        Assert.Equal((422, "job-ended"), await RefusedAsync("/api/jobs/1/stop", ""));

        (HttpResponseMessage retried, JsonElement second) = await PostAsync("/api/jobs/1/retry", "");
        Assert.Equal((HttpStatusCode.Accepted, "/api/jobs/3"), (retried.StatusCode, retried.Headers.Location!.OriginalString));
        Assert.Equal(Text(await _service.GetAsync("/api/jobs/1"), "id"), Text(second, "retryOf"));
        Assert.Equal((409, "already-queued"), await RefusedAsync("/api/jobs/1/retry", ""));
        (_, JsonElement takenBack) = await PostAsync("/api/jobs/3/stop", "");
        Assert.Equal(("ended", "cancelled"), (Text(takenBack, "state"), Text(takenBack, "outcome")));
    }

    [Fact]
    public async Task A_queued_job_gets_another_turn()
    {
        await PostAsync("/api/jobs", $$"""{"verb":"verify","request":{"sources":["{{Root}}/a.iso"]} }""");
        await PostAsync("/api/jobs", $$"""{"verb":"verify","request":{"sources":["{{Root}}/b.iso"]} }""");

        Assert.Equal(7, (await PostAsync("/api/jobs/1/priority", """{"priority":7,"operator":"anna"}""")).Body.GetProperty("priority").GetInt32());
        Assert.Equal(8, (await PostAsync("/api/jobs/2/priority", "{}")).Body.GetProperty("priority").GetInt32());
        Assert.Equal((422, "not-a-request"), await RefusedAsync("/api/jobs/1/priority", """{"priority":1001}"""));
        Assert.Equal((422, "not-a-request"), await RefusedAsync("/api/jobs/1/priority", ""));
        await PostAsync("/api/jobs/1/stop", "");
        Assert.Equal((422, "job-not-queued"), await RefusedAsync("/api/jobs/1/priority", "{}"));
        Assert.Equal((422, "job-not-queued"), await RefusedAsync("/api/jobs/1/priority", """{"priority":1}"""));
    }

    [Fact]
    public async Task A_station_and_a_batch_are_arranged()
    {
        Assert.True((await PostAsync("/api/pause", """{"paused":true}""")).Body.GetProperty("paused").GetBoolean());
        Assert.True((await _service.GetAsync("/api/status")).GetProperty("paused").GetBoolean());
        await PostAsync("/api/pause", """{"paused":false}""");
        Assert.False((await _service.GetAsync("/api/status")).GetProperty("paused").GetBoolean());

        Assert.Equal("box 12", Text((await PostAsync("/api/batches", """{"name":"box 12"}""")).Body, "name"));
        Assert.NotEqual(JsonValueKind.Null, (await PostAsync("/api/batches", """{"name":"box 12","closed":true}""")).Body.GetProperty("closedAt").ValueKind);
        Assert.Equal((422, "batch-closed"), await RefusedAsync("/api/jobs", $$"""{"verb":"verify","request":{"sources":["{{Root}}/a.iso"]},"batch":"box 12"}"""));
        Assert.Equal((404, "no-such-batch"), await RefusedAsync("/api/batches", """{"name":"nothing","closed":true}"""));
        Assert.Equal((422, "usage"), await RefusedAsync("/api/batches", """{"name":"a\u0007"}"""));
        Assert.Equal("box 12", Text(Assert.Single((await _service.GetAsync("/api/batches?name=box%2012")).GetProperty("batches").EnumerateArray()), "name"));
    }

    [Fact]
    public async Task A_title_is_looked_up()
    {
        Assert.Equal((404, "no-such-title"), await AsInts("/api/titles?identifier=a/1"));
        await using PlayedService other = new() { Titles = _service.Directory["titles.csv"] };
        await File.WriteAllTextAsync(_service.Directory["titles.csv"], "a/1,Board minutes\n");
        await other.InitializeAsync();

        Assert.Equal("Board minutes", Text(await other.GetAsync("/api/titles?identifier=a/1"), "title"));
    }

    [Fact]
    public async Task A_report_that_came_too_late_is_decided_by_a_person()
    {
        await using SqliteRegister register = JobsFile.Open(JobsFile.In(_service.Folder), TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("/api/jobs", $$"""{"verb":"image","request":{"source":"/dev/sr0","directory":"{{Root}}","name":"a"} }""")).Answer.StatusCode);
        StationSession station = new("s", Guid.NewGuid());
        await register.EnterAsync(station, "1", CancellationToken.None);
        Claim claim = (await register.ClaimAsync(station, Guid.NewGuid(), CancellationToken.None))!.Claim!.Value;
        await Task.Delay(50);
        Assert.Equal(1, await register.ReapAsync(CancellationToken.None));
        Assert.Equal("lost", Text(await _service.GetAsync("/api/jobs/1"), "state"));
        Assert.Equal("queued", Text((await PostAsync("/api/jobs/1/release", "")).Body, "state"));
        Assert.Equal(Reported.Late, await register.EndAsync(claim, new() { Outcome = JobOutcome.Done, ExitCode = 0, Document = """{"late":true}""" }, CancellationToken.None));

        JsonElement report = Assert.Single((await _service.GetAsync("/api/jobs/1/late-reports")).GetProperty("reports").EnumerateArray());
        Assert.Equal(("s", "done", JsonValueKind.Null), (Text(report, "station"), Text(report, "outcome"), report.GetProperty("taken").ValueKind));
        Assert.Equal((404, "no-such-report"), await RefusedAsync("/api/jobs/1/late-reports", $$"""{"token":"{{Guid.NewGuid()}}","take":true}"""));
        (_, JsonElement taken) = await PostAsync("/api/jobs/1/late-reports", $$"""{"token":"{{Text(report, "token")}}","take":true,"operator":"anna"}""");
        Assert.Equal(("ended", "done"), (Text(taken, "state"), Text(taken, "outcome")));
        Assert.True((await _service.GetAsync("/api/jobs/1/result")).GetProperty("late").GetBoolean());
        Assert.Equal((404, "no-such-report"), await RefusedAsync("/api/jobs/1/late-reports", $$"""{"token":"{{Text(report, "token")}}","take":false}"""));
    }

    [Fact]
    public async Task To_look_at_a_place_that_changes_something_changes_nothing()
    {
        await using IRegister register = _service.OpenRegister();
        await RunningAsync(register);
        foreach (string place in (string[])["/api/jobs/1/stop", "/api/jobs/1/retry", "/api/jobs/1/answer", "/api/jobs/1/release"])
        {
            Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _service.Client.GetAsync(new Uri(place, UriKind.Relative))).StatusCode);
        }

        Assert.Equal("running", Text(await _service.GetAsync("/api/jobs/1"), "state"));
    }

    [Fact]
    public async Task Files_of_a_job_are_sent_as_bytes_and_only_those_that_it_named_below_the_roots()
    {
        string page = Path.Combine(Root, "x.html"), other = Path.Combine(Root, "other.txt"), link = Path.Combine(Root, "link.txt");
        await File.WriteAllTextAsync(page, "<script>alert(1)</script>");
        await File.WriteAllTextAsync(other, "not of the job");
        File.CreateSymbolicLink(link, "/etc/hostname");
        await using IRegister register = _service.OpenRegister();
        Claim claim = await RunningAsync(register);
        string[] files = [page, link, Path.Combine(Root, "gone"), "relative"];
        await register.EndAsync(claim, new() { Outcome = JobOutcome.Done, ExitCode = 0, Document = $$"""{"image":null,"files":[{{string.Join(",", files.Select(file => $"\"{file}\""))}}]}""" }, CancellationToken.None);

        JsonElement[] listed = [.. (await _service.GetAsync("/api/jobs/1/files")).GetProperty("files").EnumerateArray()];
        Assert.Contains("x.html", listed.Select(file => Text(file, "name")));
        Assert.DoesNotContain("gone", listed.Select(file => Text(file, "name")));
        using HttpResponseMessage sent = await _service.Client.GetAsync(new Uri("/api/jobs/1/files/x.html", UriKind.Relative));
        Assert.Equal("application/octet-stream", sent.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment", sent.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("<script>alert(1)</script>", await sent.Content.ReadAsStringAsync());
        using HttpRequestMessage part = new(HttpMethod.Get, "/api/jobs/1/files/x.html");
        part.Headers.Range = new(1, 6);
        using HttpResponseMessage partly = await _service.Client.SendAsync(part);
        Assert.Equal("script", await partly.Content.ReadAsStringAsync());

        foreach (string name in (string[])["other.txt", "gone", "..%2fother.txt", "%2fetc%2fpasswd", "relative"])
        {
            Assert.Equal((404, "no-such-file"), await AsInts($"/api/jobs/1/files/{name}"));
        }

        Assert.Equal((403, "outside-root"), await AsInts("/api/jobs/1/files/link.txt"));
    }

    private static string Text(JsonElement record, string key) => record.GetProperty(key).GetString()!;

    private async Task<Claim> RunningAsync(IRegister register)
    {
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("/api/jobs", $$"""{"verb":"verify","request":{"sources":["{{Root}}/a.iso"]} }""")).Answer.StatusCode);
        StationSession station = new("s", Guid.NewGuid());
        await register.EnterAsync(station, "1", CancellationToken.None);
        return (await register.ClaimAsync(station, Guid.NewGuid(), CancellationToken.None))!.Claim!.Value;
    }

    private async Task<(HttpResponseMessage Answer, JsonElement Body)> PostAsync(string place, string body)
    {
        using StringContent? content = body.Length == 0 ? null : new(body, Encoding.UTF8, "application/json");
        HttpResponseMessage answer = await _service.Client.PostAsync(new Uri(place, UriKind.Relative), content);
        return (answer, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    private async Task<(int Status, string Code)> RefusedAsync(string place, string body)
    {
        (HttpResponseMessage answer, JsonElement problem) = await PostAsync(place, body);
        return ((int)answer.StatusCode, Text(problem, "code"));
    }

    private async Task<(int, string)> AsInts(string place)
    {
        (HttpStatusCode status, string? code) = await _service.RefusedAsync(place);
        return ((int)status, code!);
    }
}
