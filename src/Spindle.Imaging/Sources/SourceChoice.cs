// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.Sources;

/// <summary>What of a source is wanted.</summary>
/// <param name="Session">The session, from 1; null for the whole disc, of which the last session is looked at.</param>
/// <param name="IsAlone">
/// Whether the medium is that session alone, as for an image of it. Else all of the disc can be read, for the files of a later session
/// may lie in an earlier one.
/// </param>
public sealed record SourceChoice(int? Session, bool IsAlone)
{
    /// <summary>What is <see cref="Map"/> where every sector of an image counts as read.</summary>
    public const string NoMap = "none";

    /// <summary>The map of an image file, as its path; null for the one beside it, where there is one.</summary>
    public string? Map { get; init; }

    /// <summary>Ends what reads it, in the middle of a walk, too.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>All of it.</summary>
    public static readonly SourceChoice Whole = new(Session: null, IsAlone: false);
}
