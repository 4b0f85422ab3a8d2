// SPDX-License-Identifier: MIT
using Spindle.Service.Documents;

namespace Spindle.Service.Pages;

/// <summary>A job with all that its page tells.</summary>
/// <param name="Job">The job.</param>
/// <param name="CommandLine">What it is at a terminal.</param>
/// <param name="Log">The last lines of what its process wrote beside its result.</param>
/// <param name="Summary">What its result says, name by name.</param>
/// <param name="DoneAgainBy">The number of the job that does it again; null where none does, or none that is among the last ones.</param>
/// <param name="Image">What its result says of an image; null where it is of something else.</param>
internal sealed record JobView(JobPart Job, string CommandLine, IReadOnlyList<string> Log, IReadOnlyList<(string Name, string Value)> Summary, long? DoneAgainBy, ImageFacts? Image);
