// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using Spindle.Burning;
using Spindle.Catalogue;
using Spindle.Catalogue.Sets;
using Spindle.Imaging.Records;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Burning;

/// <summary>What a catalogue knows of discs that are to be burned, and remembers of those that were: those of its own archive.</summary>
/// <param name="request">What was asked for.</param>
internal sealed class BurnMemory(BurnImagesRequest request)
{
    private readonly Lock _gate = new();
    private readonly BirthMargin _margin = new();
    private readonly List<Failure> _warnings = [];
    private readonly Dictionary<BurnedCopy, RememberedCopyPart> _remembered = new(ReferenceEqualityComparer.Instance);

    /// <summary>What could not be remembered.</summary>
    public IReadOnlyList<Failure> Warnings => _warnings;

    /// <summary>As what a disc was entered; null for one that was not.</summary>
    public RememberedCopyPart? Of(BurnedCopy copy) => _remembered.GetValueOrDefault(copy);

    /// <summary>How much of its parity a disc has used up already; null where that can't be said.</summary>
    public BurnedParityPart? ParityOf(BurnedCopy copy, BurnedImage image) => _margin.Of(copy, image);

    /// <summary>The images that are to be burned.</summary>
    /// <exception cref="OperationFailedException">The catalogue can't be used, or does not have the disc.</exception>
    public IReadOnlyList<BurnTask> Tasks()
    {
        // That it can be used is found out before a disc is touched.
        using CatalogueDatabase? database = request.Catalogue is { } catalogue ? CatalogueDatabase.OpenForReading(catalogue) : null;
        if (request.Images.Count > 0)
        {
            return [.. request.Images.Select(image => new BurnTask(image, null, new(image) { Copies = request.How.Copies, Sha256 = RecordedHash.Sha256Of(image) }) { CopiesWanted = request.How.Copies })];
        }

        DiscStore discs = new(database ?? throw Usage.Error("a number is that of a disc of a catalogue", "--catalogue FILE; or name an image"));
        BurnedCopies copies = new(database);
        bool countsUnread = request.How.Verify == BurnVerification.None;
        IEnumerable<BurnTask> tasks = (request.All ? discs.All().Where(disc => disc.Status == "written") : request.Discs.Select(discs.Get))
            .Select(disc => TaskOf(disc, copies.Holding(disc.Number, countsUnread)));
        if (request.All)
        {
            // A set is burned when its parity discs are, too.
            ParityCopies parity = new(database);
            tasks = tasks.Concat(parity.Made().Select(disc => TaskOf(disc, parity.Holding(disc, countsUnread)))).Where(task => task.Lacking > 0);
        }

        return [.. tasks];
    }

    /// <summary>Enters a disc that was burned. That it can't be entered takes nothing away from it.</summary>
    public void Enter(BurnedCopy copy, BurnedImage image, BurnTask task, Work work)
    {
        if (request.Catalogue is not { } catalogue || copy.State is CopyState.Refused or CopyState.Simulated)
        {
            return;
        }

        lock (_gate)
        {
            try
            {
                // A stopped burn is entered, too: its disc is spoiled.
                using CatalogueDatabase database = CatalogueDatabase.OpenToEnter(catalogue, CatalogueWait.ToEnter(work.Progress, CancellationToken.None));
                BurnedCopies copies = new(database);
                if ((task.Disc ?? copies.Find(Convert.FromHexString(image.Sha256!))) is { } disc)
                {
                    _remembered[copy] = new(disc, copies.Add(disc, [RecordOf(copy, image)], work.Equipment.Time.GetUtcNow())[0]);
                }
                else if (new ParityCopies(database) is var parity && parity.Made().FirstOrDefault(made => made.Sha256 == image.Sha256) is { } ofSet)
                {
                    _remembered[copy] = new(null, parity.Add(ofSet, [RecordOf(copy, image)], work.Equipment.Time.GetUtcNow())[0]) { ParityDisc = ofSet.Label };
                }
                else if (request.How.Place is not null || request.How.Medium is not null)
                {
                    throw new OperationFailedException(new("disc-not-known", $"{catalogue} knows no disc with this image", "'spindle discs' lists what the catalogue knows; it has the images that 'spindle write' made"));
                }
            }
            catch (OperationFailedException e) when (!_warnings.Contains(e.Failure))
            {
                _warnings.Add(e.Failure);
            }
            catch (OperationFailedException)
            {
                // Told already.
            }
        }
    }

