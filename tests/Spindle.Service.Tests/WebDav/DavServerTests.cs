// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using Spindle.Service.Tests.S3;
using Spindle.Service.Web;
using Spindle.Service.WebDav;
using Spindle.Vault.Keys;

namespace Spindle.Service.Tests.WebDav;

public sealed class DavServerTests(ServedVault vault) : IClassFixture<ServedVault>, IAsyncLifetime
{
    private static readonly XNamespace Dav = "DAV:";

    private readonly HttpClient _client = new();
    private PlainHost? _host;

    public async ValueTask InitializeAsync()
    {
        _host = await PlainHost.StartAsync([.. ListenAddress.Parse("http://127.0.0.1:0")], _ => new DavServer(vault.Vault, vault.Log.Add).AnswerAsync, CancellationToken.None);
        _client.BaseAddress = _host.Addresses[0];
        AccessKey key = vault.Vault.Keys.All().Single(key => key.Name == "me");
        _client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{key.Id}:{key.Secret}")));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host!.DisposeAsync();
    }

    [Fact]
    public async Task Keys_are_files_of_folders()
    {
        string bucket = await FilledAsync("a/one é+%.txt", "a/b/two", "three");
        Assert.Contains($"/{bucket}/", await ListAsync(""));
        Assert.Equal([$"/{bucket}/", $"/{bucket}/three", $"/{bucket}/a/"], await ListAsync($"{bucket}/"));
        Assert.Equal([$"/{bucket}/a/", $"/{bucket}/a/one%20%C3%A9%2B%25.txt", $"/{bucket}/a/b/"], await ListAsync($"{bucket}/a"));
        Assert.Equal([$"/{bucket}/a/one%20%C3%A9%2B%25.txt"], await ListAsync($"{bucket}/a/one%20%C3%A9%2B%25.txt"));
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("PROPFIND", $"{bucket}/none", depth: "0")).StatusCode);
    }

    [Fact]
    public async Task Properties_are_told_and_unknown_ones_are_said_to_be_none()
    {
        string bucket = await FilledAsync("key");
        using HttpResponseMessage answer = await SendAsync("PROPFIND", $"{bucket}/key", "<D:propfind xmlns:D=\"DAV:\" xmlns:oc=\"http://owncloud.org/ns\"><D:prop><D:getcontentlength/><oc:checksums/><D:lockdiscovery/></D:prop></D:propfind>", "0");
        Assert.Equal(HttpStatusCode.MultiStatus, answer.StatusCode);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("<D:getcontentlength>14</D:getcontentlength>", text, StringComparison.Ordinal);
        Assert.Contains(">MD5:", text, StringComparison.Ordinal);
        XElement[] states = [.. XDocument.Parse(text).Descendants(Dav + "propstat")];
        Assert.Equal(["HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found"], states.Select(state => state.Element(Dav + "status")!.Value));
        Assert.NotNull(states[1].Descendants(Dav + "lockdiscovery").SingleOrDefault());
    }

    [Fact]
    public async Task Files_are_read_whole_and_in_pieces()
    {
        string bucket = await FilledAsync("key");
        Assert.Equal("content of key", await _client.GetStringAsync($"{bucket}/key"));
        using HttpRequestMessage piece = new(HttpMethod.Get, $"{bucket}/key") { Headers = { Range = new RangeHeaderValue(8, 9) } };
        using HttpResponseMessage answer = await _client.SendAsync(piece);
        Assert.Equal((HttpStatusCode.PartialContent, "of"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        using HttpRequestMessage again = new(HttpMethod.Get, $"{bucket}/key");
        again.Headers.TryAddWithoutValidation("If-None-Match", answer.Headers.ETag!.Tag);
        Assert.Equal(HttpStatusCode.NotModified, (await _client.SendAsync(again)).StatusCode);
        using HttpRequestMessage behind = new(HttpMethod.Get, $"{bucket}/key") { Headers = { Range = new RangeHeaderValue(80, 90) } };
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, (await _client.SendAsync(behind)).StatusCode);
    }

    [Fact]
    public async Task A_file_that_is_on_discs_only_says_on_which_and_is_listed()
    {
        string bucket = await FilledAsync("key");
        await vault.Vault.Objects.WriteAsync(rows =>
        {
            rows.Database.Run($"UPDATE vault_object SET file = NULL WHERE bucket = (SELECT id FROM vault_bucket WHERE name = '{bucket}')");
            return true;
        });
        using HttpResponseMessage answer = await _client.GetAsync($"{bucket}/key");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("spindle vault thaw", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains($"/{bucket}/key", await ListAsync($"{bucket}/"));
        Assert.Contains("disc", await _client.GetStringAsync(".spindle/WANTED.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_can_be_changed()
    {
        string bucket = await FilledAsync("key");
        foreach (string method in (string[])["PUT", "DELETE", "MKCOL", "MOVE", "COPY", "PROPPATCH", "LOCK"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(method, $"{bucket}/key")).StatusCode);
        }

        Assert.Equal("content of key", await vault.GetAsync(bucket, "key"));
    }

    [Fact]
    public async Task Who_has_no_key_is_told_how_to_say_who_he_is_and_may_ask_what_can_be_done()
    {
        using HttpClient anybody = new() { BaseAddress = _client.BaseAddress };
        using HttpResponseMessage answer = await anybody.GetAsync("");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Basic", answer.Headers.WwwAuthenticate.Single().Scheme);
        using HttpRequestMessage options = new(HttpMethod.Options, "any");
        using HttpResponseMessage can = await anybody.SendAsync(options);
        Assert.Equal(["1"], can.Headers.GetValues("DAV"));
        anybody.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{vault.Vault.Keys.All()[0].Id}:wrong")));
        Assert.Equal(HttpStatusCode.Unauthorized, (await anybody.GetAsync("")).StatusCode);
    }

    [Fact]
    public async Task All_at_once_is_refused_and_what_is_no_question_too()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync("PROPFIND", "", depth: "infinity")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync("PROPFIND", "", "no xml", "0")).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await SendAsync("POST", "")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync("any/.DS_Store")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync(".metadata_never_index")).StatusCode);
    }

    private async Task<string> FilledAsync(params string[] keys)
    {
        string bucket = await vault.BucketAsync();
        foreach (string key in keys)
        {
            await vault.PutAsync(bucket, key, $"content of {key}");
        }

        return bucket;
    }

    private async Task<string[]> ListAsync(string path)
    {
        using HttpResponseMessage answer = await SendAsync("PROPFIND", path, depth: "1");
        Assert.Equal(HttpStatusCode.MultiStatus, answer.StatusCode);
        return [.. XDocument.Parse(await answer.Content.ReadAsStringAsync()).Descendants(Dav + "href").Select(href => href.Value)];
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path, string? body = null, string? depth = null)
    {
        HttpRequestMessage request = new(new HttpMethod(method), path) { Content = body is null ? null : new StringContent(body) };
        if (depth is not null)
        {
            request.Headers.Add("Depth", depth);
        }

        return _client.SendAsync(request);
    }
}
