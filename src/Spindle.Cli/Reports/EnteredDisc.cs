// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Cli.Reports;

/// <summary>What became of an imaged disc in the catalogue.</summary>
/// <param name="Catalogue">Where it was entered; null where it was not.</param>
/// <param name="Files">How many files of it were entered.</param>
/// <param name="Concern">Why it was not entered, though it should have been.</param>
internal sealed record EnteredDisc(string? Catalogue, long Files, Failure? Concern);
