// SPDX-License-Identifier: MIT
using System.Net;
using Spindle.Service.Web;
using Spindle.Testing;

namespace Spindle.Service.Tests.Web;

public sealed class SignInTests(PlayedHost host) : IClassFixture<PlayedHost>
{
    private readonly PlayedHost _host = host;

    [Fact]
    public async Task The_printed_address_signs_a_browser_in_and_is_left_at_once()
    {
        using HttpClient client = _host.Client(isSignedIn: false);

        using HttpResponseMessage answer = await client.GetAsync(new Uri($"/sign-in?token={PlayedHost.Token}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/", answer.Headers.Location!.OriginalString);
        string cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.Matches($"^spindle-{_host.Port}=[0-9a-f]{{32}}; path=/; samesite=strict; httponly$", cookie);
        Assert.DoesNotContain(PlayedHost.Token, cookie, StringComparison.Ordinal);

        client.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        Assert.Equal("seen", await client.GetStringAsync(new Uri("/api/look", UriKind.Relative)));
    }

    [Theory]
    [InlineData("/page?a=b", "/page?a=b")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("http://evil.example/", "/")]
    [InlineData("/a\r\nSet-Cookie: x=y", "/")]
    [InlineData("", "/")]
    public async Task It_leads_to_places_of_this_service_only(string next, string place)
    {
        using HttpClient client = _host.Client(isSignedIn: false);

        using HttpResponseMessage answer = await client.GetAsync(new Uri($"/sign-in?token={PlayedHost.Token}&next={Uri.EscapeDataString(next)}", UriKind.Relative));

        Assert.Equal(place, answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_form_signs_in_too_and_tells_who_typed_it_wrong()
    {
        using HttpClient client = _host.Client(isSignedIn: false);
        client.DefaultRequestHeaders.Accept.Add(new("text/html"));
        using HttpResponseMessage sent = await client.GetAsync(new Uri("/page", UriKind.Relative));
        Assert.Equal("/sign-in?next=%2Fpage", sent.Headers.Location!.OriginalString);
        Assert.Contains("value=\"/page\"", await client.GetStringAsync(sent.Headers.Location), StringComparison.Ordinal);

        using FormUrlEncodedContent wrong = new([new("token", "<wrong>"), new("next", "/page")]);
        using HttpResponseMessage refused = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), wrong);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.DoesNotContain("<wrong>", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(refused.Headers.Contains("Set-Cookie"));

        using FormUrlEncodedContent right = new([new("token", PlayedHost.Token), new("next", "/page")]);
        using HttpResponseMessage admitted = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), right);
        Assert.Equal((HttpStatusCode.SeeOther, "/page"), (admitted.StatusCode, admitted.Headers.Location!.OriginalString));
    }

    [Fact]
    public async Task A_cookie_of_another_start_or_of_who_signed_out_is_worth_nothing()
    {
        string cookie;
        await using (PlayedHost before = await PlayedHost.StartAsync())
        {
            using HttpClient client = before.Client(isSignedIn: false);
            using HttpResponseMessage entered = await client.GetAsync(new Uri($"/sign-in?token={PlayedHost.Token}", UriKind.Relative));
            cookie = entered.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
            client.DefaultRequestHeaders.Add("Cookie", cookie);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/api/look", UriKind.Relative))).StatusCode);
            Assert.Equal(HttpStatusCode.SeeOther, (await client.PostAsync(new Uri("/sign-out", UriKind.Relative), null)).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri("/api/look", UriKind.Relative))).StatusCode);
        }

        await using PlayedHost after = await PlayedHost.StartAsync();
        using HttpClient again = after.Client(isSignedIn: false);
        again.DefaultRequestHeaders.Add("Cookie", $"spindle-{after.Port}={cookie.Split('=')[1]}");
        Assert.Equal(HttpStatusCode.Unauthorized, (await again.GetAsync(new Uri("/api/look", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Without_a_token_all_of_this_machine_come_in()
    {
        await using PlayedHost host = await PlayedHost.StartAsync(settings => settings with { Token = null });
        using HttpClient client = host.Client(isSignedIn: false);

        Assert.Equal("seen", await client.GetStringAsync(new Uri("/api/look", UriKind.Relative)));
        Assert.Equal(HttpStatusCode.SeeOther, (await client.GetAsync(new Uri("/sign-in", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public void The_token_is_drawn_once_and_for_its_user_alone()
    {
        using TempDirectory directory = new();
        string path = TokenFile.In(Path.Combine(directory.Path, "station"));

        string[] drawn = new string[8];
        Parallel.For(0, drawn.Length, i => drawn[i] = TokenFile.Read(path));

        Assert.Single(drawn.Distinct());
        Assert.Matches("^[0-9a-f]{32}$", drawn[0]);
        Assert.Equal([path], Directory.EnumerateFiles(Path.GetDirectoryName(path)!));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            Assert.False(TokenFile.IsSeenByOthers(path));
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
            Assert.True(TokenFile.IsSeenByOthers(path));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("two words are no token")]
    [InlineData("ünicode-ünicode-ünicode")]
    public void A_token_that_is_easily_guessed_or_cannot_be_sent_is_refused(string text)
    {
        using TempDirectory directory = new();
        string path = Path.Combine(directory.Path, "token");
        File.WriteAllText(path, text);

        Assert.Equal("token-unusable", Assert.Throws<Spindle.Media.OperationFailedException>(() => TokenFile.Read(path)).Failure.Code);
    }
}
