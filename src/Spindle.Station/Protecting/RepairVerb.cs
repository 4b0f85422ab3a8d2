// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.Protecting;
using Spindle.Station.Contract;

namespace Spindle.Station.Protecting;

/// <summary><c>repair</c>: mends a protected image, in place under a journal, or in a copy.</summary>
public static class RepairVerb
{
    internal const string Name = "repair";

    /// <summary>The verb.</summary>
    public static Verb<RepairImageRequest, RepairDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = ProtectJson.Form.RepairImageRequest,
        Document = ProtectJson.Form.RepairDocument,
        RunAsync = RunAsync,
    };

    private static async Task<RepairDocument> RunAsync(RepairImageRequest request, Work work, CancellationToken cancellationToken)
    {
        RepairRequest wanted = new()
        {
            Image = request.What.Image,
            ParityFile = request.What.ParityFile,
            Map = request.What.ReadMap(),
            Target = request.Target,
            Overwrite = request.Overwrite,
        };
        Task<RepairResult> RepairAsync() => Task.Run(() => Repairer.Repair(wanted, work.Progress, cancellationToken), CancellationToken.None);
        try
        {
            return RepairDocument.Of(await RepairAsync());
        }
        catch (OperationFailedException e) when (e.Failure.Code == "other-parity")
        {
            if (!await work.Answers.ConfirmAsync(new(e.Failure.Code, $"{e.Failure.What}. Mend it nevertheless?"), cancellationToken))
            {
                throw;
            }

            wanted = wanted with { AcceptsAnother = true };
            return RepairDocument.Of(await RepairAsync());
        }
    }
}

/// <summary>What is to be mended.</summary>
/// <param name="What">The image.</param>
/// <param name="Target">Where the mended image is written; null where the image itself is mended.</param>
/// <param name="Overwrite">Whether that replaces a file of that name.</param>
public sealed record RepairImageRequest(ParityChoice What, string? Target = null, bool Overwrite = false);

/// <summary>An image that was mended, as far as it could be.</summary>
public sealed record RepairDocument : Document
{
    /// <summary>The mended image.</summary>
    public required string Written { get; init; }

    /// <summary>Whether every byte is right now.</summary>
    public required bool Whole { get; init; }

    /// <summary>Sectors that were written anew, and are right: checksums or further parity prove it.</summary>
    public required long SectorsRestored { get; init; }

    /// <summary>Sectors that were written anew as the parity says, with nothing left over to prove it by.</summary>
    public required long SectorsRestoredUnproven { get; init; }

    /// <summary>Whether it continued what an earlier run had left unfinished.</summary>
    public required bool Resumed { get; init; }

    /// <summary>The parity.</summary>
    public required LayoutPart Layout { get; init; }

    /// <summary>Whether the parity was made for another image, or sector 16 of this one was damaged.</summary>
    public required bool OtherImage { get; init; }

    /// <summary>What was wrong before; lost blocks are wrong still.</summary>
    public required DamagePart Damage { get; init; }

    /// <summary>How much more could be borne before.</summary>
    public required HealthPart Health { get; init; }

    /// <inheritdoc/>
    protected override Outcome Found => Whole ? Outcome.Done : Outcome.Lacking;

    /// <inheritdoc/>
    protected override string Verb => RepairVerb.Name;

    internal static RepairDocument Of(RepairResult result) => new()
    {
        Written = result.Written,
        Whole = result.IsWhole,
        SectorsRestored = result.SectorsRestored,
        SectorsRestoredUnproven = result.SectorsRestoredUnproven,
        Resumed = result.Resumed,
        Layout = LayoutPart.Of(result.Found.Layout),
        OtherImage = result.Found.IsOfAnother,
        Damage = DamagePart.Of(result.Found.Damage),
        Health = HealthPart.Of(result.Found.Health),
    };
}
