// SPDX-License-Identifier: MIT
using System.Text.Encodings.Web;
using Spindle.Media;

namespace Spindle.Service.Web;

/// <summary>What pages look like that the server itself answers with.</summary>
public interface IPageFrame
{
    /// <summary>The page that tells what was refused.</summary>
    /// <param name="basePath">Where links begin.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="failure">What was refused.</param>
    /// <returns>HTML.</returns>
    string Refusal(string basePath, int status, Failure failure);

    /// <summary>The page that asks for the token: a form that posts <c>token</c> and <c>next</c> to <c>sign-in</c>.</summary>
    /// <param name="basePath">Where links begin.</param>
    /// <param name="next">Where to go then: a path below <paramref name="basePath"/>.</param>
    /// <param name="failure">Why it is asked again; null the first time.</param>
    /// <returns>HTML.</returns>
    string SignIn(string basePath, string next, Failure? failure);
}

/// <summary>Pages without any look.</summary>
internal sealed class PlainFrame : IPageFrame
{
    public string Refusal(string basePath, int status, Failure failure) => Page(
        failure.What, $"""<p>{Text(failure.Hint ?? "")}</p><p><code>{Text(failure.Code)}</code></p><p><a href="{Text(basePath)}/">spindle</a></p>""");

    public string SignIn(string basePath, string next, Failure? failure) => Page("Sign in", $"""
        {(failure is null ? "" : $"<p role=\"alert\">{Text(failure.What)}: {Text(failure.Hint ?? "")}</p>")}
        <form method="post" action="{Text(basePath)}/sign-in">
        <input type="hidden" name="next" value="{Text(next)}">
        <p><label>Token <input type="password" name="token" autocomplete="current-password" required autofocus></label></p>
        <p><button>Sign in</button></p>
        </form>
        <p>‘spindle serve’ prints the address that signs in, or says in which file the token stands.</p>
        """);

    private static string Page(string title, string body) => $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Text(title)} – spindle</title></head>
        <body><main><h1>{Text(title)}</h1>
        {body}
        </main></body></html>

        """;

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
