// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Media;
using Spindle.Parity;
using Spindle.Parity.Protecting;
using Spindle.Station.Contract;

namespace Spindle.Station.Protecting;

/// <summary><c>protect</c>: adds RS03 parity, which mends an image when sectors are lost.</summary>
public static class ProtectVerb
{
    internal const string Name = "protect";

    private const int MostPercent = 200; // 170 roots for 85 of data

    /// <summary>The verb.</summary>
    public static Verb<ProtectImageRequest, ProtectDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = ProtectJson.Form.ProtectImageRequest,
        Document = ProtectJson.Form.ProtectDocument,
        RunAsync = RunAsync,
    };

    private static async Task<ProtectDocument> RunAsync(ProtectImageRequest request, Work work, CancellationToken cancellationToken)
    {
        ProtectRequest wanted = new()
        {
            Image = request.Image,
            Target = request.Target,
            ParityFile = request.ParityFile,
            Overwrite = request.Overwrite,
            Redundancy = RedundancyOf(request),
        };
        ProtectResult result = await Task.Run(() => Protector.Protect(wanted, work.Progress, cancellationToken), CancellationToken.None);
        return new() { Written = result.Written, Layout = LayoutPart.Of(result.Layout), Warnings = result.Warnings, Resumed = result.Resumed };
    }

    private static Redundancy RedundancyOf(ProtectImageRequest request) => (request.Redundancy, request.Fill) switch
    {
        (null, null) => Redundancy.Automatic,
        ({ } percent, null) => percent is > 0 and <= MostPercent ? Redundancy.OfPercent(percent) : throw Usage.Error($"--redundancy is a percentage of more than 0, and {MostPercent} at most", "such as 15%"),
        (null, { } fill) => Redundancy.ToFill(Capacity.TryParse(fill, out Capacity? capacity)
            ? capacity.Sectors
            : throw Usage.Error($"--fill {fill} is not a capacity", $"known are {string.Join(", ", Capacity.Names)}, 12219392s, 25GB")),
        _ => throw Usage.Error("--redundancy and --fill exclude one another"),
    };
}

/// <summary>What is to be protected, and how.</summary>
public sealed record ProtectImageRequest
{
    /// <summary>The image.</summary>
    public required string Image { get; init; }

    /// <summary>Where the protected image is written; null where the image itself grows.</summary>
    public string? Target { get; init; }

    /// <summary>The file that holds the parity alone; null for parity within the image.</summary>
    public string? ParityFile { get; init; }

    /// <summary>Parity for the data, in percent; at most one of this and <see cref="Fill"/>, and neither for what fits.</summary>
    public double? Redundancy { get; init; }

    /// <summary>The capacity that is filled with parity, such as <c>bd</c> or <c>12219392s</c> (<see cref="Capacity"/>).</summary>
    public string? Fill { get; init; }

    /// <summary>Whether what is written replaces a file of that name.</summary>
    public bool Overwrite { get; init; }
}

/// <summary>Parity that was made, read again and tested.</summary>
public sealed record ProtectDocument : Document
{
    /// <summary>The image, or the file of parity.</summary>
    public required string Written { get; init; }

    /// <summary>The parity.</summary>
    public required LayoutPart Layout { get; init; }

    /// <summary>What could be better, each once.</summary>
    public required IReadOnlyList<ProtectWarning> Warnings { get; init; }

    /// <summary>Whether an earlier run had been left unfinished, and was undone first.</summary>
    public required bool Resumed { get; init; }

    /// <inheritdoc/>
    protected override string Verb => ProtectVerb.Name;
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ProtectImageRequest))]
[JsonSerializable(typeof(ProtectDocument))]
[JsonSerializable(typeof(CheckImageRequest))]
[JsonSerializable(typeof(CheckDocument))]
[JsonSerializable(typeof(RepairImageRequest))]
[JsonSerializable(typeof(RepairDocument))]
internal sealed partial class ProtectJson : JsonSerializerContext
{
    public static ProtectJson Form { get; } = new(JsonForm.Options());
}
