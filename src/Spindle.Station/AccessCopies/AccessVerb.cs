// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Imaging.AccessCopies;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.AccessCopies;

/// <summary><c>access</c>: copies of films for watching.</summary>
public static class AccessVerb
{
    internal const string Name = "access";

    private const int MostJobs = 64;

    /// <summary>The verb.</summary>
    public static Verb<AccessCopiesRequest, AccessDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = AccessJson.Form.AccessCopiesRequest,
        Document = AccessJson.Form.AccessDocument,
        Stopped = new("cancelled", "stopped: copies that were made stay; the same command goes on with the others"),
        RunAsync = (request, work, cancellationToken) => Task.FromResult(Run(request, work, cancellationToken)),
    };

    private static AccessDocument Run(AccessCopiesRequest request, Work work, CancellationToken cancellationToken)
    {
        AccessSettings settings = request.Settings;
        if (request.Jobs is < 1 or > MostJobs)
        {
            throw Usage.Error($"--jobs {request.Jobs} is not between 1 and {MostJobs}");
        }

        if (settings.Crf is < AccessSettings.LeastCrf or > AccessSettings.MostCrf)
        {
            throw Usage.Error($"--crf {settings.Crf} is not between {AccessSettings.LeastCrf} and {AccessSettings.MostCrf}", "18 is hard to tell from the disc; 23 has half its bytes");
        }

        if (!AccessSettings.Presets.Contains(settings.Preset))
        {
            throw Usage.Error($"there is no preset {settings.Preset}", string.Join(", ", AccessSettings.Presets));
        }

        if (settings.Stills is < 0 or > AccessSettings.MostStills)
        {
            throw Usage.Error($"--stills {settings.Stills} is not between 0 and {AccessSettings.MostStills}");
        }

        FfmpegPrograms programs = FfmpegPrograms.Find(request.ProgramPath ?? Environment.GetEnvironmentVariable("PATH"), settings.Profile);
        AccessRequest wanted = new() { Paths = request.Paths, Target = request.Target, Settings = settings, Jobs = request.Jobs, Overwrites = request.Overwrite };
        return new(new AccessMaker(programs, work.Equipment.Time).Make(wanted, work.Progress, cancellationToken), cancellationToken);
    }
}

/// <summary>Of which images access copies are made, and how.</summary>
public sealed record AccessCopiesRequest
{
    /// <summary>Images, and folders with all that is below them.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Where copies are put, those of a folder as they lie in it; null for beside their images.</summary>
    public string? Target { get; init; }

    /// <summary>How they are made.</summary>
    public AccessSettings Settings { get; set; } = new();

    /// <summary>How many are made at once, from 1 to 64.</summary>
    public int Jobs { get; set; } = 1;

    /// <summary>Whether what has the name of a copy is replaced by it, once that is proven.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Folders in which ffmpeg is looked for, as in PATH; null for those of PATH.</summary>
    public string? ProgramPath { get; init; }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(AccessCopiesRequest))]
[JsonSerializable(typeof(AccessDocument))]
internal sealed partial class AccessJson : JsonSerializerContext
{
    public static AccessJson Form { get; } = new(JsonForm.Options());
}
