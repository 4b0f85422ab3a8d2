// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Cli.Reports;

/// <summary>What became of the result of a check in the catalogue.</summary>
/// <param name="Catalogue">Where it was entered; null where it was not.</param>
/// <param name="Disc">Number of the disc.</param>
/// <param name="Copy">Which copy, where that was said.</param>
/// <param name="Concern">Why it was not entered, where that is worth telling.</param>
internal sealed record RememberedCheck(string? Catalogue, int? Disc, string? Copy, Failure? Concern)
{
    /// <summary>There is no catalogue, or it knows nothing of the disc.</summary>
    public static RememberedCheck Nowhere { get; } = new(null, null, null, null);
}
