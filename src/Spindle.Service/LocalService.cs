// SPDX-License-Identifier: MIT
using System.Reflection;
using Spindle.Files;
using Spindle.Media;
using Spindle.Service.Api;
using Spindle.Service.Arming;
using Spindle.Service.Documents;
using Spindle.Service.Drives;
using Spindle.Service.Hooks;
using Spindle.Service.Jobs;
using Spindle.Service.Managing;
using Spindle.Service.Orders;
using Spindle.Service.Pages;
using Spindle.Service.Running;
using Spindle.Service.Streaming;
using Spindle.Service.Titles;
using Spindle.Service.Web;
using Spindle.Station.Contract;

namespace Spindle.Service;

/// <summary>The whole service of a station: its register, the interface for programs, pages.</summary>
public sealed class LocalService : IAsyncDisposable
{
    private static readonly string Version = typeof(LocalService).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private readonly ServiceHost _host;
    private readonly IRegister _register;
    private readonly Supervisor? _supervisor;
    private readonly bool _stopsJobs;
    private readonly EventFeed _feed, _pages;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _discs, _jobs, _told;
    private readonly Hook? _hook;

    private LocalService(ServiceHost host, IRegister register, (Supervisor? Supervisor, Hook? Hook) work, EventFeed feed, EventFeed pages, DiscWatch discs, HostSettings settings)
    {
        (_stopsJobs, Action<string> log) = (settings.StopsJobs, settings.Log);
        (_host, _register, (Supervisor? supervisor, _hook), _feed, _pages) = (host, register, work, feed, pages);
        _supervisor = supervisor;
        _discs = supervisor is null ? Task.CompletedTask : discs.RunAsync(_over.Token); // two that watch one drive would order its disc twice
        _jobs = supervisor is null ? Task.CompletedTask : RunJobsAsync(supervisor, log, _over.Token);
        _told = _hook?.RunAsync(_over.Token) ?? Task.CompletedTask;
    }

    /// <summary>Where it listens.</summary>
    public IReadOnlyList<Uri> Addresses => _host.Addresses;

    /// <summary>How many watch what changes.</summary>
    public int Watchers => _feed.Count + _pages.Count;

    /// <summary>What can be asked: the method and the pattern of each address.</summary>
    internal IEnumerable<(string Method, string Pattern)> Routes => _host.Routes;

    /// <summary>Starts it.</summary>
    /// <param name="settings">How it listens, and whom it answers.</param>
    /// <param name="equipment">The machine's, with the folder of the station.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="OperationFailedException">It can't listen, or its register can't be opened.</exception>
    public static async Task<LocalService> StartAsync(HostSettings settings, Equipment equipment, CancellationToken cancellationToken)
    {
        IRegister register = JobsFile.Open(JobsFile.In(equipment.Folder));
        Supervisor? supervisor = null;
        Hook? hook = null;
        EventFeed? feed = null, pages = null;
        try
        {
            supervisor = settings.RunsJobs ? await Supervisor.OpenAsync(register, OptionsOf(settings, equipment), cancellationToken) : null;
            hook = settings is { RunsJobs: true, Hook: { } target } ? new(HookTarget.Of(target), register, equipment.Folder, equipment.Time, settings.Log) : null; // one tells, and not each that answers
            JobWatch watch = supervisor?.Watch ?? JobWatch.Afar(Supervisor.ThisStation, Supervisor.IsServing(equipment.Folder));
            AboutService about = new(Version, Environment.MachineName, equipment.Time.GetUtcNow());
            DrivesSeen drives = new(equipment);
            Roots roots = new(settings.Roots, equipment);
            JobLogs logs = new(equipment.Folder);
            ArmedDrives armed = ArmedDrives.In(equipment.Folder);
            DiscWatch discs = new(armed, drives.GetAsync, register, equipment, settings.Log);
            StationDrives station = new(drives, register, watch, settings.RunsJobs ? armed : null, discs, roots, equipment);
            RecordForm records = new();
            PageEvents words = new();
            feed = new(register, watch, records, new(station.JsonAsync, records, equipment.Time), equipment.Time, settings.Log);
            pages = new(register, watch, words, new(station.JsonAsync, words, equipment.Time), equipment.Time, settings.Log);
            JobChanges changes = new(register, roots, new(drives, register, new ImageFiles().FreeSpace));
            LogFollower follower = new(changes.FindAsync, (job, from, stop) => logs.ReadAsync(job.Order.Id, job.Attempt, isErrors: false, from, stop));
            TitleList? titles = settings.Titles is { } list ? TitleList.Open(list) : null;
            PageDesk desk = new(about, register, changes, station, equipment, watch, logs.LastLines, new(settings.Lines(equipment.Folder), settings.IsDemonstration, settings.Vault), roots);
            settings = settings with { Frame = new PageFrame(Version) };
            IEndpoints[] endpoints =
            [
                new PageEndpoints(desk, titles),
                new StationEndpoints(station, register, changes, watch.Station, titles),
                new StatusEndpoints(about, register, () => supervisor?.Trouble, watch, equipment.Time),
                new JobsEndpoints(register, watch, changes, equipment.DriveIdentity),
                new FilesEndpoints(register, watch, roots, logs),
                new Reading(register, roots, equipment),
                new StreamEndpoints("/api/events", feed, follower),
                new StreamEndpoints("/events", pages, follower),
            ];
            return new(await ServiceHost.StartAsync(settings, endpoints, cancellationToken), register, (supervisor, hook), feed, pages, discs, settings);
        }
        catch
        {
            await (feed?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (pages?.DisposeAsync() ?? ValueTask.CompletedTask);
            hook?.Dispose();
            supervisor?.Dispose();
            await register.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops answering. Jobs go on, for they are processes of their own, unless they are to be stopped, too: then it waits for them.</summary>
    public async Task StopAsync()
    {
        await _host.StopAsync();
        if (_stopsJobs && _supervisor is not null)
        {
            await _supervisor.StopAllAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _discs;
        await _jobs;
        await _told;
        _over.Dispose();
        await _host.DisposeAsync();
        await _feed.DisposeAsync();
        await _pages.DisposeAsync();
        _hook?.Dispose();
        _supervisor?.Dispose();
        await _register.DisposeAsync();
    }

    private static SupervisorOptions OptionsOf(HostSettings settings, Equipment equipment) => new()
    {
        Folder = equipment.Folder,
        Program = JobProgram.OfThisProcess(),
        DriveIdentity = equipment.DriveIdentity,
        Time = equipment.Time,
        Tell = trouble => settings.Log(trouble is null ? "spindle: jobs are run again" : $"spindle: no jobs are run: {trouble.What}  [{trouble.Code}]"),
    };

    /// <summary>Pages and programs are answered also where jobs can't be run: they are told so.</summary>
    private static async Task RunJobsAsync(Supervisor supervisor, Action<string> log, CancellationToken cancellationToken)
    {
        try
        {
            await supervisor.RunAsync(cancellationToken);
        }
        catch (OperationFailedException e)
        {
            log($"spindle: no jobs are run any more: {e.Failure.What}  [{e.Failure.Code}]");
        }
    }
}
