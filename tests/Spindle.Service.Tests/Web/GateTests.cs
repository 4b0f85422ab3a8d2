// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Spindle.Service.Tests.Web;

/// <summary>Who gets in. Requests are written byte for byte where a client would mend them.</summary>
public sealed class GateTests(PlayedHost host) : IClassFixture<PlayedHost>
{
    private readonly PlayedHost _host = host;

    public static TheoryData<string, string> HostsAndPlaces()
    {
        TheoryData<string, string> all = [];
        foreach (string name in (string[])["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "evil.example:8080", "127.0.0.2", "localhost.", "[::2]", "0.0.0.0", "2130706433"])
        {
            foreach (string place in (string[])["/api/look", "/api/open", "/api/stream", "/played.css", "/sign-in", "/nothing"])
            {
                all.Add(name, place);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(HostsAndPlaces))]
    public async Task Another_host_is_refused_wherever_it_asks(string name, string place)
    {
        string answer = await _host.AskAsync($"GET {place}", $"Host: {name}");

        Assert.Equal(421, PlayedHost.Status(answer));
        Assert.Contains("\"wrong-host\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost:1234")]
    [InlineData("[::1]:8080")]
    [InlineData("LOCALHOST")]
    [InlineData("127.0.0.1")]
    public async Task The_loopback_is_answered_by_each_of_its_names(string name) =>
        Assert.Equal(200, PlayedHost.Status(await _host.AskAsync("GET /api/look", $"Host: {name}")));

    [Theory]
    [InlineData("Host:")]
    [InlineData("X: y")]
    [InlineData("Host: localhost\r\nHost: evil.example")]
    [InlineData("Host: local host")]
    public async Task A_request_that_names_no_host_is_none(string header) =>
        Assert.Equal(400, PlayedHost.Status(await _host.AskAsync("GET /api/look", header)));

    [Fact]
    public async Task A_target_with_a_host_of_its_own_gets_nowhere() =>
        Assert.Contains(PlayedHost.Status(await _host.AskAsync("GET http://evil.example/api/look", "Host: localhost")), (int[])[400, 421]);

    [Theory]
    [InlineData("Sec-Fetch-Site: cross-site", 403)]
    [InlineData("Sec-Fetch-Site: same-site", 403)]
    [InlineData("Sec-Fetch-Site: cross-site\r\nSec-Fetch-Site: same-origin", 403)]
    [InlineData("Sec-Fetch-Site: same-origin", 202)]
    [InlineData("Sec-Fetch-Site: none", 202)]
    [InlineData("Origin: http://evil.example", 403)]
    [InlineData("Origin: null", 403)]
    [InlineData("Origin: http://localhost:9999", 403)] // another service of this machine
    [InlineData("Origin: http://localhost", 403)]
    [InlineData("Origin: http://localhost:8080", 202)]
    [InlineData("Origin: https://localhost:8080", 202)] // a proxy spoke HTTPS
    [InlineData("X: y", 202)]
    public async Task What_changes_something_comes_from_us_or_from_a_program(string header, int status)
    {
        string answer = await _host.AskAsync("POST /api/change", "Host: localhost:8080", "Content-Length: 0", header);

        Assert.Equal(status, PlayedHost.Status(answer));
        Assert.Equal(status == 403, answer.Contains("foreign-origin", StringComparison.Ordinal));
        Assert.DoesNotContain("Access-Control", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    [InlineData("WHATEVER")]
    public async Task Other_methods_are_held_to_the_same(string method)
    {
        string answer = await _host.AskAsync($"{method} /api/change", "Host: localhost", "Origin: http://evil.example", "Access-Control-Request-Method: POST", "Content-Length: 0");

        Assert.Equal(403, PlayedHost.Status(answer));
        Assert.DoesNotContain("Access-Control", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Looking_changes_nothing()
    {
        await using PlayedHost host = await PlayedHost.StartAsync();
        using HttpClient client = host.Client();

        using HttpResponseMessage answer = await client.GetAsync(new Uri("/change", UriKind.Relative));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Contains("wrong-method", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, ((PlayedEndpoints)host.Endpoints[0]).Changes);
    }

    [Theory]
    [InlineData("/api/look", "application/json", 401)]
    [InlineData("/api/stream", "text/event-stream", 401)]
    [InlineData("/nothing", "*/*", 401)] // who is not let in is not told what there is
    [InlineData("/api/look", "text/html", 401)] // never a page where programs ask
    [InlineData("/page", "text/html", 302)]
    [InlineData("/nothing", "text/html", 302)]
    [InlineData("/played.css", "text/css", 401)]
    [InlineData("/api/open", "*/*", 200)]
    public async Task Without_a_token_there_is_nothing_but_what_is_open(string place, string accept, int status)
    {
        using HttpClient client = _host.Client(isSignedIn: false);
        client.DefaultRequestHeaders.Accept.Add(new(accept));

        using HttpResponseMessage answer = await client.GetAsync(new Uri(place, UriKind.Relative));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 401 ? "Bearer" : "", answer.Headers.WwwAuthenticate.ToString());
        if (status == 401)
        {
            Assert.Contains("token-wanted", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        }
    }

    [Theory]
    [InlineData("Basic MDEyMw==")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer 0123456789abcdef0123456789abcdeF")]
    [InlineData("Bearer 0123456789abcdef0123456789abcdef0")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    public async Task A_wrong_token_is_none(string given)
    {
        await using PlayedHost host = await PlayedHost.StartAsync();

        string answer = await host.SayAsync($"GET /api/look HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: {given}\r\n\r\n");

        Assert.Equal(401, PlayedHost.Status(answer));
        Assert.Contains("token-wrong", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/look?token=" + PlayedHost.Token)]
    [InlineData("/page?token=" + PlayedHost.Token)]
    [InlineData("/api/look?access_token=" + PlayedHost.Token)]
    public async Task A_token_in_an_address_counts_where_one_signs_in_and_nowhere_else(string place)
    {
        using HttpClient client = _host.Client(isSignedIn: false);

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri(place, UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Who_tries_many_tokens_is_told_to_wait_and_keeps_nobody_else_out()
    {
        await using PlayedHost host = await PlayedHost.StartAsync();
        using HttpClient guessing = host.Client(isSignedIn: false);
        using HttpClient right = host.Client();
        List<int> seen = [];
        for (int i = 0; i < 12; i++)
        {
            guessing.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"{i}");
            using HttpResponseMessage answer = await guessing.GetAsync(new Uri("/api/look", UriKind.Relative));
            seen.Add((int)answer.StatusCode);
            Assert.Equal(i >= 10, answer.Headers.RetryAfter is not null);
            Assert.Contains(i >= 10 ? "too-many-wrong-tokens" : "token-wrong", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal([.. Enumerable.Repeat(401, 10), 429, 429], seen);
        Assert.Equal(HttpStatusCode.OK, (await right.GetAsync(new Uri("/api/look", UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData("/../../etc/passwd")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/..%2f..%2fetc%2fpasswd")]
    [InlineData("/..\\..\\etc\\passwd")]
    [InlineData("/%5c..%5cetc")]
    [InlineData("/%00")]
    [InlineData("/%ff%fe")]
    [InlineData("/%")]
    [InlineData("//evil.example/")]
    public async Task Odd_paths_lead_nowhere(string path) =>
        Assert.Contains(PlayedHost.Status(await _host.AskAsync($"GET {path}", "Host: localhost")), (int[])[400, 404]);

    [Fact]
    public async Task A_path_without_end_leads_nowhere() =>
        Assert.Contains(PlayedHost.Status(await _host.AskAsync("GET /" + new string('a', 8 << 10), "Host: localhost")), (int[])[404, 414]);

    [Fact]
    public async Task There_are_only_so_many_headers() =>
        Assert.Equal(431, PlayedHost.Status(await _host.AskAsync("GET /api/look", ["Host: localhost", .. Enumerable.Range(0, 1000).Select(i => $"X-{i}: y")])));

    [Theory]
    [InlineData("/api/change", "application/json")]
    [InlineData("/change", "application/x-www-form-urlencoded")]
    public async Task A_body_is_only_so_long(string place, string type)
    {
        using HttpClient client = _host.Client();
        using ByteArrayContent body = new(Encoding.ASCII.GetBytes("a=" + new string('b', 2 << 20)));
        body.Headers.ContentType = new(type);

        using HttpResponseMessage answer = await client.PostAsync(new Uri(place, UriKind.Relative), body);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("request-too-large", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_without_a_length_is_only_so_long()
    {
        string chunk = $"{0x10000:x}\r\n{new string('b', 0x10000)}\r\n";

        string answer = await _host.AskAsync("POST /api/change", "Host: localhost", "Transfer-Encoding: chunked", "", string.Concat(Enumerable.Repeat(chunk, 20)) + "0\r\n");

        Assert.Equal(413, PlayedHost.Status(answer));
    }

    [Theory]
    [InlineData("/api/look")]
    [InlineData("/api/breaks")]
    [InlineData("/nothing")]
    [InlineData("/played.css")]
    public async Task Each_answer_has_the_headers_that_protect(string place)
    {
        using HttpClient client = _host.Client();

        using HttpResponseMessage answer = await client.GetAsync(new Uri(place, UriKind.Relative));

        Assert.StartsWith("default-src 'none'; script-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        Assert.Equal(place == "/played.css" ? "no-cache" : "no-store", answer.Headers.CacheControl!.ToString());
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("")]
    public async Task What_is_no_form_of_a_page_is_not_read_as_one(string type)
    {
        string answer = await _host.AskAsync("POST /sign-in", "Host: localhost", $"Content-Type: {type}", "Content-Length: 7", "", "token=x");

        Assert.Equal(415, PlayedHost.Status(answer));
        Assert.Contains("wrong-media-type", answer, StringComparison.Ordinal);
    }
}
