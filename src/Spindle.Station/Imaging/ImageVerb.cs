// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Imaging;
using Spindle.Imaging.Running;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Imaging;

/// <summary><c>image</c>: a disc, device or image file becomes a proven image with its record.</summary>
public static class ImageVerb
{
    internal const string Name = "image";

    private static readonly Failure WasStopped = new("cancelled", "stopped; what was read is kept", "go on with --resume");

    /// <summary>The verb.</summary>
    public static Verb<ImageRequest, ImageDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = ImageJson.Form.ImageRequest,
        Document = ImageJson.Form.ImageDocument,
        Stopped = WasStopped,
        RunAsync = RunAsync,
    };

    /// <summary>The same for one disc after the other, until it is stopped: its document is told while the discs are read.</summary>
    public static Verb<ImageRequest, ImageLoopDocument> Loop { get; } = new()
    {
        Name = Name,
        Request = ImageJson.Form.ImageRequest,
        Document = ImageJson.Form.ImageLoopDocument,
        Stopped = WasStopped,
        RunAsync = (request, work, cancellationToken) => Task.FromResult(new ImageLoopDocument(new DiscLoop(request, work, cancellationToken))),
    };

    /// <summary>What is said where it was stopped.</summary>
    internal static Failure Stopped => WasStopped;

    /// <summary>Images one disc, and enters it; asks where something is in the way that may be let go.</summary>
    internal static async Task<ImageDocument> ImageAsync(ImageRequest request, Work work, CancellationToken cancellationToken)
    {
        ImagingRequest wanted = request.ToImagingRequest();
        Imager imager = work.Equipment.Imager.Asking((parity, sectors) => work.Answers.ConfirmAsync(
            new("carries-parity", $"{Figures.Count(sectors, "sector", "sectors")} could not be read. The disc carries parity, {parity.Roots} sectors in 255. Restore by that?"),
            cancellationToken).GetAwaiter().GetResult());
        ImagingResult result;
        try
        {
            result = await imager.RunAsync(wanted, work.Progress, cancellationToken);
        }
        catch (OperationFailedException e) when (e.Failure.Code is "already-exists" or "unfinished-copy")
        {
            // Asked here and not in the filter, which would swallow a Ctrl-C.
            bool replaces = e.Failure.Code == "already-exists";
            Question question = new(e.Failure.Code, replaces ? $"{e.Failure.What}. Replace it?" : $"{e.Failure.What}. Go on with it?");
            if (!await work.Answers.ConfirmAsync(question, cancellationToken))
            {
                throw;
            }

            result = await imager.RunAsync(replaces ? wanted with { Overwrite = true } : wanted with { Resume = true }, work.Progress, cancellationToken);
        }

        CollectionEntry entry = await Task.Run(() => CollectionEntry.Enter(request, result, work.Progress, cancellationToken), CancellationToken.None);
        return new(Name, result, entry);
    }

    /// <summary>A disc that was refused is given back, too: nobody wants to look for the next one's place in two hundred.</summary>
    private static async Task<ImageDocument> RunAsync(ImageRequest request, Work work, CancellationToken cancellationToken)
    {
        CollectionEntry.Require(request);
        try
        {
            return await ImageAsync(request, work, cancellationToken);
        }
        catch (OperationFailedException e) when (DriveTray.IsRefusal(e.Failure) && request is { Eject: true, DryRun: false })
        {
            try
            {
                work.Equipment.Tray(request.Source)?.Eject();
            }
            catch (OperationFailedException)
            {
                // What is told is why the disc was refused; that it is still in can be seen.
            }

            throw;
        }
    }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ImageRequest))]
[JsonSerializable(typeof(ImageDocument))]
[JsonSerializable(typeof(ImageLoopDocument))]
internal sealed partial class ImageJson : JsonSerializerContext
{
    public static ImageJson Form { get; } = new(JsonForm.Options());
}