    private BurnTask TaskOf(DiscRecord disc, int holding)
    {
        int number = disc.Number, lacking = Math.Max(0, request.How.Copies - holding);
        string what = disc.Image is null ? $"the image of disc {number} was not written here" : $"the image of disc {number} is not there any more: {disc.Image}";
        ImageToBurn wanted = new(disc.Image ?? "")
        {
            Copies = lacking,
            Sha256 = disc.Sha256,
            Name = copy => string.Create(CultureInfo.InvariantCulture, $"copy {holding + copy} of disc {number}"),
        };
        return new(wanted.Path, number, wanted)
        {
            CopiesWanted = request.How.Copies,
            Holding = holding,
            Failure = lacking == 0 || File.Exists(disc.Image) ? null : new("no-image-of-disc", what, $"'spindle write {number}' makes it"),
        };
    }

    private BurnTask TaskOf(MadeParityDisc disc, int holding)
    {
        int lacking = Math.Max(0, request.How.Copies - holding);
        ImageToBurn wanted = new(disc.Image ?? "")
        {
            Copies = lacking,
            Sha256 = disc.Sha256,
            Name = copy => string.Create(CultureInfo.InvariantCulture, $"copy {holding + copy} of parity disc {disc.Label}"),
        };
        return new(wanted.Path, null, wanted)
        {
            ParityDisc = disc.Label,
            CopiesWanted = request.How.Copies,
            Holding = holding,
            Failure = lacking == 0 || File.Exists(disc.Image) ? null
                : new("no-image-of-disc", $"the image of parity disc {disc.Label} is not there any more: {disc.Image}", string.Create(CultureInfo.InvariantCulture, $"'spindle parity repair --lost P{disc.Row} --from DIR --to DIR' makes it again, of the discs of set {disc.Set}")),
        };
    }

    private BurnedCopyRecord RecordOf(BurnedCopy copy, BurnedImage image) => new(
        JsonForm.Word(copy.State),
        copy.Drive,
        request.How.Place,
        JsonSerializer.Serialize(new BurnedMediumDetail(copy.Kind, copy.MediumId, request.How.Medium), BurnJson.Form.BurnedMediumDetail),
        JsonSerializer.Serialize(
            new BurnedDetail(image.Path, image.Sha256!, image.Sectors!.Value, request.How.Speed, request.How.Medium, new(copy) { Parity = _margin.Of(copy, image) }), BurnJson.Form.BurnedDetail))
    {
        VerifiedIn = copy.VerifiedIn?.Path,
    };
}

/// <summary>An image that is to be burned.</summary>
/// <param name="Image">The image; empty where a disc has none.</param>
/// <param name="Disc">The disc of the catalogue that it is of; null where an image was named, or it is of a parity disc.</param>
/// <param name="Wanted">What is wanted of it, without the copies that there are.</param>
internal sealed record BurnTask(string Image, int? Disc, ImageToBurn Wanted)
{
    /// <summary>The parity disc that it is of, by its volume's name; null for others, and where an image was named.</summary>
    public string? ParityDisc { get; init; }

    /// <summary>Copies that it has already, and that hold.</summary>
    public int Holding { get; init; }

    /// <summary>Copies that are to be made.</summary>
    public int Lacking => Wanted.Copies;

    /// <summary>Copies that there are to be.</summary>
    public required int CopiesWanted { get; init; }

    /// <summary>Whether something is to be done for it, and can be.</summary>
    public bool IsOpen => Failure is null && Lacking > 0;

    /// <summary>Why it can't be burned; null where that is not known yet.</summary>
    public Failure? Failure { get; init; }
}

/// <summary>What <c>copy.detail</c> of a burned disc holds.</summary>
/// <param name="Kind">The kind of disc.</param>
/// <param name="MediumId">What is moulded into it.</param>
/// <param name="Medium">What people say of it.</param>
internal sealed record BurnedMediumDetail(string? Kind, string? MediumId, string? Medium);

/// <summary>What <c>event.detail</c> of a burned disc holds.</summary>
/// <param name="Image">The image, as it was named.</param>
/// <param name="Sha256">Of the image.</param>
/// <param name="Sectors">Of the image.</param>
/// <param name="Speed">That was asked for, in multiples of the disc's own; null for none.</param>
/// <param name="Medium">What people say of the disc.</param>
/// <param name="Disc">All else, as <c>burn --json</c> has it.</param>
internal sealed record BurnedDetail(string Image, string Sha256, long Sectors, int? Speed, string? Medium, BurnedDiscPart Disc);

/// <summary>As what a burned disc was entered in the catalogue.</summary>
/// <param name="Disc">The disc of the archive that it was to be; null for a parity disc.</param>
/// <param name="Copy">What the copy is called there; null for a disc that is no copy.</param>
public sealed record RememberedCopyPart(int? Disc, string? Copy)
{
    /// <summary>The parity disc that it was to be, by its volume's name; null for a disc of the archive.</summary>
    public string? ParityDisc { get; init; }
}
