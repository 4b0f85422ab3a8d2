// SPDX-License-Identifier: MIT
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Spindle.EndToEnd.Tests.Browsing;

/// <summary>A real browser, once for all tests that look at pages.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Why there is none; null where there is one.</summary>
    public static string? Missing => File.Exists(Chromium) ? null : $"there is no {Chromium}: 'apt-get install chromium'";

    public async ValueTask InitializeAsync()
    {
        if (Missing is null)
        {
            Assertions.SetDefaultExpectTimeout(20_000); // a machine may be busy
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Headless = true, ChromiumSandbox = false });
        }
    }

    /// <summary>A person at a screen: cookies of their own.</summary>
    /// <param name="scheme">What they like.</param>
    /// <param name="script">Whether script runs.</param>
    public async Task<IBrowserContext> PersonAsync(ColorScheme scheme = ColorScheme.Light, bool script = true)
    {
        Assert.SkipWhen(_browser is null, Missing ?? "");
        IBrowserContext person = await _browser!.NewContextAsync(new() { ColorScheme = scheme, JavaScriptEnabled = script, Locale = "en-GB", TimezoneId = "Europe/Berlin", ViewportSize = new() { Width = 1200, Height = 900 } });
        person.SetDefaultTimeout(20_000);
        return person;
    }

    /// <summary>What keeps somebody from using a page (WCAG 2.2 A and AA, best practice), as axe finds it: nothing, where all is well.</summary>
    public static async Task<string> HurdlesAsync(IPage page)
    {
        await page.EvaluateAsync(Axe);
        return await page.EvaluateAsync<string>("""
            async () => {
              const found = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
              if (found.passes.length < 10) { return 'only ' + found.passes.length + ' rules had anything to say'; }
              const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
              const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
              if (twice.length > 0) { return 'ids that are there twice: ' + twice.join(' '); }
              return found.violations.map(one => one.id + ': ' + one.nodes.map(node => node.html + ' ' + node.failureSummary).join(' | ')).join('\n');
            }
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        _playwright?.Dispose();
    }
}
