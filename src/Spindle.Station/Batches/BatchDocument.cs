// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Station.Robots;

namespace Spindle.Station.Batches;

/// <summary>What came of a batch.</summary>
public sealed record BatchDocument : Document
{
    /// <summary>What was done with each disc.</summary>
    public required BatchTask Task { get; init; }

    /// <summary>Who brought them.</summary>
    public required RobotPart Robot { get; init; }

    /// <summary>The folder of the batch.</summary>
    public required string Directory { get; init; }

    /// <summary>Its table, a line for each disc.</summary>
    public required string Manifest { get; init; }

    /// <summary>How many discs came to what.</summary>
    public required BatchCounts Counts { get; init; }

    /// <summary>A row for each disc of the list, in its order.</summary>
    public required IReadOnlyList<BatchRow> Rows { get; init; }

    /// <summary>What somebody must look at.</summary>
    public required IReadOnlyList<Failure> Concerns { get; init; }

    [JsonIgnore]
    internal Failure? Failure { get; init; }

    /// <inheritdoc/>
    protected override Failure? Ended => Failure;

    /// <inheritdoc/>
    protected override Outcome Found => Counts.Accepted == Counts.Listed && Concerns.Count == 0 ? Outcome.Done : Outcome.Lacking;

    /// <inheritdoc/>
    protected override string Verb => BatchVerb.Name;
}

/// <summary>How many discs of a batch came to what: each is counted once.</summary>
/// <param name="Listed">All of the list.</param>
/// <param name="Accepted">Those that were imaged whole, and are out of their drives.</param>
/// <param name="Rejected">Those that were not, and are out of their drives.</param>
/// <param name="InDrives">Those that are in a drive, or were on their way when it stopped.</param>
/// <param name="Waiting">Those whose turn did not come.</param>
public sealed record BatchCounts(int Listed, int Accepted, int Rejected, int InDrives, int Waiting);

/// <summary>How far a disc of a batch is. Each is written down before what it names begins.</summary>
[JsonConverter(typeof(JsonForm.Words<RowState>))]
public enum RowState
{
    /// <summary>Its turn has not come.</summary>
    Queued,

    /// <summary>It is being brought into a drive.</summary>
    Loading,

    /// <summary>It is in its drive.</summary>
    InDrive,

    /// <summary>It is being read.</summary>
    Reading,

    /// <summary>What came of it is known; it is being taken out.</summary>
    Unloading,

    /// <summary>It was imaged whole, and is out.</summary>
    Done,

    /// <summary>It was not, and is out, or was never brought; the row says why.</summary>
    Rejected,
}

/// <summary>A disc of a batch, and what has come of it.</summary>
public sealed record BatchRow
{
    /// <summary>Its place in the list, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Where it was; null for the stack.</summary>
    public string? Slot { get; init; }

    /// <summary>What its image is called.</summary>
    public required string Name { get; init; }

    /// <summary>The name that its volume must have; null where any will do.</summary>
    public string? Expect { get; init; }

    /// <summary>What the list has to say of it.</summary>
    public string? Notes { get; init; }

    /// <summary>How far it is.</summary>
    public RowState State { get; init; }

    /// <summary>The robot's drive that it is or was in; null as long as it was in none.</summary>
    public string? Drive { get; init; }

    /// <summary>That drive's device.</summary>
    public string? Device { get; init; }

    /// <summary>Tells it from other discs; null where nothing could be read.</summary>
    public string? Identity { get; init; }

    /// <summary>Its volume's name, or the label of an archive's disc.</summary>
    public string? Volume { get; init; }

    /// <summary>The row of this batch with the same disc, or one that can't be told from it; null where there is none.</summary>
    public int? SameAs { get; init; }

    /// <summary>Whether its image was begun: what there is of that name is the batch's own then.</summary>
    public bool ImageBegun { get; init; }

    /// <summary>What came of imaging it: <c>success</c>, <c>incomplete</c>, or what else the image's record says; null where it was not begun, or refused.</summary>
    public string? Result { get; init; }

    /// <summary>The image; null where there is none.</summary>
    public string? Image { get; init; }

    /// <summary>Of the image, in lower-case hexadecimal digits.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Bytes of the image.</summary>
    public long? Bytes { get; init; }

    /// <summary>Sectors that could not be read.</summary>
    public long? Unreadable { get; init; }

    /// <summary>Why it was rejected; null where it was not.</summary>
    public Failure? Error { get; init; }

    /// <summary>Where it is now, as far as is known; null for the drive, or where it always was.</summary>
    public string? At { get; init; }

    /// <summary>When it was brought into the drive.</summary>
    public DateTimeOffset? Begun { get; init; }

    /// <summary>When it was out again.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Whether it is out, and nothing is left to be done.</summary>
    [JsonIgnore]
    internal bool IsOver => State is RowState.Done or RowState.Rejected;
}
