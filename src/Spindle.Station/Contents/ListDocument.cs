// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Imaging.Contents;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Contents;

/// <summary>What is on a disc, read while it is told: it may be more than memory holds. The disc is open until this is disposed of.</summary>
public abstract record DiscListing : Document, IDisposable
{
    private readonly OpenedDisc _disc;
    private readonly Listed<ListedEntry> _entries;

    private protected DiscListing(OpenedDisc disc, IEnumerable<VolumeEntry> entries, CancellationToken cancellationToken)
    {
        _disc = disc;
        _entries = new(entries.Select(entry => new ListedEntry(entry)), cancellationToken);
    }

    /// <summary>Which tree it is.</summary>
    [JsonConverter(typeof(JsonForm.Names<VolumeView>))]
    public VolumeView View => _disc.Volume.View;

    /// <summary>Name of the volume in this tree; empty where it has none.</summary>
    public string VolumeIdentifier => _disc.Volume.VolumeIdentifier;

    /// <summary>The entries, in the order of the disc, each directory before what it holds; they can be read once.</summary>
    public IEnumerable<ListedEntry> Entries => _entries;

    /// <summary>Which names are missing from that list, or what else of it is lost; null where nothing is, as far as anybody can know.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Failure? Missing => Ended is null ? Incompleteness.Of(_disc.Volume) : null;

    /// <summary>What else may be worth knowing: another tree that has more, names in an unknown charset.</summary>
    public IReadOnlyList<Failure> Warnings =>
    [
        .. _disc.Volume.Richer is null ? [] : Incompleteness.OfOtherTrees(_disc.Volume).Take(1),
        .. Incompleteness.OfNames(_disc.Volume) is { } names ? (Failure[])[names] : [],
    ];

    /// <summary>The tree itself, for those who draw it.</summary>
    [JsonIgnore]
    public Volume Volume => _disc.Volume;

    /// <inheritdoc/>
    protected override Failure? Ended => _entries.Ended;

    /// <inheritdoc/>
    protected override Outcome Found => Volume.Missing.Any() ? Outcome.Lacking : Outcome.Done;

    /// <inheritdoc/>
    public void Dispose()
    {
        _disc.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>What is in a directory, or below it.</summary>
public sealed record ListDocument : DiscListing
{
    private ListDocument(OpenedDisc disc, IEnumerable<VolumeEntry> entries, CancellationToken cancellationToken)
        : base(disc, entries, cancellationToken)
    {
    }

    /// <inheritdoc/>
    protected override string Verb => ListVerb.Name;

    internal static ListDocument Open(ListRequest request, CancellationToken cancellationToken)
    {
        OpenedDisc disc = OpenedDisc.Open(request.Disc, cancellationToken);
        try
        {
            return new(disc, EntriesOf(disc.Volume, request), cancellationToken);
        }
        catch
        {
            disc.Dispose();
            throw;
        }
    }

    private static IEnumerable<VolumeEntry> EntriesOf(Volume volume, ListRequest request)
    {
        VolumeEntry start = volume.Find(request.Path) ?? throw new OperationFailedException(new(
            "no-such-path", $"there is no {request.Path} on the disc", "names are told apart by case; another --view may have other names"));
        return start.Type != EntryType.Directory ? [start]
            : !request.Recursive ? volume.List(start)
            : volume.Walk(start);
    }
}

/// <summary>All that is on a disc.</summary>
public sealed record TreeDocument : DiscListing
{
    internal TreeDocument(OpenedDisc disc, CancellationToken cancellationToken)
        : base(disc, disc.Volume.Walk(), cancellationToken)
    {
    }

    /// <inheritdoc/>
    protected override string Verb => TreeVerb.Name;
}
