// SPDX-License-Identifier: MIT
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Spindle.Media;
using Spindle.Service.Web;
using Spindle.Vault;

namespace Spindle.Service.S3;

/// <summary>The server that speaks S3, at addresses of its own: keys and buckets are whatever comes after the first slash.</summary>
public sealed class S3Host : IAsyncDisposable
{
    private const int MostConnections = 1000;
    private const int LongestLine = 16 * 1024; // bytes: a key of 1024 bytes may take 3072, and a signature stands beside it
    private static readonly TimeSpan StopsWithin = TimeSpan.FromMilliseconds(700);

    private readonly WebApplication _application;

    private S3Host(WebApplication application) => _application = application;

    /// <summary>Where it listens, with the ports that it got.</summary>
    public IReadOnlyList<Uri> Addresses =>
        [.. _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address))];

    /// <summary>Starts it.</summary>
    /// <param name="vault">What it serves; it stays the caller's.</param>
    /// <param name="addresses">Where it listens.</param>
    /// <param name="domain">The domain below which buckets are hosts, such as <c>vault.example</c>; null where they stand in the path alone.</param>
    /// <param name="log">Is told of errors in the program itself.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="OperationFailedException"><c>port-taken</c>, <c>port-denied</c>, <c>address-unusable</c>.</exception>
    public static async Task<S3Host> StartAsync(OpenVault vault, IReadOnlyList<ListenAddress> addresses, string? domain, Action<string> log, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "spindle", ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, addresses));
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = ServiceHost.Listen);
        builder.Services.AddSingleton<IHostLifetime, ServiceHost.NoLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopsWithin);
        WebApplication application = builder.Build();
        S3Server server = new(vault, domain, log, application.Lifetime.ApplicationStopping);
        application.Run(server.AnswerAsync);
        await ServiceHost.BeginAsync(application, addresses, cancellationToken);
        return new(application);
    }

    /// <summary>Stops it: what is under way may end by itself, for less than a second.</summary>
    public async Task StopAsync()
    {
        using CancellationTokenSource late = new(StopsWithin);
        await _application.StopAsync(late.Token);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static void Configure(KestrelServerOptions kestrel, IReadOnlyList<ListenAddress> addresses)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null; // S3 has its own
        kestrel.Limits.MaxRequestLineSize = LongestLine;
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.MinResponseDataRate = null; // a reader may pause: a tape, a disc
        kestrel.Limits.MaxRequestBufferSize = 1 << 20;
        kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1; // bytes as they came: they are signed
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        foreach (ListenAddress address in addresses)
        {
            kestrel.Listen(new IPEndPoint(address.Address, address.Port), listen => listen.Protocols = HttpProtocols.Http1);
        }
    }
}
