// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Archiving.Discs;
using Spindle.Archiving.Health;
using Spindle.Catalogue;
using Spindle.Catalogue.Health;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Parity;
using Spindle.Parity.Protecting;
using Spindle.Station.Contract;

namespace Spindle.Station.Protecting;

/// <summary><c>check</c>: what is wrong with a protected image or disc, and how much more it can bear.</summary>
public static class CheckVerb
{
    internal const string Name = "check";

    /// <summary>The verb.</summary>
    public static Verb<CheckImageRequest, CheckDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = ProtectJson.Form.CheckImageRequest,
        Document = ProtectJson.Form.CheckDocument,
        RunAsync = (request, work, cancellationToken) => Task.Run(() => Check(request, work, cancellationToken), CancellationToken.None),
    };

    private static CheckDocument Check(CheckImageRequest request, Work work, CancellationToken cancellationToken)
    {
        CheckRequest wanted = new() { Image = request.What.Image, ParityFile = request.What.ParityFile, Map = request.What.ReadMap() };
        RequireCatalogue(request);
        using DiscSource source = DiscSource.Open(request.What.Image, SourceChoice.Whole with { Map = SourceChoice.NoMap }); // the check counts by the map that is named
        CheckResult result = Check(source, wanted, work.Progress, cancellationToken);
        CheckDocument document = new()
        {
            Layout = LayoutPart.Of(result.Layout),
            OtherImage = result.IsOfAnother,
            Damage = DamagePart.Of(result.Damage),
            Health = HealthPart.Of(result.Health),
            IsWhole = result.Damage.IsNone,
        };
        try
        {
            return document with { Remembered = Remember(request, source, result, (work.Equipment.Time.GetUtcNow(), CatalogueWait.ToEnter(work.Progress, cancellationToken))) };
        }
        catch (OperationFailedException e)
        {
            return document with { Warnings = [e.Failure] }; // that it can't be entered takes nothing away from the result
        }
    }

    private static CheckResult Check(DiscSource source, CheckRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        if (!source.IsDevice)
        {
            return Checker.Check(request, progress, cancellationToken);
        }

        using ImageFile? parityFile = request.ParityFile is null ? null : ImageFile.OpenRead(request.ParityFile);

        // The reader is the source's to dispose of. What the drive decodes together lies where it does on the disc.
        SectorReaderStorage disc = new(source.Reader, source.FirstSector == 0 ? source.Description.Disc.SectorsPerUnit ?? 1 : 1);
        return Checker.Check(disc, parityFile, request with { IsInOrder = true }, progress, cancellationToken);
    }

    /// <summary>Fails before a long check where it could not be entered.</summary>
    private static void RequireCatalogue(CheckImageRequest request)
    {
        if (request.Catalogue is { } path)
        {
            using CatalogueDatabase database = CatalogueDatabase.OpenForReading(path);
            if (request.Disc is { } number)
            {
                new DiscStore(database).Get(number);
            }
        }
    }

    private static RememberedPart? Remember(CheckImageRequest request, DiscSource source, CheckResult result, (DateTimeOffset Now, CatalogueWait Wait) with)
    {
        if (request.Catalogue is not { } catalogue)
        {
            return null;
        }

        Guid? uuid = request.Disc is null ? DiscUuid.Read(source.Reader, source.VolumeOptions) : null;
        using CatalogueDatabase database = CatalogueDatabase.OpenForReading(catalogue);
        int? disc = request.Disc ?? (uuid is { } known ? new CheckHistory(database).Find(known) : null);
        if (disc is null)
        {
            return request.Copy is null ? null : throw NotKnown(source.Reader.Name, catalogue, uuid);
        }

        using CatalogueDatabase writable = CatalogueDatabase.OpenToEnter(catalogue, with.Wait);
        new CheckHistory(writable).Add(disc.Value, request.Copy, source.IsDevice ? source.Reader.Name : Path.GetFullPath(source.Reader.Name), result, with.Now);
        return new(catalogue, disc.Value, request.Copy);
    }

    private static OperationFailedException NotKnown(string name, string catalogue, Guid? uuid)
    {
        string what = uuid is null ? $"{name} does not tell which disc it is" : $"{catalogue} does not know this disc ({uuid})";
        return new OperationFailedException(new("disc-not-known", what, "'spindle discs' lists what the catalogue knows; --disc N says which one it is"));
    }
}

/// <summary>What is to be checked, and where that is remembered.</summary>
/// <param name="What">The image or disc.</param>
/// <param name="Catalogue">The catalogue that remembers it, where that knows the disc; null for none.</param>
/// <param name="Copy">Which copy of the disc it is, to be remembered with the result.</param>
/// <param name="Disc">Which disc of the catalogue it is, where the disc is too damaged to tell.</param>
public sealed record CheckImageRequest(ParityChoice What, string? Catalogue = null, string? Copy = null, int? Disc = null);

/// <summary>What a check found.</summary>
public sealed record CheckDocument : Document
{
    /// <summary>The parity.</summary>
    public required LayoutPart Layout { get; init; }

    /// <summary>Whether the parity was made for another image, or sector 16 of this one is damaged.</summary>
    public required bool OtherImage { get; init; }

    /// <summary>What is wrong.</summary>
    public required DamagePart Damage { get; init; }

    /// <summary>How much more can be borne.</summary>
    public required HealthPart Health { get; init; }

    /// <summary>Where the result was entered; null where it was not.</summary>
    public RememberedPart? Remembered { get; init; }

    /// <summary>Why it was not entered, though it should have been.</summary>
    public IReadOnlyList<Failure> Warnings { get; init; } = [];

    /// <summary>Whether nothing is wrong.</summary>
    [JsonIgnore]
    public bool IsWhole { get; init; }

    /// <inheritdoc/>
    protected override Outcome Found => IsWhole ? Outcome.Done : Outcome.Lacking;

    /// <inheritdoc/>
    protected override string Verb => CheckVerb.Name;
}

/// <summary>Where a check was entered.</summary>
/// <param name="Catalogue">In which catalogue.</param>
/// <param name="Disc">As a check of which disc.</param>
/// <param name="Copy">Of which copy; null where that was not said.</param>
public sealed record RememberedPart(string Catalogue, int Disc, string? Copy);
