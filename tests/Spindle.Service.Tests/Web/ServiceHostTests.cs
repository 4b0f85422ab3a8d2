// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Spindle.Media;
using Spindle.Service.Web;

namespace Spindle.Service.Tests.Web;

public sealed class ServiceHostTests
{
    [Fact]
    public async Task It_stops_within_a_second_whoever_watches()
    {
        await using PlayedHost host = await PlayedHost.StartAsync();
        using HttpClient client = host.Client();
        Stream[] streams = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => client.GetStreamAsync(new Uri("/api/stream", UriKind.Relative))));
        foreach (Stream stream in streams)
        {
            Assert.Equal((byte)'h', stream.ReadByte());
        }

        long began = Stopwatch.GetTimestamp();
        await host.Host.StopAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Empty(host.Logged);
    }

    [Fact]
    public async Task It_answers_on_each_of_its_addresses()
    {
        await using PlayedHost host = await PlayedHost.StartAsync(settings => settings with { Addresses = [.. ListenAddress.Usual.Select(usual => usual with { Port = 0 })] });

        Assert.Equal(ListenAddress.Usual.Select(usual => usual.Host), host.Host.Addresses.Select(address => address.Host));
        foreach (Uri address in host.Host.Addresses)
        {
            using HttpClient client = host.Client();
            Assert.Equal("seen", await client.GetStringAsync(new Uri(address, "/api/look")));
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_as_one()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;

        OperationFailedException refused = await Assert.ThrowsAsync<OperationFailedException>(
            () => PlayedHost.StartAsync(settings => settings with { Addresses = [new(IPAddress.Loopback, port)] }));

        Assert.Equal("port-taken", refused.Failure.Code);
        Assert.Contains($"http://127.0.0.1:{port}", refused.Failure.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_none_of_this_machine_is_told_as_one()
    {
        OperationFailedException refused = await Assert.ThrowsAsync<OperationFailedException>(
            () => PlayedHost.StartAsync(settings => settings with { Addresses = [new(IPAddress.Parse("192.0.2.1"), 0)] }));

        Assert.Contains(refused.Failure.Code, (string[])["address-unusable", "port-denied"]);
    }

    [Fact]
    public async Task A_mistake_of_the_program_is_told_without_what_it_was()
    {
        await using PlayedHost host = await PlayedHost.StartAsync();
        using HttpClient client = host.Client();

        using HttpResponseMessage answer = await client.GetAsync(new Uri("/api/breaks", UriKind.Relative));
        string text = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("internal-error", JsonDocument.Parse(text).RootElement.GetProperty("code").GetString());
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.Contains("/secret/", Assert.Single(host.Logged), StringComparison.Ordinal);
        Assert.DoesNotContain(PlayedHost.Token, host.Logged[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_failed_is_told_as_problem_details_to_programs_and_as_a_page_to_people()
    {
        await using PlayedHost host = await PlayedHost.StartAsync();
        using HttpClient client = host.Client();

        using HttpResponseMessage told = await client.GetAsync(new Uri("/api/fails", UriKind.Relative));
        JsonElement problem = JsonDocument.Parse(await told.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(HttpStatusCode.NotFound, told.StatusCode);
        Assert.Equal("application/problem+json", told.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            ("urn:spindle:error:no-such-source", "there is no file x", "check the name", 404, "no-such-source"),
            (problem.GetProperty("type").GetString(), problem.GetProperty("title").GetString(), problem.GetProperty("detail").GetString(), problem.GetProperty("status").GetInt32(), problem.GetProperty("code").GetString()));

        client.DefaultRequestHeaders.Accept.Add(new("text/html"));
        using HttpResponseMessage shown = await client.GetAsync(new Uri("/<b>", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, shown.StatusCode);
        Assert.Contains("no-such-place", await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("usage", 422)]
    [InlineData("not-a-request", 422)]
    [InlineData("no-medium", 422)]
    [InlineData("no-such-source", 404)]
    [InlineData("already-exists", 409)]
    [InlineData("already-queued", 409)]
    [InlineData("station-taken", 409)]
    [InlineData("catalogue-busy", 409)]
    [InlineData("register-busy", 503)]
    [InlineData("register-damaged", 503)]
    [InlineData("target-denied", 403)]
    [InlineData("outside-root", 403)]
    [InlineData("no-space", 507)]
    [InlineData("bad-request", 400)]
    [InlineData("wrong-media-type", 415)]
    public void Codes_have_their_status(string code, int status) => Assert.Equal(status, Answer.StatusOf(new(code, "")));

    [Theory]
    [InlineData("/spindle/page")] // as it came
    [InlineData("/page")] // the proxy took the path away
    public async Task Links_begin_where_the_proxy_has_the_service(string place)
    {
        await using PlayedHost host = await PlayedHost.StartAsync(settings => settings with { BasePath = "/spindle/", AllowedHosts = ["archive.example"] });
        using HttpClient client = host.Client();
        client.DefaultRequestHeaders.Host = "Archive.example:443";

        Assert.Contains("href=\"/spindle/page\"", await client.GetStringAsync(new Uri(place, UriKind.Relative)), StringComparison.Ordinal);

        client.DefaultRequestHeaders.Authorization = null;
        client.DefaultRequestHeaders.Accept.Add(new("text/html"));
        using HttpResponseMessage sent = await client.GetAsync(new Uri(place, UriKind.Relative));
        Assert.Equal("/spindle/sign-in?next=%2Fpage", sent.Headers.Location!.OriginalString);
        using HttpResponseMessage entered = await client.GetAsync(new Uri($"/spindle/sign-in?token={PlayedHost.Token}&next=%2Fpage", UriKind.Relative));
        Assert.Equal("/spindle/page", entered.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task An_embedded_file_is_sent_again_only_when_it_changed()
    {
        await using PlayedHost host = await PlayedHost.StartAsync();
        using HttpClient client = host.Client();
        Uri file = new("/played.css", UriKind.Relative);

        using HttpResponseMessage first = await client.GetAsync(file);
        Assert.Equal("text/css; charset=utf-8", first.Content.Headers.ContentType!.ToString());
        Assert.Contains("color", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach ((string known, HttpStatusCode status) in ((string, HttpStatusCode)[])[
            (first.Headers.ETag!.ToString(), HttpStatusCode.NotModified), ($"\"x\", W/{first.Headers.ETag}", HttpStatusCode.NotModified), ("*", HttpStatusCode.NotModified), ("\"x\"", HttpStatusCode.OK)])
        {
            using HttpRequestMessage request = new(HttpMethod.Get, file);
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
            using HttpResponseMessage again = await client.SendAsync(request);
            Assert.Equal(status, again.StatusCode);
        }

        using HttpRequestMessage head = new(HttpMethod.Head, file);
        using HttpResponseMessage headers = await client.SendAsync(head);
        Assert.Equal(HttpStatusCode.OK, headers.StatusCode);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080")]
    [InlineData("http://127.0.0.1", "http://127.0.0.1:8080")]
    [InlineData("http://127.0.0.1:80", "http://127.0.0.1:80")]
    [InlineData("http://[::1]:0/", "http://[::1]:0")]
    [InlineData("http://[::1]", "http://[::1]:8080")]
    [InlineData("http://*:9000", "http://0.0.0.0:9000")]
    [InlineData("HTTP://192.0.2.1:9000", "http://192.0.2.1:9000")]
    public void Addresses_are_read(string url, string address) => Assert.Equal(address, Assert.Single(ListenAddress.Parse(url)).ToString());

    [Theory]
    [InlineData("https://127.0.0.1:8080")]
    [InlineData("127.0.0.1:8080")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://archive.example:8080")]
    [InlineData("http://127.0.0.1:8080/spindle")]
    [InlineData("http://a@127.0.0.1:8080")]
    [InlineData("")]
    [InlineData("ftp://127.0.0.1")]
    public void What_is_no_address_is_told(string url) =>
        Assert.Equal("usage", Assert.Throws<OperationFailedException>(() => ListenAddress.Parse(url)).Failure.Code);

    [Fact]
    public void Localhost_is_the_loopback_of_each_kind_that_there_is() =>
        Assert.Equal([.. ListenAddress.Usual.Select(usual => usual with { Port = 9000 })], ListenAddress.Parse("http://localhost:9000"));

    [Theory]
    [InlineData("0.0.0.0", true, "archive.example", true)]
    [InlineData("0.0.0.0", true, null, false)]
    [InlineData("::", true, null, false)]
    [InlineData("192.0.2.1", true, null, true)]
    [InlineData("192.0.2.1", false, null, false)]
    [InlineData("127.0.0.1", false, null, true)]
    public void Other_machines_need_a_token_and_a_name(string address, bool hasToken, string? name, bool isFine)
    {
        HostSettings settings = new() { Addresses = [new(IPAddress.Parse(address), 8080)], Token = hasToken ? PlayedHost.Token : null, AllowedHosts = name is null ? [] : [name] };

        Assert.Equal(isFine ? null : "usage", Record.Exception(settings.Check) is OperationFailedException e ? e.Failure.Code : null);
    }

    [Theory]
    [InlineData("spindle")]
    [InlineData("/a//b")]
    [InlineData("/a/../b")]
    [InlineData("/a?b")]
    [InlineData("/a b")]
    public void What_is_no_base_path_is_told(string path) => Assert.Equal("usage", Assert.Throws<OperationFailedException>(() => new HostSettings { BasePath = path }).Failure.Code);

    [Theory]
    [InlineData("")]
    [InlineData("archive.example:8080")]
    [InlineData("http://archive.example")]
    [InlineData("a b")]
    public void What_is_no_name_of_a_host_is_told(string name) => Assert.Equal("usage", Assert.Throws<OperationFailedException>(() => new HostSettings { AllowedHosts = [name] }).Failure.Code);
}
