// SPDX-License-Identifier: MIT
using Spindle.Service.Pages.Markup;

namespace Spindle.Service.Pages.Archive;

/// <summary>What this service was started with: it is changed where it is started, and not by whoever reaches a page.</summary>
internal static class SettingsPage
{
    /// <summary>The page.</summary>
    /// <param name="context">What every page needs to know.</param>
    /// <param name="settings">Each with the option that sets it, and what it has.</param>
    public static Page Of(PageContext context, IReadOnlyList<(string Name, string Option, IReadOnlyList<string> Values)> settings) => new("Settings", Html.Of($"""
        <p>Each is an option of ‘spindle serve’: stop the service, and start it with other ones. Jobs go on meanwhile.</p>
        <div class="scroll" role="region" aria-label="Settings" tabindex="0"><table><caption>What this service was started with</caption>
        <thead><tr><th scope="col">Setting</th><th scope="col">Value</th><th scope="col">Option</th></tr></thead>
        <tbody>{Html.All(settings, setting => Html.Of($"<tr><th scope=\"row\">{setting.Name}</th><td>{Html.All(setting.Values, value => Html.Of($"<div class=\"name\">{Html.Name(value)}</div>"))}</td><td><code>{setting.Option}</code></td></tr>"))}</tbody></table></div>
        <p class="soft">spindle {context.Version}</p>
        """)) { Here = "settings" };
}
