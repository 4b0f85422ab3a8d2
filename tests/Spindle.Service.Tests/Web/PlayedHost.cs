// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spindle.Media;
using Spindle.Service.Web;

namespace Spindle.Service.Tests.Web;

/// <summary>A host in this process, on a port that is free, and who asks it.</summary>
public sealed class PlayedHost : IAsyncDisposable, IAsyncLifetime
{
    public const string Token = "0123456789abcdef0123456789abcdef";

    private ServiceHost? _host;

    /// <summary>What is added to the settings.</summary>
    public Func<HostSettings, HostSettings> Settings { get; init; } = settings => settings;

    public IReadOnlyList<IEndpoints> Endpoints { get; init; } = [new PlayedEndpoints()];

    public List<string> Logged { get; } = [];

    public ServiceHost Host => _host!;

    public Uri Address => Host.Addresses[0];

    public int Port => Address.Port;

    public static async Task<PlayedHost> StartAsync(Func<HostSettings, HostSettings>? settings = null, IReadOnlyList<IEndpoints>? endpoints = null)
    {
        PlayedHost host = new() { Settings = settings ?? (same => same), Endpoints = endpoints ?? [new PlayedEndpoints()] };
        await host.InitializeAsync();
        return host;
    }

    public async ValueTask InitializeAsync() => _host = await ServiceHost.StartAsync(
        Settings(new() { Addresses = [new(IPAddress.Loopback, 0)], Token = Token, Log = Logged.Add }), Endpoints, CancellationToken.None);

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>A program that keeps no cookies and follows nothing by itself.</summary>
    public HttpClient Client(bool isSignedIn = true)
    {
        HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = Address };
        if (isSignedIn)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        }

        return client;
    }

    /// <summary>Sends bytes as they are, and returns all that comes back until the host closes.</summary>
    public async Task<string> SayAsync(string request)
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using MemoryStream answer = new();
        await stream.CopyToAsync(answer);
        return Encoding.UTF8.GetString(answer.ToArray());
    }

    /// <summary>The same for a request of a few lines that closes the connection.</summary>
    /// <param name="line">Method and target.</param>
    /// <param name="headers">Lines of headers, but for the token, which is there already.</param>
    public Task<string> AskAsync(string line, params IEnumerable<string> headers) =>
        SayAsync($"{line} HTTP/1.1\r\nConnection: close\r\nAuthorization: Bearer {Token}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n");

    /// <summary>The status of an answer.</summary>
    public static int Status(string answer) => answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(answer.AsSpan(9, 3)) : 0;
}

/// <summary>Places that a test can ask.</summary>
internal sealed class PlayedEndpoints : IEndpoints
{
    /// <summary>How often something was changed.</summary>
    public int Changes { get; private set; }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/api/look", context => Answer.BytesAsync(context, "seen"u8.ToArray(), "text/plain"));
        routes.MapRead("/api/open", context => Answer.BytesAsync(context, "open"u8.ToArray(), "text/plain")).Open();
        routes.MapRead("/page", context => Answer.HtmlAsync(context, $"<a href=\"{context.Base()}/page\">page</a>"));
        routes.MapRead("/api/breaks", _ => throw new InvalidOperationException("a mistake with /secret/ in it"));
        routes.MapRead("/api/fails", _ => throw new OperationFailedException(new("no-such-source", "there is no file x", "check the name")));
        routes.MapEmbedded("/played.css", typeof(PlayedEndpoints).Assembly, "played.css", "text/css; charset=utf-8");
        routes.MapPost("/change", async context =>
        {
            IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
            Changes += form.Count;
            await Answer.BytesAsync(context, "changed"u8.ToArray(), "text/plain");
        });
        routes.MapPost("/api/change", async context =>
        {
            using MemoryStream body = new();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            Changes++;
            await Answer.BytesAsync(context, "changed"u8.ToArray(), "text/plain", StatusCodes.Status202Accepted);
        });
        routes.MapGet("/api/stream", async context =>
        {
            await context.Response.Body.WriteAsync("hello\n"u8.ToArray(), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
    }
}
