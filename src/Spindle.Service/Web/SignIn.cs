// SPDX-License-Identifier: MIT
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Spindle.Service.Web;

/// <summary>Where a browser says the token once, and gets a cookie for it.</summary>
internal sealed class SignIn : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        // The printed address has the token in it, as that of a Jupyter server. It is left at once, so that it stays in no history and no referrer.
        routes.MapRead(Gate.SignInPath, context => EnterAsync(context, context.Request.Query["token"], context.Request.Query["next"])).Open();
        routes.MapPost(Gate.SignInPath, async context =>
        {
            IFormCollection form = await Forms.ReadAsync(context);
            await EnterAsync(context, form["token"], form["next"]);
        }).Open();
        routes.MapPost("/sign-out", context =>
        {
            ServedBy host = context.Features.GetRequiredFeature<ServedBy>();
            if (context.Request.Cookies[Gate.CookieName(context)] is { } session)
            {
                host.Keys.End(session);
            }

            context.Response.Cookies.Delete(Gate.CookieName(context), Cookie());
            Go(context, Gate.SignInPath);
            return Task.CompletedTask;
        });
    }

    private static Task EnterAsync(HttpContext context, string? token, string? next)
    {
        ServedBy host = context.Features.GetRequiredFeature<ServedBy>();
        string place = PlaceOf(next);
        if (host.Keys.IsOpen)
        {
            Go(context, place);
            return Task.CompletedTask;
        }

        if (string.IsNullOrEmpty(token))
        {
            return Answer.HtmlAsync(context, host.Settings.Frame.SignIn(context.Base(), place, null));
        }

        if (host.Keys.IsToken(token))
        {
            context.Response.Cookies.Append(Gate.CookieName(context), host.Keys.Begin(), Cookie());
            Go(context, place);
            return Task.CompletedTask;
        }

        if (!Answer.WantsPage(context))
        {
            return Gate.RefuseAsync(context, host.Keys);
        }

        bool isTooMany = host.Keys.CountWrong();
        return Answer.HtmlAsync(
            context, host.Settings.Frame.SignIn(context.Base(), place, isTooMany ? Failures.TooManyTokens : Failures.TokenWrong),
            isTooMany ? StatusCodes.Status429TooManyRequests : StatusCodes.Status401Unauthorized);
    }

    private static CookieOptions Cookie() => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true };

    private static void Go(HttpContext context, string place)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = context.Base() + place;
    }

    /// <summary>A place of this service: another one is not gone to, whatever the address says.</summary>
    private static string PlaceOf(string? next) =>
        next is ['/', ..] && !next.StartsWith("//", StringComparison.Ordinal) && !next.Contains('\\', StringComparison.Ordinal) && next.All(one => one is > ' ' and < '\x7f') ? next : "/";
}
