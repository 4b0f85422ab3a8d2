// SPDX-License-Identifier: MIT
namespace Spindle.Changers.Moving;

/// <summary>A disc that was in a drive once, and was looked at: what it is, by its own content.</summary>
/// <param name="Identity">Tells it from all others: <c>uuid:…</c> of an archive's disc, else what its descriptors and first sectors come to.</param>
/// <param name="Seen">When it was looked at.</param>
public sealed record KnownDisc(string Identity, DateTimeOffset Seen)
{
    /// <summary>What people call it: its label or volume name; null where it has none.</summary>
    public string? Name { get; init; }

    /// <summary>What the robot read on its case then; null where it read nothing.</summary>
    public string? Barcode { get; init; }

    /// <summary>The slot that it was taken from, as <see cref="RobotPlace"/> writes it; null where it was none.</summary>
    public string? Home { get; init; }
}

/// <summary>A move that was begun, and whose end is not written down.</summary>
/// <param name="From">Where the disc was.</param>
/// <param name="To">Where it was to go.</param>
/// <param name="Begun">When.</param>
public sealed record UnfinishedMove(string From, string To, DateTimeOffset Begun);
