// SPDX-License-Identifier: MIT
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Spindle.Media;

namespace Spindle.Service.Web;

/// <summary>A server for programs, at addresses of its own: it has no pages, no places but what the one who answers makes of a target, and bodies of any length.</summary>
public sealed class PlainHost : IAsyncDisposable
{
    private const int MostConnections = 1000;
    private const int LongestLine = 16 * 1024; // bytes: a key of S3 has 1024, which may take 3072, and a signature stands beside it
    private static readonly TimeSpan StopsWithin = TimeSpan.FromMilliseconds(700);

    private readonly WebApplication _application;

    private PlainHost(WebApplication application) => _application = application;

    /// <summary>Where it listens, with the ports that it got.</summary>
    public IReadOnlyList<Uri> Addresses =>
        [.. _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address))];

    /// <summary>Starts it.</summary>
    /// <param name="addresses">Where it listens.</param>
    /// <param name="answer">Makes who answers; is given what is cancelled when it stops.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="OperationFailedException"><c>port-taken</c>, <c>port-denied</c>, <c>address-unusable</c>.</exception>
    internal static async Task<PlainHost> StartAsync(IReadOnlyList<ListenAddress> addresses, Func<CancellationToken, RequestDelegate> answer, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "spindle", ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, addresses));
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = ServiceHost.Listen);
        builder.Services.AddSingleton<IHostLifetime, ServiceHost.NoLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopsWithin);
        WebApplication application = builder.Build();
        application.Run(answer(application.Lifetime.ApplicationStopping));
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
        kestrel.Limits.MaxRequestBodySize = null; // who answers has its own
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
