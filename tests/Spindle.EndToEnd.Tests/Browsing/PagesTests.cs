// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests.Browsing;

/// <summary>The pages in a real browser.</summary>
[Trait("with", "browser")]
public sealed class PagesTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly string[] Places = ["", "station", "station/drive?drive=nothing", "drives", "jobs", "jobs/new", "jobs/new?verb=image", "jobs/new?verb=restore", "batches", "discs", "find", "vault", "jobs/new?verb=vault", "settings", "nothing-there"];

    private static readonly string Batch = $"{new string('x', 200)}/a%2Fb";

    private readonly Browser _browser = browser;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Everybody_can_use_every_page(ColorScheme scheme)
    {
        await using IBrowserContext person = await _browser.PersonAsync(scheme);
        await using ServedPages pages = await ServedPages.StartAsync("--no-jobs");
        IPage page = await pages.OpenAsync(person);
        await EnterAsync(page, pages, "Langzeitarchivierungssystemverwaltungsabteilung <b>", Batch);
        foreach (string place in (string[])[.. Places, "jobs/1", $"batches?batch={Uri.EscapeDataString(Batch)}", "sign-in"])
        {
            await page.GotoAsync(new Uri(pages.Address, place).ToString());

            Assert.True((await Browser.HurdlesAsync(page)) is var hurdles && hurdles.Length == 0, $"{place}: {hurdles}");
            Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{place} is wider than the screen");
        }
    }

    [Fact]
    public async Task Without_script_work_is_asked_for_stopped_and_done_again()
    {
        await using IBrowserContext person = await _browser.PersonAsync(script: false);
        await using ServedPages pages = await ServedPages.StartAsync("--no-jobs");
        IPage page = await pages.OpenAsync(person);
        await EnterAsync(page, pages, "box12-07", "box 12");

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("box12-07");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-f=state]")).ToHaveTextAsync("– stopped");
        await page.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-f=state]")).ToHaveTextAsync("○ queued");
        Assert.EndsWith("jobs/2", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_no_token_sees_how_to_get_in_and_a_wrong_one_does_not_open()
    {
        await using IBrowserContext person = await _browser.PersonAsync();
        await using ServedPages pages = await ServedPages.StartAsync("--no-jobs");
        IPage page = await person.NewPageAsync();

        await page.GotoAsync(new Uri(pages.Address, "jobs").ToString());
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Sign in");
        await page.GetByLabel("Token").FillAsync("wrong-wrong-wrong-wrong-wrong-wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.GetByLabel("Token").FillAsync(pages.Token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Jobs");
        Assert.DoesNotContain(pages.Token, page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_title_that_means_harm_is_text()
    {
        const string Hostile = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>\u202Egnp";
        await using IBrowserContext person = await _browser.PersonAsync();
        await using ServedPages pages = await ServedPages.StartAsync("--no-jobs");
        IPage page = await pages.OpenAsync(person);
        List<string> dialogs = [];
        List<string> complaints = [];
        page.Dialog += async (_, dialog) =>
        {
            dialogs.Add(dialog.Message);
            await dialog.DismissAsync();
        };
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                complaints.Add(message.Text);
            }
        };
        await EnterAsync(page, pages, "named", Hostile);

        foreach (string place in (string[])["", "jobs", "jobs/1", "batches"])
        {
            await page.GotoAsync(new Uri(pages.Address, place).ToString());
            await page.WaitForLoadStateAsync(LoadState.Load);
        }

        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("<script>alert(1)</script>");
        Assert.Empty(dialogs);
        Assert.Empty(complaints); // nothing was tried that the policy of the page forbids
    }

    [Fact]
    public async Task Moments_are_those_of_the_person()
    {
        await using IBrowserContext person = await _browser.PersonAsync();
        await using ServedPages pages = await ServedPages.StartAsync("--no-jobs");
        IPage page = await pages.OpenAsync(person);
        await EnterAsync(page, pages, "box12-07", "");

        await page.GotoAsync(new Uri(pages.Address, "jobs").ToString());

        await Assertions.Expect(page.Locator("td time").First).Not.ToContainTextAsync("UTC");
        string? moment = await page.Locator("td time").First.GetAttributeAsync("datetime");
        Assert.Matches(new Regex("^20[0-9-]+T[0-9:]+Z$"), moment!);
    }

    private static async Task EnterAsync(IPage page, ServedPages pages, string name, string batch)
    {
        string image = pages.Directory.Write("disc.iso", SimulatedDisc.Pattern(4_096));
        await page.GotoAsync(new Uri(pages.Address, "jobs/new?verb=image").ToString());
        await page.GetByLabel("Drive or image file").FillAsync(image);
        await page.GetByLabel("Folder for images").FillAsync(pages.Directory["out"]);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name.Replace("<b>", "b", StringComparison.Ordinal));
        await page.GetByLabel("Batch").FillAsync(batch);
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/jobs/[0-9]+$"));
    }
}
