// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Media;
using Spindle.Service.Jobs;
using Spindle.Station.Imaging;

namespace Spindle.Service.Drives;

/// <summary>Looks whether there is room for the image of a disc, when that is ordered: an operator who has gone for the next disc is not there when it fails.</summary>
/// <param name="seen">Looks at the drives.</param>
/// <param name="register">The jobs.</param>
/// <param name="freeSpace">How many bytes can be written into a folder.</param>
internal sealed class DiscRoom(DrivesSeen seen, IRegister register, Func<string, long> freeSpace)
{
    private const string DriveKind = "drive:";

    private static readonly JobFilter Open = new() { States = [JobState.Queued, JobState.Running, JobState.Stopping, JobState.Lost], Verb = ImageVerb.Verb.Name };

    /// <summary>Refuses an image for which there is no room now. What is not known, as which disc will be in a drive when others were imaged in it, is no reason; the job looks once more when it begins.</summary>
    /// <exception cref="OperationFailedException"><c>no-space</c>.</exception>
    public async Task CheckAsync(JobOrder order, CancellationToken cancellationToken)
    {
        if (order.Verb != ImageVerb.Verb.Name || order.Resources.FirstOrDefault(resource => resource.StartsWith(DriveKind, StringComparison.Ordinal)) is not { } drive)
        {
            return;
        }

        using JsonDocument request = JsonDocument.Parse(order.Request);
        bool goesOn = request.RootElement.TryGetProperty("resume", out JsonElement resume) && resume.ValueKind == JsonValueKind.True;
        if (goesOn || request.RootElement.GetProperty("directory").GetString() is not { } directory)
        {
            return; // what is there already needs no room
        }

        IReadOnlyList<Job> before = await register.ListAsync(Open with { Resource = drive }, null, 1, cancellationToken);
        if (before.Count > 0 || (await seen.GetAsync(cancellationToken)).Drives.FirstOrDefault(part => StationDrive.ResourceOf(part) == drive)?.Disc?.Bytes is not { } needed)
        {
            return;
        }

        string folder = Existing(directory);
        long free = freeSpace(folder);
        if (needed > free)
        {
            throw Failures.NoRoom(folder, free, needed);
        }
    }

    private static string Existing(string directory)
    {
        string existing = Path.GetFullPath(directory);
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
        {
            existing = parent;
        }

        return existing;
    }
}
