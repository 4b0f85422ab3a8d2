// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Drives;

/// <summary><c>drives</c>: the optical drives, what is in them, and whether that can be read now.</summary>
public static class DrivesVerb
{
    internal const string Name = "drives";

    /// <summary>The verb.</summary>
    public static Verb<DrivesRequest, DrivesDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = DrivesJson.Form.DrivesRequest,
        Document = DrivesJson.Form.DrivesDocument,
        RunAsync = RunAsync,
    };

    // A drive may take its time: not on this thread, so that it can be stopped.
    private static async Task<DrivesDocument> RunAsync(DrivesRequest request, Work work, CancellationToken cancellationToken)
    {
        IReadOnlyList<DriveReport> drives = await Task.Run(() => work.Equipment.Drives(DriveLooks.Patience), CancellationToken.None).WaitAsync(cancellationToken);
        DriveNames names = DriveNames.In(work.Equipment.Folder);
        if (request.Name is { } name)
        {
            DriveReport named = Which(drives, request.Drive, names);
            names.Set(named.Identity ?? throw new OperationFailedException(new("no-identity", $"nothing tells {named.Path} from other drives of its kind: a name would go to another one some day", "attach it where the system says its place or its serial number")), name);
        }
        else if (request.Drive is not null)
        {
            drives = [Which(drives, request.Drive, names)];
        }

        return new() { Drives = [.. drives.Select(drive => new DrivePart(drive, names[drive.Identity]))] };
    }

    private static DriveReport Which(IReadOnlyList<DriveReport> drives, string? wanted, DriveNames names)
    {
        DriveReport[] found = [.. wanted is null ? drives : drives.Where(drive => drive.Path == wanted || drive.Identity == wanted || string.Equals(names[drive.Identity], wanted, StringComparison.OrdinalIgnoreCase))];
        return found.Length == 1
            ? found[0]
            : throw Usage.Error(
                wanted is null ? $"there {(found.Length == 0 ? "is no drive" : $"are {found.Length} drives")}: say which one is meant" : found.Length == 0 ? $"there is no drive {wanted}" : $"{found.Length} drives are {wanted}",
                "'spindle drives' shows them");
    }
}

/// <summary>Which drives are looked at, and what one is called from now on.</summary>
/// <param name="Drive">Only this one: by its path, its identity or its name; null for all.</param>
/// <param name="Name">What it is called from now on; empty for nothing; null leaves that as it is.</param>
public sealed record DrivesRequest(string? Drive = null, string? Name = null);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(DrivesRequest))]
[JsonSerializable(typeof(DrivesDocument))]
[JsonSerializable(typeof(DriveNamesFile))]
internal sealed partial class DrivesJson : JsonSerializerContext
{
    public static DrivesJson Form { get; } = new(JsonForm.Options());
}
