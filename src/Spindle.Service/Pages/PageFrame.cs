// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Service.Pages.Markup;
using Spindle.Service.Web;

namespace Spindle.Service.Pages;

/// <summary>The pages that the server itself answers with look like all others.</summary>
/// <param name="version">The program's.</param>
internal sealed class PageFrame(string version) : IPageFrame
{
    /// <inheritdoc/>
    public string Refusal(string basePath, int status, Failure failure) => Frame.Draw(Context(basePath), new(failure.What, Html.Of($"""
        {Html.If(failure.Hint, hint => Html.Of($"<p>{Html.Name(hint)}</p>"))}
        <p class="soft">{failure.Code} ({status})</p>
        <p><a class="button" href="{basePath}/">Now</a></p>
        """)), isOpen: status is not 401 and not 403 and not 421 and not 429);

    /// <inheritdoc/>
    public string SignIn(string basePath, string next, Failure? failure) => Frame.Draw(Context(basePath), new("Sign in", Html.Of($"""
        {Html.If(failure, wrong => Html.Of($"<div class=\"failure\" role=\"alert\"><p><strong>{wrong.What}</strong></p>{Html.If(wrong.Hint, hint => Html.Of($"<p>{hint}</p>"))}</div>"))}
        <form class="stacked" method="post" action="{basePath}/sign-in">
        {Fields.Hidden("next", next)}
        <label for="token">Token</label>
        <input id="token" name="token" type="password" autocomplete="current-password" required>
        <p class="field-help">‘spindle serve’ prints the address that signs in, or says in which file the token stands.</p>
        <p><button class="main">Sign in</button></p>
        </form>
        """)), isOpen: false);

    private PageContext Context(string basePath) => new($"{basePath}/", version, "", DateTimeOffset.UnixEpoch);
}
