// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests.Browsing;

/// <summary>Pages that follow what happens, with drives that are folders: from the form to what is written on the label.</summary>
[Trait("with", "browser")]
public sealed class LivePagesTests(Browser browser) : IClassFixture<Browser>
{
    private const string Left = "station/drive?drive=simulated-left", Right = "station/drive?drive=simulated-right";

    private readonly Browser _browser = browser;

    [Fact]
    public async Task A_disc_becomes_a_verified_image_and_a_label_without_a_reload()
    {
        await using IBrowserContext person = await _browser.PersonAsync();
        await using ServedPages pages = await ServedPages.DemonstrateAsync();
        IPage page = await pages.OpenAsync(person, Left);
        await Assertions.Expect(page.Locator(".demonstration")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#drive")).ToContainTextAsync("FAMILY_1998");

        Assert.Equal("", await Browser.HurdlesAsync(page));
        await StartAsync(page, pages, "box12-01");
        await page.EvaluateAsync("() => { window.marked = true; }");
        await Assertions.Expect(page.Locator("[data-f=amount]").First).ToContainTextAsync("MB of 24.05 MB");
        await Assertions.Expect(page.Locator("[data-f=rate]").First).ToContainTextAsync("MB/s");
        await Assertions.Expect(page.Locator("#drive .result")).ToHaveTextAsync("✓ verified");
        await Assertions.Expect(page.Locator("#drive")).ToContainTextAsync("Write on the label: box12-01");
        await Assertions.Expect(page.Locator("#drive")).ToContainTextAsync("Insert the next disc.");
        Assert.Equal("", await Browser.HurdlesAsync(page));
        Assert.True(await page.EvaluateAsync<bool>("() => window.marked === true"), "the page was loaded again");
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("box12-01: done");

        await page.GetByRole(AriaRole.Link, new() { Name = "Print it" }).ClickAsync();
        await page.Locator(".labels svg").ScreenshotAsync(new() { Path = pages.Directory["label.png"] });
        string id = (await page.Locator(".labels svg text").Last.TextContentAsync())!;
        Assert.Equal($"urn:uuid:{id}\n", (await ForeignTool.AcceptsAsync("zbarimg", pages.Directory.Path, "-q", "--raw", pages.Directory["label.png"])).Output);

        // The form for the next disc counts on.
        await page.GotoAsync(new Uri(pages.Address, Left).ToString());
        await Assertions.Expect(page.Locator("#name")).ToHaveValueAsync("box12-02");
        await Assertions.Expect(page.Locator("#operator")).ToHaveValueAsync("anna");
    }

    [Fact]
    [Trait("with", "clock")]
    public async Task A_job_that_is_killed_is_called_crashed_and_a_retry_goes_on()
    {
        await using IBrowserContext person = await _browser.PersonAsync();
        await using ServedPages pages = await ServedPages.DemonstrateAsync();
        IPage page = await pages.OpenAsync(person, Right);
        await Assertions.Expect(page.Locator("#drive")).ToContainTextAsync("MINUTES_04");
        await StartAsync(page, pages, "minutes");
        await Assertions.Expect(page.Locator("[data-f=amount]").First).ToContainTextAsync(new Regex("^[2-9][0-9] %"));

        await page.Locator("#drive").GetByRole(AriaRole.Link, new() { Name = "minutes" }).ClickAsync();
        await Assertions.Expect(page.Locator(".result")).ToHaveTextAsync("▶ running");
        await pages.KillJobsAsync();

        Stopwatch since = Stopwatch.StartNew();
        await Assertions.Expect(page.Locator(".result")).ToHaveTextAsync("✗ crashed");
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(5), $"it took {since.Elapsed} to be told");
        await Assertions.Expect(page.Locator(".failure")).ToContainTextAsync("signal 9");
        await Assertions.Expect(page.Locator("pre")).ToContainTextAsync("copying");

        // The service tries once by itself, and not a second time.
        await page.GetByRole(AriaRole.Link, new() { Name = "Job 5" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-f=amount]").First).ToContainTextAsync(new Regex("^[2-9][0-9] %"));
        await pages.KillJobsAsync();
        await Assertions.Expect(page.Locator(".result")).ToHaveTextAsync("✗ crashed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        await Assertions.Expect(page.Locator(".result")).ToHaveTextAsync("✓ done");
        await Assertions.Expect(page.Locator("dl").First).ToContainTextAsync("verified");
        Assert.Equal(3, pages.Manifest("minutes").GetProperty("runs").GetArrayLength()); // it went on where it was cut off, twice
        Assert.Contains("--filename minutes --operator anna --resume", pages.Manifest("minutes").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_service_is_killed_and_the_job_goes_on_and_the_page_finds_back()
    {
        await using IBrowserContext person = await _browser.PersonAsync();
        await using ServedPages pages = await ServedPages.DemonstrateAsync();
        IPage page = await pages.OpenAsync(person, Right);
        await Assertions.Expect(page.Locator("#drive")).ToContainTextAsync("MINUTES_04");
        await StartAsync(page, pages, "minutes");
        await Assertions.Expect(page.Locator("[data-f=amount]").First).ToContainTextAsync(new Regex("^[1-9]?[0-9] %"));

        await pages.KillAsync();
        await Assertions.Expect(page.Locator("#status")).ToContainTextAsync("Connection lost at");
        await pages.StartAgainAsync();
        await Assertions.Expect(page.Locator("#status")).ToContainTextAsync("asks for the token again");
        await page.Locator("#status").GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByLabel("Token").FillAsync(pages.Token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Assertions.Expect(page.Locator("#drive .result")).ToHaveTextAsync("✓ verified");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Job ") }).First.ClickAsync();
        await Assertions.Expect(page.Locator("dl").Last).Not.ToContainTextAsync("Attempt"); // it was begun once
    }

    [Fact]
    public async Task Eight_tabs_follow_at_once()
    {
        await using IBrowserContext person = await _browser.PersonAsync();
        await using ServedPages pages = await ServedPages.DemonstrateAsync();
        List<IPage> tabs = [];
        for (int i = 0; i < 8; i++)
        {
            tabs.Add(await pages.OpenAsync(person));
        }

        IPage form = await pages.OpenAsync(person, Left);
        await Assertions.Expect(form.Locator("#drive")).ToContainTextAsync("FAMILY_1998");
        await StartAsync(form, pages, "seen-by-all");

        foreach (IPage tab in tabs)
        {
            await Assertions.Expect(tab.Locator("#now")).ToContainTextAsync("seen-by-all");
        }
    }

    [Fact]
    public async Task A_stack_begins_by_itself_and_its_batch_tells_of_each_disc()
    {
        await using IBrowserContext person = await _browser.PersonAsync();
        await using ServedPages pages = await ServedPages.DemonstrateAsync();
        IPage page = await pages.OpenAsync(person);
        foreach (string drive in (string[])[Left, Right])
        {
            await page.GotoAsync(new Uri(pages.Address, drive).ToString());
            await page.GetByText("Set up").ClickAsync();
            ILocator form = page.Locator("form[action*='station/arm']:has(input[name=template])");
            await form.GetByLabel("Names").FillAsync("box{batch}-{nn}");
            await form.GetByLabel("Batch").FillAsync("7");
            await form.GetByLabel("Folder for images").FillAsync(pages.Directory["demo/images"]);
            await form.GetByRole(AriaRole.Button, new() { Name = "Start with each disc" }).ClickAsync();
            await Assertions.Expect(page.Locator("#armed")).ToContainTextAsync("box{batch}-{nn}");
        }

        await page.GotoAsync(new Uri(pages.Address, "batches?batch=7").ToString());
        await Assertions.Expect(page.Locator("#batch tbody tr .state:not(.running):not(.queued)")).ToHaveCountAsync(6, new() { Timeout = 120_000 });

        string table = await (await person.APIRequest.GetAsync(new Uri(pages.Address, "batches.csv?batch=7").ToString())).TextAsync();
        string[] lines = [.. table.Split("\r\n")[1..^1]];
        Assert.Equal(6, lines.Length);
        Assert.Equal(4, lines.Count(line => line.Contains(",ended,done,", StringComparison.Ordinal)));
        Assert.Single(lines, line => line.Contains(",ended,incomplete,", StringComparison.Ordinal)); // the scratched one
        Assert.Single(lines, line => line.Contains(",ended,failed,", StringComparison.Ordinal) && line.Contains("blank", StringComparison.Ordinal));
        Assert.Equal(6, lines.Select(line => line.Split(',')[2]).Distinct().Count());
        Assert.All(Enumerable.Range(1, 6), number => Assert.Contains(lines, line => line.Contains(string.Create(CultureInfo.InvariantCulture, $",box7-{number:D2},"), StringComparison.Ordinal)));
    }

    private static async Task StartAsync(IPage page, ServedPages pages, string name)
    {
        ILocator form = page.Locator("form[action*='station/drive']");
        await form.GetByLabel("Folder for images").FillAsync(pages.Directory["demo/images"]);
        await form.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await form.GetByLabel("Operator").FillAsync("anna");
        await form.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Assertions.Expect(page.Locator("#drive")).ToContainTextAsync("Do not open the drive.");
    }
}
