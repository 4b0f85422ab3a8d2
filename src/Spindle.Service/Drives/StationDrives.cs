// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Nodes;
using Spindle.Media;
using Spindle.Service.Arming;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;
using Spindle.Service.Orders;
using Spindle.Station.Contract;
using Spindle.Station.Drives;
using Spindle.Station.Imaging;

namespace Spindle.Service.Drives;

/// <summary>The drives of this station with their jobs, and what people change about them: for pages and for programs alike.</summary>
/// <param name="seen">Looks at them.</param>
/// <param name="register">The jobs.</param>
/// <param name="watch">What is seen of those that run.</param>
/// <param name="armed">Which start by themselves; null where this service runs no jobs.</param>
/// <param name="discs">Waits for their discs.</param>
/// <param name="roots">Which files may be named.</param>
/// <param name="equipment">The machine's.</param>
internal sealed class StationDrives(DrivesSeen seen, IRegister register, JobWatch watch, ArmedDrives? armed, DiscWatch discs, Roots roots, Equipment equipment)
{
    private const int Most = 50; // jobs that run at a time: there are fewer

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30); // with a drive that is to open: some stop the disc first

    /// <summary>All of them, in the system's order.</summary>
    /// <exception cref="OperationFailedException">They can't be looked at.</exception>
    public async Task<IReadOnlyList<StationDrive>> ListAsync(CancellationToken cancellationToken)
    {
        DrivesDocument drives = await seen.GetAsync(cancellationToken);
        JobFilter held = new() { States = [JobState.Running, JobState.Stopping, JobState.Lost] };
        IReadOnlyList<JobPart> jobs = (await JobsDocument.ReadAsync(register, held, null, Most, watch, cancellationToken)).Jobs;
        HashSet<string> paused = [.. (await register.HoldsAsync(cancellationToken)).Select(hold => hold.Resource)];
        return [.. drives.Drives.Select(drive => Of(drive, jobs, paused))];
    }

    /// <summary>One of them.</summary>
    /// <param name="name">Its identity, its path or the last part of that, or what people call it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationFailedException"><c>no-such-drive</c>.</exception>
    public async Task<StationDrive> FindAsync(string name, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).FirstOrDefault(drive => IsCalled(drive, name)) ?? throw Failures.NoDrive(name);

    /// <summary>As <c>spindle drives --json</c> prints them, each with what this station knows of it beside.</summary>
    public async Task<JsonObject> JsonAsync(CancellationToken cancellationToken)
    {
        JsonObject document = JsonNode.Parse((await seen.JsonAsync(cancellationToken)).Span)!.AsObject();
        Dictionary<string, StationDrive> known = (await ListAsync(cancellationToken)).ToDictionary(drive => drive.Drive.Path, StringComparer.Ordinal);
        foreach (JsonObject drive in document["drives"]!.AsArray().OfType<JsonObject>())
        {
            if (known.TryGetValue((string)drive["path"]!, out StationDrive? station))
            {
                AddTo(drive, station);
            }
        }

        return document;
    }

    /// <summary>One drive, in the same form.</summary>
    /// <exception cref="OperationFailedException"><c>no-such-drive</c>.</exception>
    public async Task<JsonObject> JsonOfAsync(StationDrive drive, CancellationToken cancellationToken) =>
        (JsonObject?)(await JsonAsync(cancellationToken))["drives"]!.AsArray().FirstOrDefault(one => (string)one!["path"]! == drive.Drive.Path)?.DeepClone() ?? throw Failures.NoDrive(drive.Key);

    /// <summary>Calls a drive something from now on.</summary>
    /// <exception cref="OperationFailedException"><c>no-identity</c>; the name is another drive's.</exception>
    public async Task RenameAsync(StationDrive drive, string name, CancellationToken cancellationToken)
    {
        await DrivesVerb.Verb.RunAsync(new(drive.Key, name), Work.Unattended(equipment), cancellationToken);
        seen.Forget();
    }

    /// <summary>Keeps a drive back: no job begins in it, and the one that runs goes on. Or no longer.</summary>
    public Task PauseAsync(StationDrive drive, bool isPaused, string? by, CancellationToken cancellationToken) =>
        isPaused ? register.HoldAsync(drive.Resource, by, cancellationToken) : register.FreeAsync(drive.Resource, by, cancellationToken);

    /// <summary>Gives the disc back that is in a drive. No job begins in it meanwhile.</summary>
    /// <exception cref="OperationFailedException"><c>drive-busy</c>: a job has it; <c>cannot-eject</c>.</exception>
    public async Task EjectAsync(StationDrive drive, string? by, CancellationToken cancellationToken)
    {
        await PauseAsync(drive, isPaused: true, by, cancellationToken);
        try
        {
            if ((await register.ListAsync(new() { States = [JobState.Running, JobState.Stopping, JobState.Lost], Resource = drive.Resource }, null, 1, cancellationToken)) is [var job])
            {
                throw Failures.HasJob(drive.Called, job.Number);
            }

            string path = drive.Drive.Path;
            await Task.Run(() => (equipment.Tray(path) ?? throw Failures.NoTray(path)).Eject(), CancellationToken.None).WaitAsync(Patience, equipment.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw Failures.NoAnswer(drive.Drive.Path, Patience);
        }
        finally
        {
            seen.Forget();
            if (!drive.IsPaused)
            {
                await PauseAsync(drive, isPaused: false, by, CancellationToken.None);
            }
        }
    }

    /// <summary>From now on each disc in a drive is imaged.</summary>
    /// <param name="drive">The drive.</param>
    /// <param name="template">How images are called; null for the volume's name.</param>
    /// <param name="batch">The batch that they belong to.</param>
    /// <param name="request">What is asked of each, without its source and its name.</param>
    /// <exception cref="OperationFailedException">What is asked for makes no sense: that is said now, and not when a disc comes.</exception>
    public void Arm(StationDrive drive, string? template, string? batch, JsonElement request)
    {
        ArmedDrives drives = armed ?? throw Failures.WatchesNone();
        if (request.ValueKind == JsonValueKind.Object) // else it is refused for what it is
        {
            JsonObject tried = JsonNode.Parse(request.GetRawText())!.AsObject();
            tried["source"] = drive.Drive.Path;
            tried["name"] = template is null ? null : NextName.Fill(template, 1, batch, "VOLUME");
            using JsonDocument whole = JsonDocument.Parse(tried.ToJsonString());
            request = whole.RootElement.Clone();
        }

        roots.Check(Ordering.Of(ImageVerb.Verb, request, equipment.DriveIdentity, new() { Batch = batch }));
        JsonObject each = JsonNode.Parse(request.GetRawText())!.AsObject();
        each.Remove("source");
        each.Remove("name");
        drives.Arm(new() { Drive = drive.Key, NameTemplate = template, Batch = batch, Request = each.ToJsonString() });
    }

    /// <summary>From now on nothing begins by itself in a drive.</summary>
    public void Disarm(StationDrive drive) => (armed ?? throw Failures.WatchesNone()).Disarm(drive.Key);

    private StationDrive Of(DrivePart drive, IReadOnlyList<JobPart> jobs, HashSet<string> paused)
    {
        (string key, string resource) = (StationDrive.KeyOf(drive), StationDrive.ResourceOf(drive));
        return new(drive, jobs.FirstOrDefault(job => job.Resources.Contains(resource)), armed?.Of(key), paused.Contains(resource), discs.NoticeOf(key));
    }

    private static bool IsCalled(StationDrive drive, string name) =>
        drive.Key == name || drive.Drive.Path == name || Path.GetFileName(drive.Drive.Path) == name || string.Equals(drive.Drive.Name, name, StringComparison.OrdinalIgnoreCase);

    private static void AddTo(JsonObject json, StationDrive drive)
    {
        json["id"] = drive.Key;
        json["job"] = drive.Job?.Number;
        json["isPaused"] = drive.IsPaused;
        json["armed"] = drive.Armed is { } set ? new JsonObject { ["template"] = set.NameTemplate, ["batch"] = set.Batch, ["request"] = JsonNode.Parse(set.Request) } : null;
        json["notice"] = drive.Notice;
    }
}
