// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;
using Spindle.Service.Orders;
using Spindle.Station.Contract;
using Spindle.Station.Drives;
using Spindle.Station.Imaging;

namespace Spindle.Service.Arming;

/// <summary>Waits for discs in the drives that start by themselves, and orders an image of each: once, however long it lies in the drive.</summary>
/// <param name="armed">Which drives.</param>
/// <param name="drives">Looks at them.</param>
/// <param name="register">Where images are ordered.</param>
/// <param name="equipment">The machine's.</param>
/// <param name="log">Is told what could not be done.</param>
public sealed class DiscWatch(ArmedDrives armed, Func<CancellationToken, Task<DrivesDocument>> drives, IRegister register, Equipment equipment, Action<string> log)
{
    /// <summary>How often drives are looked at.</summary>
    public static TimeSpan Between { get; } = TimeSpan.FromSeconds(2);

    private const int Remembered = 200; // images that a disc is compared with

    private readonly ConcurrentDictionary<string, string> _notices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Seen> _seen = new(StringComparer.Ordinal); // by drive: the disc that was seen to last

    /// <summary>What is to be said of a drive: why its disc was not begun; null for nothing.</summary>
    public string? NoticeOf(string drive) => _notices.GetValueOrDefault(drive);

    /// <summary>Goes on until it is stopped.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(cancellationToken);
                await Task.Delay(Between, equipment.Time, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (OperationFailedException e)
            {
                // The register is busy, or a disk full: the disc lies in the drive, and is seen to when that is over.
                log($"spindle: {e.Failure.What}  [{e.Failure.Code}]");
                await Task.Delay(Between, equipment.Time, CancellationToken.None);
            }
        }
    }

    /// <summary>Looks once.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ArmedDrive> waiting = armed.All;
        foreach (string drive in _seen.Keys.Where(drive => waiting.All(other => other.Drive != drive)).ToArray())
        {
            _seen.Remove(drive); // it was disarmed: armed again, its disc is one that was just put in
            _notices.TryRemove(drive, out _);
        }

        if (waiting.Count == 0)
        {
            return; // nobody asks, and drives are left alone
        }

        HashSet<string> taken = [.. (await register.ListAsync(new() { States = [JobState.Queued, JobState.Running, JobState.Stopping, JobState.Lost] }, null, 1000, cancellationToken)).SelectMany(job => job.Order.Resources)];
        ArmedDrive[] free = [.. waiting.Where(drive => !taken.Contains(Resource(drive.Drive)))];
        if (free.Length == 0)
        {
            return;
        }

        DrivesDocument seen = await drives(cancellationToken);
        foreach (ArmedDrive drive in free)
        {
            if (seen.Drives.FirstOrDefault(part => (part.Identity ?? part.Path) == drive.Drive) is { } part)
            {
                await SeeToAsync(drive, part, cancellationToken);
            }
        }
    }

    private async Task SeeToAsync(ArmedDrive drive, DrivePart part, CancellationToken cancellationToken)
    {
        // What can't be read is begun, too: that it can't is its result, and it is given back.
        if (part.Status is not (DriveStatus.Ready or DriveStatus.Unreadable))
        {
            if (part.Status is DriveStatus.NoDisc or DriveStatus.TrayOpen)
            {
                _notices.TryRemove(drive.Drive, out _);
                if (_seen.TryGetValue(drive.Drive, out Seen? before))
                {
                    _seen[drive.Drive] = before with { WasOpen = true };
                }
            }

            return;
        }

        // A disc may be changed between two looks; and a tray may close by itself, with the disc that was in it.
        DiscLook look = DiscLook.Of(part);
        if (_seen.TryGetValue(drive.Drive, out Seen? last) && !look.IsOtherThan(last.Disc))
        {
            if (!last.WasOpen)
            {
                return;
            }

            if (look.IsLike(last.Disc))
            {
                _notices[drive.Drive] = "This disc looks like the one that was in the drive before, and was not begun again. If it is another one, or to be tried once more, start it with the form.";
                return;
            }
        }

        _notices.TryRemove(drive.Drive, out _);
        try
        {
            if (await SameAsync(part, cancellationToken) is { } same)
            {
                _notices[drive.Drive] = $"This disc has the name and the size of {same.Title} (job {same.Number}), and was not begun again. If it is another one, start it with the form.";
            }
            else
            {
                await register.EnqueueAsync(OrderOf(drive, part), cancellationToken);
            }
        }
        catch (OperationFailedException e) when (e.Failure.Code is "not-a-request" or "usage" or "batch-closed")
        {
            _notices[drive.Drive] = $"The disc was not begun: {e.Failure.What}. {e.Failure.Hint}";
        }

        _seen[drive.Drive] = new(look, WasOpen: false);
    }

    private JobOrder OrderOf(ArmedDrive drive, DrivePart part)
    {
        JsonObject request = JsonNode.Parse(drive.Request)!.AsObject();
        request["source"] = part.Path;
        if (drive.NameTemplate is { Length: > 0 } template)
        {
            string volume = part.Disc?.VolumeIdentifier ?? "";
            request["name"] = NextName.Fill(template, NextName.Counts(template) ? armed.NextNumber(drive) : 0, drive.Batch, volume.Replace('/', '_'));
        }

        using JsonDocument document = JsonDocument.Parse(request.ToJsonString());
        return Ordering.Of(ImageVerb.Verb, document.RootElement, equipment.DriveIdentity, new() { Batch = drive.Batch });
    }

    /// <summary>The job that made a whole image of a disc of that name and size; null where none did. A disc without a name has nothing to be known by before it is read.</summary>
    private async Task<(string Title, long Number)?> SameAsync(DrivePart part, CancellationToken cancellationToken)
    {
        if (part.Disc is not { VolumeIdentifier: { Length: > 0 } volume, Bytes: { } bytes })
        {
            return null;
        }

        foreach (Job job in await register.ListAsync(new() { Verb = ImageVerb.Verb.Name, States = [JobState.Ended] }, null, Remembered, cancellationToken))
        {
            if (job.Outcome == JobOutcome.Done && ImageFacts.Of(await register.DocumentAsync(job.Order.Id, cancellationToken)) is { } facts && facts.Volume == volume && facts.Bytes == bytes)
            {
                return (job.Order.Title, job.Number);
            }
        }

        return null;
    }

    private static string Resource(string drive) => $"drive:{drive}";

    /// <summary>The disc that was seen to last.</summary>
    /// <param name="Disc">What it looked like.</param>
    /// <param name="WasOpen">Whether the drive was seen open or empty since.</param>
    private sealed record Seen(DiscLook Disc, bool WasOpen);
}
