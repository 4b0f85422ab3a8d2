// SPDX-License-Identifier: MIT
using System.Reflection;
using Spindle.Media;
using Spindle.Service.Api;
using Spindle.Service.Arming;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;
using Spindle.Service.Orders;
using Spindle.Service.Pages;
using Spindle.Service.Streaming;
using Spindle.Service.Web;
using Spindle.Station.Contract;

namespace Spindle.Service;

/// <summary>The whole service of a station: its register, the interface for programs, pages.</summary>
public sealed class LocalService : IAsyncDisposable
{
    private static readonly string Version = typeof(LocalService).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private readonly ServiceHost _host;
    private readonly IRegister _register;
    private readonly EventFeed _feed, _pages;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _discs;

    private LocalService(ServiceHost host, IRegister register, EventFeed feed, EventFeed pages, DiscWatch discs)
    {
        (_host, _register, _feed, _pages) = (host, register, feed, pages);
        _discs = discs.RunAsync(_over.Token);
    }

    /// <summary>Where it listens.</summary>
    public IReadOnlyList<Uri> Addresses => _host.Addresses;

    /// <summary>How many watch what changes.</summary>
    public int Watchers => _feed.Count + _pages.Count;

    /// <summary>Starts it.</summary>
    /// <param name="settings">How it listens, and whom it answers.</param>
    /// <param name="equipment">The machine's, with the folder of the station.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="OperationFailedException">It can't listen, or its register can't be opened.</exception>
    public static async Task<LocalService> StartAsync(HostSettings settings, Equipment equipment, CancellationToken cancellationToken)
    {
        IRegister register = JobsFile.Open(JobsFile.In(equipment.Folder));
        AboutService about = new(Version, Environment.MachineName, equipment.Time.GetUtcNow());
        JobWatch watch = JobWatch.Afar(about.Station, isServing: false);
        EventFeed feed = new(register, watch, new RecordForm(), equipment.Time, settings.Log), pages = new(register, watch, new PageEvents(), equipment.Time, settings.Log);
        try
        {
            DrivesSeen drives = new(equipment);
            Roots roots = new(settings.Roots, equipment);
            Reading reading = new(register, roots, equipment);
            ArmedDrives armed = ArmedDrives.In(equipment.Folder);
            DiscWatch discs = new(armed, drives.GetAsync, register, equipment, settings.Log);
            PageDesk desk = new(about, register, drives, equipment, watch, armed, discs, (_, _) => [], new(settings.Lines(equipment.Folder)), roots);
            settings = settings with { Frame = new PageFrame(Version) };
            IEndpoints[] endpoints =
            [
                new PageEndpoints(desk),
                new StatusEndpoints(about, register, drives, equipment.Time),
                new JobsEndpoints(register, watch, roots, equipment.DriveIdentity),
                new FilesEndpoints(register, watch, roots),
                reading,
                new StreamEndpoints("/api/events", feed),
                new StreamEndpoints("/events", pages),
            ];
            return new(await ServiceHost.StartAsync(settings, endpoints, cancellationToken), register, feed, pages, discs);
        }
        catch
        {
            await feed.DisposeAsync();
            await pages.DisposeAsync();
            await register.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops answering. Jobs go on: they are processes of their own.</summary>
    public Task StopAsync() => _host.StopAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _discs;
        _over.Dispose();
        await _host.DisposeAsync();
        await _feed.DisposeAsync();
        await _pages.DisposeAsync();
        await _register.DisposeAsync();
    }
}
