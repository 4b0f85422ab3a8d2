// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Spindle.Media;

namespace Spindle.Service.Web;

/// <summary>Who gets in: requests for a host that we are, of our own pages or of programs, by somebody who said the token.</summary>
/// <remarks>
/// A browser sends requests for any page that it shows. That the host must be ours stops names that were made to point here (DNS rebinding);
/// that what changes something must come from our own origin stops forms of other pages (the rule of Go's <c>http.CrossOriginProtection</c>); the token stops other users of
/// this machine, whom the loopback does not keep out.
/// </remarks>
internal static class Gate
{
    private const string Scheme = "Bearer ";

    /// <summary>The place where one signs in.</summary>
    public const string SignInPath = "/sign-in";

    /// <summary>Refuses requests for other hosts, and those that pages of other origins make.</summary>
    /// <returns>Why it is refused; null where it is not.</returns>
    public static Failure? OfOrigin(HttpRequest request, HostSettings settings)
    {
        string host = request.Host.Host;
        if (host.Length == 0)
        {
            return Failures.NoHost;
        }

        if (!IsOurs(host, settings))
        {
            return Failures.WrongHost(request.Host.Value!);
        }

        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return null; // it changes nothing, and no page of another origin can read the answer
        }

        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site)
        {
            return site.ToString() is "same-origin" or "none" ? null : Failures.ForeignOrigin;
        }

        // Browsers leave that header out where the page did not come by HTTPS, nor from this machine. The scheme is not compared: a proxy may have spoken HTTPS.
        string origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? from) && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase))
            ? null
            : Failures.ForeignOrigin;
    }

    /// <summary>Lets those in who said the token, or signed in.</summary>
    /// <returns>Whether it may pass; where not, it is answered.</returns>
    public static async Task<bool> AdmitAsync(HttpContext context, ServedBy host)
    {
        if (host.Keys.IsOpen || context.GetEndpoint()?.Metadata.GetMetadata<OpenToAll>() is not null)
        {
            return true;
        }

        if (context.Request.Headers.Authorization.ToString() is { Length: > 0 } given)
        {
            bool isRight = given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && host.Keys.IsToken(given[Scheme.Length..].Trim());
            if (!isRight)
            {
                await RefuseAsync(context, host.Keys);
            }

            return isRight;
        }

        if (host.Keys.IsSession(context.Request.Cookies[CookieName(context)]))
        {
            return true;
        }

        if (Answer.WantsPage(context) && HttpMethods.IsGet(context.Request.Method))
        {
            string next = context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent();
            context.Response.StatusCode = StatusCodes.Status302Found;
            context.Response.Headers.Location = $"{context.Base()}{SignInPath}{(next == "/" ? "" : "?next=" + UrlEncoder.Default.Encode(next))}";
            return false;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        await Answer.FailAsync(context, Failures.TokenWanted);
        return false;
    }

    /// <summary>Answers to a wrong token.</summary>
    public static Task RefuseAsync(HttpContext context, Keys keys)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        if (!keys.CountWrong())
        {
            return Answer.FailAsync(context, Failures.TokenWrong);
        }

        context.Response.Headers.RetryAfter = "60";
        return Answer.FailAsync(context, Failures.TooManyTokens);
    }

    /// <summary>The cookie of who signed in. Cookies know no ports: another service of this machine may have its own.</summary>
    public static string CookieName(HttpContext context) => string.Create(CultureInfo.InvariantCulture, $"spindle-{context.Connection.LocalPort}");

    /// <summary>The headers that each answer has.</summary>
    public static void Protect(HttpResponse response)
    {
        IHeaderDictionary headers = response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (headers.CacheControl.Count == 0)
        {
            headers.CacheControl = "no-store";
        }
    }

    private static bool IsOurs(string host, HostSettings settings) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host is "127.0.0.1" or "[::1]"
        || settings.AllowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase)
        || settings.Addresses.Any(address => !address.IsEvery && address.Host == host); // a number cannot be made to point elsewhere
}
