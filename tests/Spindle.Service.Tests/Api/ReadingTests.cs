// SPDX-License-Identifier: MIT
using System.Net;
using System.Text.Json;
using Spindle.Service.Jobs;

namespace Spindle.Service.Tests.Api;

public sealed class ReadingTests(PlayedService service) : IClassFixture<PlayedService>
{
    private readonly PlayedService _service = service;

    [Fact]
    public async Task That_it_lives_is_told_to_everybody()
    {
        using HttpClient client = new() { BaseAddress = _service.Service.Addresses[0] };

        Assert.Equal("ok\n", await client.GetStringAsync(new Uri("/api/health", UriKind.Relative)));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri("/api/status", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Drives_are_told_as_the_command_tells_them()
    {
        JsonElement drives = await _service.GetAsync("/api/drives");

        Assert.Equal("spindle/drives/1", drives.GetProperty("schema").GetString());
        Assert.Equal("<b>\"'é", drives.GetProperty("drives")[0].GetProperty("model").GetString());
    }

    [Fact]
    public async Task Jobs_are_told_by_number_by_id_and_in_pages()
    {
        await using PlayedService service = new();
        await service.InitializeAsync();
        await using IRegister register = service.OpenRegister();
        for (int i = 1; i <= 5; i++)
        {
            await register.EnqueueAsync(
                new() { Id = Guid.CreateVersion7(), Verb = i == 3 ? "verify" : "image", Title = $"disc {i}", Request = $"{{\"n\":{i}}}", Batch = i < 3 ? "b" : null }, CancellationToken.None);
        }

        JsonElement page = await service.GetAsync("/api/jobs?limit=2");
        Assert.Equal("spindle/jobs/1", page.GetProperty("schema").GetString());
        Assert.Equal(["disc 5", "disc 4"], Titles(page));
        Assert.Equal(["disc 3", "disc 2"], Titles(await service.GetAsync($"/api/jobs?limit=2&before={page.GetProperty("next").GetInt64()}")));
        Assert.Equal(["disc 3"], Titles(await service.GetAsync("/api/jobs?verb=verify")));
        Assert.Equal(["disc 2", "disc 1"], Titles(await service.GetAsync("/api/jobs?batch=b&state=queued,running")));
        Assert.Empty(Titles(await service.GetAsync("/api/jobs?state=ended")));

        JsonElement third = await service.GetAsync("/api/jobs/3");
        Assert.Equal(("disc 3", "queued"), (third.GetProperty("title").GetString(), third.GetProperty("state").GetString()));
        Assert.Equal("disc 3", (await service.GetAsync($"/api/jobs/{third.GetProperty("id").GetString()}")).GetProperty("title").GetString());

        JsonElement status = await service.GetAsync("/api/status");
        Assert.Equal(5, status.GetProperty("jobs").GetProperty("queued").GetInt64());
        Assert.Equal(6, status.GetProperty("lastEventId").GetInt64()); // the first job of a batch opens it
    }

    [Theory]
    [InlineData("/api/jobs/99", HttpStatusCode.NotFound, "no-such-job")]
    [InlineData("/api/jobs/0", HttpStatusCode.NotFound, "no-such-job")]
    [InlineData("/api/jobs/-1", HttpStatusCode.NotFound, "no-such-job")]
    [InlineData("/api/jobs/99999999999999999999", HttpStatusCode.NotFound, "no-such-job")]
    [InlineData("/api/jobs/%00", HttpStatusCode.BadRequest, null)]
    [InlineData("/api/jobs/0190b4d2-0000-7000-8000-000000000000", HttpStatusCode.NotFound, "no-such-job")]
    [InlineData("/api/jobs?limit=0", HttpStatusCode.UnprocessableEntity, "usage")]
    [InlineData("/api/jobs?limit=1001", HttpStatusCode.UnprocessableEntity, "usage")]
    [InlineData("/api/jobs?limit=a", HttpStatusCode.UnprocessableEntity, "usage")]
    [InlineData("/api/jobs?limit=1&limit=2", HttpStatusCode.UnprocessableEntity, "usage")]
    [InlineData("/api/jobs?before=0", HttpStatusCode.UnprocessableEntity, "usage")]
    [InlineData("/api/jobs?state=Queued", HttpStatusCode.UnprocessableEntity, "usage")]
    [InlineData("/api/jobs?colour=red", HttpStatusCode.UnprocessableEntity, "usage")]
    [InlineData("/api/nothing", HttpStatusCode.NotFound, "no-such-place")]
    [InlineData("/api/jobs/99/log", HttpStatusCode.NotFound, "no-such-job")]
    [InlineData("/api/jobs/99/log?from=-1", HttpStatusCode.NotFound, "no-such-job")]
    [InlineData("/api/jobs/99/files", HttpStatusCode.NotFound, "no-such-job")]
    public async Task What_there_is_not_is_told_by_its_code(string place, HttpStatusCode status, string? code)
    {
        if (code is null)
        {
            Assert.Equal(status, (await _service.Client.GetAsync(new Uri(place, UriKind.Relative))).StatusCode);
            return;
        }

        Assert.Equal((status, code), await _service.RefusedAsync(place));
    }

    private static string[] Titles(JsonElement page) => [.. page.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("title").GetString()!)];
}
