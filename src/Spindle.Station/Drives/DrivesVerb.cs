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
        IReadOnlyList<DriveReport> drives = await Task.Run(work.Equipment.Drives, CancellationToken.None).WaitAsync(cancellationToken);
        return new() { Drives = [.. drives.Select(drive => new DrivePart(drive))] };
    }
}

/// <summary>Nothing is to be said: all drives are looked at.</summary>
public sealed record DrivesRequest;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(DrivesRequest))]
[JsonSerializable(typeof(DrivesDocument))]
internal sealed partial class DrivesJson : JsonSerializerContext
{
    public static DrivesJson Form { get; } = new(JsonForm.Options());
}
