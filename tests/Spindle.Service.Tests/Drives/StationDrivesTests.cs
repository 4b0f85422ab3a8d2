// SPDX-License-Identifier: MIT
using System.Net;
using System.Text.Json;
using Spindle.Service.Jobs;

namespace Spindle.Service.Tests.Drives;

/// <summary>What people change about drives, as a program asks for it.</summary>
public sealed class StationDrivesTests : IAsyncLifetime
{
    private const string Left = "/api/drives/left";

    private readonly PlayedService _service = new() { HasSimulatedDrives = true };
    private string _drive = "";

    public async ValueTask InitializeAsync()
    {
        _drive = _service.Insert("left", "disc.iso", 20);
        await _service.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_service.Logged);
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task A_drive_is_told_of_with_what_the_station_knows_of_it()
    {
        JsonElement all = await _service.GetAsync("/api/drives");
        JsonElement drive = Assert.Single(all.GetProperty("drives").EnumerateArray());

        Assert.Equal("spindle/drives/1", Text(all, "schema"));
        Assert.Equal((_drive, "simulated-left", "ready", false), (Text(drive, "path"), Text(drive, "id"), Text(drive, "status"), drive.GetProperty("isPaused").GetBoolean()));
        foreach (string name in new[] { "left", "simulated-left" })
        {
            Assert.Equal("simulated-left", Text(await _service.GetAsync($"/api/drives/{name}"), "id"));
        }

        Assert.Equal((HttpStatusCode.NotFound, "no-such-drive"), await _service.RefusedAsync("/api/drives/right"));
    }

    [Fact]
    public async Task It_is_called_by_its_name_from_then_on()
    {
        Assert.Equal("Upper one", Text((await _service.PostAsync($"{Left}/name", """{"name":"Upper one"}""")).Body, "name"));

        Assert.Equal("simulated-left", Text(await _service.GetAsync("/api/drives/upper%20one"), "id"));
    }

    [Fact]
    public async Task It_is_paused_and_goes_on()
    {
        Assert.True((await _service.PostAsync($"{Left}/pause", """{"paused":true,"operator":"anna"}""")).Body.GetProperty("isPaused").GetBoolean());
        JsonElement job = (await _service.PostAsync("/api/jobs", $$"""{"verb":"image","request":{"source":"{{_drive}}","directory":"{{_service.Directory["out"]}}"} }""")).Body;
        JsonElement wait = Assert.Single(job.GetProperty("waitsFor").EnumerateArray());
        Assert.Equal(("drive", "simulated-left", JsonValueKind.Null), (Text(wait, "kind"), Text(wait, "name"), wait.GetProperty("job").ValueKind));
        Assert.Equal("anna", Text((await _service.GetAsync("/api/jobs")).GetProperty("paused")[0], "by"));

        Assert.False((await _service.PostAsync($"{Left}/pause", """{"paused":false}""")).Body.GetProperty("isPaused").GetBoolean());
        Assert.Empty((await _service.GetAsync("/api/jobs/1")).GetProperty("waitsFor").EnumerateArray());
    }

    [Fact]
    public async Task It_gives_its_disc_back_unless_a_job_has_it()
    {
        await using IRegister register = _service.OpenRegister();
        await _service.PostAsync("/api/jobs", $$"""{"verb":"image","request":{"source":"{{_drive}}","directory":"{{_service.Directory["out"]}}"} }""");
        StationSession station = new("local", Guid.NewGuid());
        await register.EnterAsync(station, "1", CancellationToken.None);
        Claim claim = (await register.ClaimAsync(station, Guid.NewGuid(), CancellationToken.None))!.Claim!.Value;

        (HttpStatusCode status, JsonElement refused) = await _service.PostAsync($"{Left}/eject", "");
        Assert.Equal((HttpStatusCode.Conflict, "drive-busy"), (status, Text(refused, "code")));
        Assert.True(File.Exists(Path.Combine(_drive, "tray", "disc.iso")));
        Assert.Empty(await register.HoldsAsync(CancellationToken.None)); // it was kept back for that moment alone

        await register.EndAsync(claim, new() { Outcome = JobOutcome.Done }, CancellationToken.None);
        await _service.PostAsync($"{Left}/pause", """{"paused":true}""");
        (HttpStatusCode done, JsonElement drive) = await _service.PostAsync($"{Left}/eject", """{"operator":"anna"}""");
        Assert.Equal((HttpStatusCode.OK, "tray-open", true), (done, Text(drive, "status"), drive.GetProperty("isPaused").GetBoolean()));
        Assert.True(File.Exists(Path.Combine(_drive, "done", "disc.iso")));
    }

    [Fact]
    public async Task A_service_that_runs_no_jobs_watches_no_drives()
    {
        (HttpStatusCode status, JsonElement refused) = await _service.PostAsync($"{Left}/arm", $$"""{"request":{"directory":"{{_service.Directory["out"]}}"} }""");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "usage"), (status, Text(refused, "code")));
    }

    private static string Text(JsonElement record, string key) => record.GetProperty(key).GetString()!;
}
