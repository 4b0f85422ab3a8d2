// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Spindle.Media;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace Spindle.Service.Web;

/// <summary>The local server: it listens, lets in whom it may, and answers.</summary>
public sealed class ServiceHost : IAsyncDisposable
{
    /// <summary>The largest body of a request, in bytes, where an address does not say another.</summary>
    public const long LongestBody = 1 << 20;

    private const int GoneAfterSeconds = 30;
    private const int TcpLevel = 6; // IPPROTO_TCP
    private const int TcpUserTimeout = 18; // TCP_USER_TIMEOUT of Linux

    private const int MostConnections = 500; // 200 watchers, and room for what they do
    private static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StopsWithin = TimeSpan.FromMilliseconds(700);

    private readonly WebApplication _application;

    private ServiceHost(WebApplication application) => _application = application;

    /// <summary>Where it listens, with the ports that it got.</summary>
    public IReadOnlyList<Uri> Addresses =>
        [.. _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address))];

    /// <summary>What can be asked: the method and the pattern of each address.</summary>
    internal IEnumerable<(string Method, string Pattern)> Routes => _application.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(method => (method, endpoint.RoutePattern.RawText!)));

    /// <summary>Is cancelled when it begins to stop.</summary>
    public CancellationToken Stopping => _application.Lifetime.ApplicationStopping;

    /// <summary>Starts it.</summary>
    /// <param name="settings">How it listens, and whom it answers.</param>
    /// <param name="endpoints">What can be asked.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="OperationFailedException"><c>port-taken</c>, <c>port-denied</c>, <c>address-unusable</c>, <c>usage</c>.</exception>
    public static async Task<ServiceHost> StartAsync(HostSettings settings, IReadOnlyList<IEndpoints> endpoints, CancellationToken cancellationToken)
    {
        settings.Check();

        // Empty: no settings from the folder in which the program is started, nor from its environment, and nothing written to standard output.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "spindle", ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, settings));
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = Listen);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopsWithin);
        WebApplication application = builder.Build();
        ServiceHost host = new(application);
        ServedBy served = new(settings, new(settings.Token, settings.Time), host.Stopping);
        application.Use(next => context => AnswerAsync(context, served, next));
        application.UseRouting();
        application.Use(next => async context =>
        {
            if (await Gate.AdmitAsync(context, served))
            {
                await next(context);
            }
        });
        foreach (IEndpoints places in endpoints.Prepend(new SignIn()))
        {
            places.Map(application);
        }

        await BeginAsync(application, settings.Addresses, cancellationToken);
        return host;
    }

    /// <summary>Has a server listen; says in words why it can't.</summary>
    /// <exception cref="OperationFailedException"><c>port-taken</c>, <c>port-denied</c>, <c>address-unusable</c>.</exception>
    internal static async Task BeginAsync(WebApplication application, IReadOnlyList<ListenAddress> addresses, CancellationToken cancellationToken)
    {
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await application.DisposeAsync();
            throw Told(e, addresses);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops it: what goes on for long is ended, what is nearly done may end by itself, for less than a second.</summary>
    public async Task StopAsync()
    {
        using CancellationTokenSource late = new(StopsWithin);
        await _application.StopAsync(late.Token);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static void Configure(KestrelServerOptions kestrel, HostSettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LongestBody;
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = 0;
        kestrel.Limits.RequestHeadersTimeout = HeadersWithin;
        foreach (ListenAddress address in settings.Addresses)
        {
            kestrel.Listen(new IPEndPoint(address.Address, address.Port), listen => listen.Protocols = HttpProtocols.Http1);
        }
    }

    /// <summary>A socket whose connections notice that the other end is gone without a word, as when its cable was pulled: else they stay for a quarter of an hour.</summary>
    internal static Socket Listen(EndPoint address)
    {
        Socket socket = SocketTransportOptions.CreateDefaultBoundListenSocket(address);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, GoneAfterSeconds / 2);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, GoneAfterSeconds / 6);
        if (OperatingSystem.IsLinux())
        {
            Span<byte> milliseconds = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(milliseconds, GoneAfterSeconds * 1000);
            socket.SetRawSocketOption(TcpLevel, TcpUserTimeout, milliseconds); // while something is on its way, the former do not count (tcp(7))
        }

        return socket;
    }

    /// <summary>All that is around the answer itself.</summary>
    private static async Task AnswerAsync(HttpContext context, ServedBy host, RequestDelegate next)
    {
        context.Features.Set(host);
        context.Response.OnStarting(static response => // not before: who answers with an error begins anew
        {
            Gate.Protect((HttpResponse)response);
            return Task.CompletedTask;
        }, context.Response);

        // A proxy may have taken the path away, or not.
        PathString path = host.Settings.BasePath;
        if (path.HasValue)
        {
            context.Request.Path = context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal, out PathString rest) ? rest.HasValue ? rest : "/" : context.Request.Path;
            context.Request.PathBase = path;
        }

        try
        {
            if (Gate.OfOrigin(context.Request, host.Settings) is { } refused)
            {
                await Answer.FailAsync(context, refused, refused == Failures.NoHost ? StatusCodes.Status400BadRequest : null);
                return;
            }

            await next(context);
            await TellStatusAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
        catch (Exception e) when (context.Response.HasStarted)
        {
            LogUnexpected(e, host);
            context.Abort(); // else what was sent would look whole
        }
        catch (OperationCanceledException) when (host.Stopping.IsCancellationRequested)
        {
            await AgainAsync(context, Failures.Going, null);
        }
        catch (OperationFailedException e)
        {
            await AgainAsync(context, e.Failure, null);
        }
        catch (BadHttpRequestException e)
        {
            await AgainAsync(context, e.StatusCode == StatusCodes.Status413PayloadTooLarge ? Failures.TooLarge : Failures.BadRequest, e.StatusCode);
        }
        catch (InvalidDataException) // a form that breaks its rules
        {
            await AgainAsync(context, Failures.BadRequest, null);
        }
        catch (Exception e)
        {
            LogUnexpected(e, host);
            await AgainAsync(context, Failures.Unexpected, null);
        }
    }

    private static Task AgainAsync(HttpContext context, Failure failure, int? status)
    {
        context.Response.Clear();
        return Answer.FailAsync(context, failure, status);
    }

    private static void LogUnexpected(Exception e, ServedBy host)
    {
        if (e is not (OperationFailedException or OperationCanceledException or BadHttpRequestException or ConnectionResetException))
        {
            host.Settings.Log(e.ToString());
        }
    }

    /// <summary>Says in words what routing says by a number.</summary>
    private static Task TellStatusAsync(HttpContext context) => context.Response.HasStarted || context.Response.ContentType is not null
        ? Task.CompletedTask
        : context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Answer.FailAsync(context, Failures.NoSuchPlace),
            StatusCodes.Status405MethodNotAllowed => Answer.FailAsync(context, Failures.WrongMethod),
            StatusCodes.Status415UnsupportedMediaType => Answer.FailAsync(context, Failures.NotJson(context.Request.ContentType)),
            _ => Task.CompletedTask,
        };

    private static OperationFailedException Told(Exception e, IReadOnlyList<ListenAddress> listening)
    {
        string addresses = string.Join(", ", listening);
        string address = listening.Select(one => one.ToString()).FirstOrDefault(one => e.Message.Contains(one, StringComparison.Ordinal)) ?? addresses;
        return (e as SocketException ?? e.InnerException as SocketException ?? e.InnerException?.InnerException as SocketException)?.SocketErrorCode switch
        {
            _ when e.InnerException is AddressInUseException => Failures.PortTaken(address, e),
            SocketError.AddressAlreadyInUse => Failures.PortTaken(address, e),
            SocketError.AccessDenied => Failures.PortDenied(address, e),
            _ => Failures.AddressUnusable(address, e),
        };
    }

    /// <summary>Signals are for whoever started the host.</summary>
    internal sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
