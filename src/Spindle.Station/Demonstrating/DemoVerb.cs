// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Files;
using Spindle.Imaging;
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Station.Imaging;

namespace Spindle.Station.Demonstrating;

/// <summary><c>demo</c>: makes a small disc image of its own and runs the real pipeline on it.</summary>
public static class DemoVerb
{
    internal const string Name = "demo";

    /// <summary>The verb.</summary>
    public static Verb<DemoRequest, ImageDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = DemoJson.Form.DemoRequest,
        Document = ImageJson.Form.ImageDocument,
        RunAsync = async (request, work, cancellationToken) =>
        {
            ImagingRequest imaging = RequestOf(request);
            TargetFailure.Told(imaging.Source, () => DemoDisc.Write(imaging.Source));
            return new(Name, await work.Equipment.Imager.RunAsync(imaging, work.Progress, cancellationToken), CollectionEntry.None);
        },
    };

    internal static ImagingRequest RequestOf(DemoRequest request) => new()
    {
        Source = Path.Combine(request.Directory, "disc.iso"),
        Directory = request.Directory,
        Name = "copy",
        Operator = "demo",
        Verify = VerifyMode.Disc,
        Overwrite = true,
        CommandLine = "spindle demo",
    };
}

/// <summary>Where everything is written.</summary>
/// <param name="Directory">A directory; made where there is none.</param>
public sealed record DemoRequest(string Directory);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(DemoRequest))]
internal sealed partial class DemoJson : JsonSerializerContext
{
    public static DemoJson Form { get; } = new(JsonForm.Options());
}
