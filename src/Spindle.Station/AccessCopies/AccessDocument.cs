// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Imaging.AccessCopies;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.AccessCopies;

/// <summary>Access copies: told as each is known.</summary>
public sealed record AccessDocument : Document
{
    private readonly Listed<AccessCopyPart> _copies;
    private readonly SortedDictionary<AccessState, long> _counts = [];
    private long _needPerson;

    /// <summary>Tells of copies.</summary>
    /// <param name="copies">They are read once.</param>
    /// <param name="cancellationToken">Ends it between two of them.</param>
    public AccessDocument(IEnumerable<AccessCopy> copies, CancellationToken cancellationToken) => _copies = new(copies.Select(Noted), cancellationToken);

    /// <summary>The copies, and images without one, as each is known.</summary>
    public IEnumerable<AccessCopyPart> Copies => _copies;

    /// <summary>How many there are in each state.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts.ToDictionary(count => JsonForm.Word(count.Key), count => count.Value);

    /// <summary>How many need a person.</summary>
    public long NeedPerson => _needPerson;

    /// <inheritdoc/>
    protected override Failure? Ended => _copies.Ended;

    /// <inheritdoc/>
    protected override Outcome Found => _needPerson > 0 ? Outcome.Lacking : Outcome.Done;

    /// <inheritdoc/>
    protected override string Verb => AccessVerb.Name;

    private AccessCopyPart Noted(AccessCopy copy)
    {
        _counts[copy.State] = _counts.GetValueOrDefault(copy.State) + 1;
        _needPerson += copy.NeedsPerson ? 1 : 0;
        return AccessCopyPart.Of(copy);
    }
}

/// <summary>An access copy, or an image of which there is none.</summary>
/// <param name="State">What became of it.</param>
/// <param name="Image">The absolute path of the image.</param>
/// <param name="Copy">That of the copy; null where there is none.</param>
/// <param name="Record">That of its record; null where there is none.</param>
/// <param name="TitleSet">The title set that it is of; null where it is of none.</param>
/// <param name="Playlist">The playlist of a Blu-ray Disc that it is of, by its five digits; null where it is of none.</param>
/// <param name="Titles">The titles that it plays.</param>
/// <param name="Detail">What is to be said of it, in words.</param>
/// <param name="Hint">What can be done; null where nothing need be.</param>
/// <param name="Warnings">What does not agree, in sentences.</param>
/// <param name="Unread">What of it the image does not have.</param>
/// <param name="SecondsExpected">How long it should play; null where the disc does not say.</param>
/// <param name="Seconds">How long it plays; null where there is none.</param>
/// <param name="Size">Bytes of it; null where there is none.</param>
/// <param name="Sha256">Its SHA-256; null where there is none.</param>
/// <param name="NeedsPerson">Whether a person should look.</param>
/// <param name="SecondsTaken">How long making it took.</param>
/// <param name="Time">When that was known.</param>
public sealed record AccessCopyPart(
    [property: JsonConverter(typeof(JsonForm.Words<AccessState>))] AccessState State,
    string Image,
    string? Copy,
    string? Record,
    int? TitleSet,
    string? Playlist,
    IReadOnlyList<int> Titles,
    string Detail,
    string? Hint,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<UnreadTimePart> Unread,
    double? SecondsExpected,
    double? Seconds,
    long? Size,
    string? Sha256,
    bool NeedsPerson,
    double SecondsTaken,
    DateTimeOffset Time)
{
    internal static AccessCopyPart Of(AccessCopy copy) => new(
        copy.State,
        copy.Image,
        copy.Copy,
        copy.Record,
        copy.TitleSet,
        copy.Playlist,
        copy.Titles,
        copy.Detail,
        copy.Hint,
        copy.Warnings,
        [.. copy.Unread.Select(UnreadTimePart.Of)],
        Round(copy.Expected),
        Round(copy.Duration),
        copy.Size,
        copy.Sha256,
        copy.NeedsPerson,
        Math.Round(copy.Took.TotalSeconds, 3),
        copy.At);

    private static double? Round(TimeSpan? time) => time is { } known ? Math.Round(known.TotalSeconds, 3) : null;
}

/// <summary>A part of a copy that the image does not have.</summary>
/// <param name="From">Minutes and seconds of the copy, rounded down: <c>1:07</c>.</param>
/// <param name="To">Where it ends, rounded up.</param>
/// <param name="Sectors">How many sectors of 2048 bytes are missing there.</param>
public sealed record UnreadTimePart(string From, string To, long Sectors)
{
    internal static UnreadTimePart Of(UnreadPart part) => new(UnreadTimes.Text(part.From, isEnd: false), UnreadTimes.Text(part.To, isEnd: true), part.Sectors);
}
