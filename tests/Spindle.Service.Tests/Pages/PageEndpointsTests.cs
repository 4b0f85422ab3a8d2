// SPDX-License-Identifier: MIT
using System.Net;
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Service.Jobs;
using Spindle.Vault;
using Spindle.Vault.Objects;

namespace Spindle.Service.Tests.Pages;

/// <summary>The pages as a browser without script gets them.</summary>
public sealed class PageEndpointsTests(PlayedService service) : IClassFixture<PlayedService>
{
    private readonly PlayedService _service = service;

    public static TheoryData<string, string> Places() => new()
    {
        { "/", "Now" },
        { "/jobs", "Jobs" },
        { "/jobs?state=ended&verb=image&batch=x&operator=y", "Jobs" },
        { "/jobs/new", "New job" },
        { "/jobs/new?verb=restore", "Restore files" },
        { "/drives", "Drives" },
        { "/station", "Station" },
        { "/batches", "Batches" },
        { "/discs", "Discs" },
        { "/find", "Find" },
        { "/vault", "Vault" },
        { "/jobs/new?verb=vault", "Fetch objects of a vault" },
        { "/settings", "Settings" },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Each_page_is_there_and_is_whole(string place, string title)
    {
        (HttpStatusCode status, string page) = await GetAsync(place);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains($"<title>{title} – spindle</title>", page, StringComparison.Ordinal);
        Assert.Contains("</html>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/jobs/99999", HttpStatusCode.NotFound)]
    [InlineData("/jobs/xyz", HttpStatusCode.NotFound)]
    [InlineData("/jobs/99999/label", HttpStatusCode.NotFound)]
    [InlineData("/batches.csv?batch=nothing", HttpStatusCode.NotFound)]
    [InlineData("/station/drive?drive=nothing", HttpStatusCode.NotFound)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/jobs?state=99", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/jobs?before=x", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/discs?catalogue=/nothing.db", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/find?catalogue=/nothing.db&q=x", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/vault?catalogue=/nothing.db", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/health", HttpStatusCode.UnprocessableEntity)]
    public async Task What_is_not_there_is_told_on_a_page(string place, HttpStatusCode status)
    {
        (HttpStatusCode told, string page) = await GetAsync(place);

        Assert.Equal(status, told);
        Assert.Contains("<h1", page, StringComparison.Ordinal);
        Assert.DoesNotContain("   at Spindle", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_becomes_a_job_that_can_be_stopped_and_done_again()
    {
        string image = _service.Directory.Write("disc.iso", new byte[4096]);
        Dictionary<string, string> form = new() { ["verb"] = "image", ["source"] = image, ["directory"] = _service.Directory["out"], ["name"] = "box12-07", ["batch"] = "box 12", ["eject"] = "yes" };

        (HttpStatusCode status, string place) = await PostAsync("/jobs", form);

        Assert.Equal(HttpStatusCode.SeeOther, status);
        string page = (await GetAsync(place)).Page;
        Assert.Contains("○ queued", page, StringComparison.Ordinal);
        Assert.Contains($"<code>spindle image {image} --dir {_service.Directory["out"]} --filename box12-07</code>", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/batches?batch=box%2012\"", page, StringComparison.Ordinal);

        Assert.Equal((HttpStatusCode.SeeOther, place), await PostAsync($"{place}/stop", []));
        Assert.Contains("– stopped", (await GetAsync(place)).Page, StringComparison.Ordinal);

        (HttpStatusCode again, string next) = await PostAsync($"{place}/retry", []);
        Assert.Equal(HttpStatusCode.SeeOther, again);
        Assert.NotEqual(place, next);
        Assert.Contains("Does again", (await GetAsync(next)).Page, StringComparison.Ordinal);

        string table = (await GetAsync("/batches.csv?batch=box%2012")).Page;
        Assert.Equal(4, table.Split("\r\n").Length);
        Assert.Contains("box12-07,ended,cancelled", table, StringComparison.Ordinal);
        Assert.Contains("box12-07", (await GetAsync("/batches")).Page.Contains("box 12", StringComparison.Ordinal) ? (await GetAsync("/batches?batch=box%2012")).Page : "", StringComparison.Ordinal);

        // The form for the next one has what stays.
        Assert.Contains($"value=\"{_service.Directory["out"]}\"", (await GetAsync("/jobs/new?verb=image")).Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vault_is_shown_and_what_is_wanted_of_it_is_fetched_by_a_job()
    {
        string catalogue = _service.Directory["vault.db"];
        OpenVault.Make(catalogue, new(_service.Directory["landing"], 2), CatalogueWait.ToWork(new Progress<WorkProgress>(), CancellationToken.None));
        await using (OpenVault vault = OpenVault.Open(catalogue, TimeProvider.System))
        {
            await vault.Objects.WriteAsync(rows => Buckets.Add(rows, "photos", "me", "us-east-1", DateTimeOffset.UnixEpoch));
        }

        string page = (await GetAsync($"/vault?catalogue={Uri.EscapeDataString(catalogue)}")).Page;
        Assert.Contains("Nobody waits for a disc", page, StringComparison.Ordinal);
        Assert.Contains("photos</a>", page, StringComparison.Ordinal);
        Assert.Contains("There is no such object", (await GetAsync($"/vault?catalogue={Uri.EscapeDataString(catalogue)}&what=photos")).Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await GetAsync($"/vault?catalogue={Uri.EscapeDataString(catalogue)}&what=nothing")).Status);

        (HttpStatusCode status, string place) = await PostAsync("/jobs", new() { ["verb"] = "vault", ["catalogue"] = catalogue, ["what"] = "photos/a", ["wait"] = "yes" });

        Assert.Equal(HttpStatusCode.SeeOther, status);
        Assert.Contains($"<code>spindle vault thaw photos/a --wait --catalogue {catalogue}</code>", (await GetAsync(place)).Page, StringComparison.Ordinal);
        await PostAsync($"{place}/stop", []);
    }

    [Fact]
    public async Task What_is_refused_is_said_above_the_form_which_keeps_what_was_filled_in()
    {
        using HttpResponseMessage answer = await _service.Client.PostAsync(new Uri("/jobs", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string> { ["verb"] = "plan", ["catalogue"] = "<b>", ["what.capacity"] = "" }));
        string page = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"&lt;b&gt;\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_jobs_are_run_no_drive_is_watched()
    {
        string drive = (await _service.GetAsync("/api/drives")).GetProperty("drives")[0].GetProperty("path").GetString()!;

        (HttpStatusCode status, string page) = await PostAsync($"/station/arm?drive={Uri.EscapeDataString(drive)}", new() { ["directory"] = _service.Directory["out"], ["template"] = "{nn}" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("runs no jobs", page, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_service.Folder, "armed.json")));
    }

    [Fact]
    public async Task Jobs_drives_and_batches_are_arranged_by_forms()
    {
        await using PlayedService other = new() { HasSimulatedDrives = true, Titles = _service.Directory.Write("titles.csv", "a/1,Board <minutes>\n"u8.ToArray()) };
        string drive = other.Insert("left", "disc.iso", 10);
        await other.InitializeAsync();
        PageEndpointsTests pages = new(other);
        foreach (string title in new[] { "first", "second" })
        {
            await pages.PostAsync("/jobs", new() { ["verb"] = "image", ["source"] = drive, ["directory"] = other.Directory["out"], ["name"] = title });
        }

        Assert.Equal((HttpStatusCode.SeeOther, "/jobs/2"), await pages.PostAsync("/jobs/2/next", []));
        Assert.Contains("<dt>Priority</dt><dd>1</dd>", (await pages.GetAsync("/jobs/2")).Page, StringComparison.Ordinal);
        string now = (await pages.GetAsync("/")).Page;
        Assert.True(now.IndexOf("second", StringComparison.Ordinal) < now.IndexOf("first", StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.SeeOther, "/drives"), await pages.PostAsync("/drives/pause", new() { ["drive"] = "simulated-left" }));
        Assert.Contains("Paused: no job begins in it.", (await pages.GetAsync("/drives")).Page, StringComparison.Ordinal);
        Assert.Contains("waits until the drive simulated-left is not paused any more", (await pages.GetAsync("/jobs/1")).Page, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, "/station/drive?drive=simulated-left"), await pages.PostAsync("/drives/pause", new() { ["drive"] = "simulated-left", ["from"] = "station", ["off"] = "yes" }));
        Assert.DoesNotContain("Paused:", (await pages.GetAsync("/drives")).Page, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, "/drives"), await pages.PostAsync("/drives/eject", new() { ["drive"] = "simulated-left" }));
        Assert.True(File.Exists(Path.Combine(drive, "done", "disc.iso")));

        (_, string found) = await pages.PostAsync("/station/look-up?drive=simulated-left", new() { ["identifier"] = "A/1", ["name"] = "kept" });
        Assert.Contains("name=\"title\" type=\"text\" value=\"Board &lt;minutes&gt;\"", found, StringComparison.Ordinal);
        Assert.Contains("value=\"kept\"", found, StringComparison.Ordinal);
        Assert.Contains("no call number a/2", (await pages.PostAsync("/station/look-up?drive=simulated-left", new() { ["identifier"] = "a/2" })).Place, StringComparison.Ordinal);

        Assert.Equal((HttpStatusCode.SeeOther, "/batches?batch=box%2012"), await pages.PostAsync("/batches/open", new() { ["batch"] = " box 12 " }));
        Assert.Equal(HttpStatusCode.SeeOther, (await pages.PostAsync("/batches/close", new() { ["batch"] = "box 12" })).Status);
        Assert.Contains("it takes no new jobs", (await pages.GetAsync("/batches?batch=box%2012")).Page, StringComparison.Ordinal);
        Assert.Contains("<td>closed</td>", (await pages.GetAsync("/batches")).Page, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, "/"), await pages.PostAsync("/pause", []));
        Assert.Contains("Paused: no job begins.", (await pages.GetAsync("/jobs/1")).Page + (await pages.GetAsync("/")).Page, StringComparison.Ordinal);
        await pages.PostAsync("/pause", new() { ["off"] = "yes" });
        Assert.Empty(other.Logged);
    }

    [Fact]
    public async Task A_retry_names_no_files_that_a_form_may_not_name()
    {
        await using IRegister register = _service.OpenRegister();
        Entered elsewhere = await register.EnqueueAsync(new() { Id = Guid.CreateVersion7(), Verb = "image", Title = "outside", Request = """{"source":"/etc/hostname","directory":"/elsewhere"}""" }, CancellationToken.None);
        await register.AskToStopAsync(elsewhere.Job, StopRequest.Soft, null, CancellationToken.None);

        (HttpStatusCode status, _) = await PostAsync($"/jobs/{elsewhere.Number}/retry", []);

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.DoesNotContain(await register.ListAsync(JobFilter.All, null, 100, CancellationToken.None), job => job.RetryOf == elsewhere.Job);
    }

    [Fact]
    public async Task A_job_that_ended_while_its_page_was_looked_at_is_shown_as_it_is()
    {
        await using IRegister register = _service.OpenRegister();
        Entered job = await register.EnqueueAsync(new() { Id = Guid.CreateVersion7(), Verb = "scan", Title = "quick", Request = "{}" }, CancellationToken.None);
        await register.AskToStopAsync(job.Job, StopRequest.Soft, null, CancellationToken.None);

        foreach (string change in (string[])["stop", "release", "answer"])
        {
            Assert.Equal((HttpStatusCode.SeeOther, $"/jobs/{job.Number}"), await PostAsync($"/jobs/{job.Number}/{change}", []));
        }
    }

    [Fact]
    public async Task What_changes_something_is_no_link()
    {
        await using IRegister register = _service.OpenRegister();
        Entered job = await register.EnqueueAsync(new() { Id = Guid.CreateVersion7(), Verb = "scan", Title = "stays", Request = "{}" }, CancellationToken.None);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await GetAsync($"/jobs/{job.Number}/stop")).Status);
        Assert.Equal(JobState.Queued, (await register.JobAsync(job.Job, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task A_job_that_made_an_image_has_a_label()
    {
        await using IRegister register = _service.OpenRegister();
        const string Document = """{"id":"0189aaaa-0000-7000-8000-000000000000","verified":true,"image":"/d/box12-09.iso","source":{"volumeIdentifier":"MINUTES"},"readings":[{"hashes":{"md5":"0123456789abcdef0123456789abcdef"}}]}""";
        Entered entered = await register.EnqueueAsync(new() { Id = Guid.CreateVersion7(), Verb = "image", Title = "box12-09", Request = """{"source":"/dev/sr0","directory":"/d"}""", Priority = 9 }, CancellationToken.None);
        StationSession station = new("label", Guid.NewGuid());
        await register.EnterAsync(station, "test", CancellationToken.None);
        Job claimed = (await register.ClaimAsync(station, Guid.NewGuid(), CancellationToken.None))!;
        await register.EndAsync(claimed.Claim!.Value, new() { Outcome = JobOutcome.Done, Document = Document, ExitCode = 0 }, CancellationToken.None);

        string job = (await GetAsync($"/jobs/{entered.Number}")).Page;
        Assert.Contains("verified", job, StringComparison.Ordinal);
        Assert.Contains("0123456789abcdef0123456789abcdef", job, StringComparison.Ordinal);
        Assert.Contains("<svg", (await GetAsync($"/jobs/{entered.Number}/label")).Page, StringComparison.Ordinal);
        using HttpResponseMessage drawing = await _service.Client.GetAsync(new Uri($"/jobs/{entered.Number}/label?as=svg", UriKind.Relative));
        Assert.Equal(("image/svg+xml", "attachment"), (drawing.Content.Headers.ContentType!.MediaType, drawing.Content.Headers.ContentDisposition!.DispositionType));
    }

    [Fact]
    public async Task The_sheet_and_the_scripts_are_part_of_the_program()
    {
        foreach ((string place, string type) in new[] { ("/site.css", "text/css"), ("/live.js", "text/javascript"), ("/events.js", "text/javascript"), ("/icon.svg", "image/svg+xml") })
        {
            using HttpResponseMessage answer = await _service.Client.GetAsync(new Uri(place, UriKind.Relative));
            Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        }
    }

    private async Task<(HttpStatusCode Status, string Page)> GetAsync(string place)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(place, UriKind.Relative));
        request.Headers.Accept.ParseAdd("text/html");
        using HttpResponseMessage answer = await _service.Client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<(HttpStatusCode Status, string Place)> PostAsync(string place, Dictionary<string, string> form)
    {
        using FormUrlEncodedContent content = new(form);
        using HttpResponseMessage answer = await _service.Client.PostAsync(new Uri(place, UriKind.Relative), content);
        return (answer.StatusCode, answer.Headers.Location?.OriginalString ?? await answer.Content.ReadAsStringAsync());
    }
}
