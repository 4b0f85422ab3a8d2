// SPDX-License-Identifier: MIT
using Spindle.Restoring;
using Spindle.Service.Running;

namespace Spindle.Cli.Terminals;

/// <summary>Whoever looks after jobs changes discs: yes says that it is there, no that it can't be had.</summary>
internal sealed class JobFetcher(JobQuestions questions) : IDiscFetcher
{
    public string? Fetch(DiscWanted disc, CancellationToken cancellationToken)
    {
        string kept = disc.Places.Count == 0 ? "" : $" ({string.Join("; ", disc.Places)})";
        string text = $"Disc {disc.Number}, {disc.Label}{kept}, is needed for {disc.Files} {(disc.Files == 1 ? "file" : "files")}. Insert it. Is it there?";
        return questions.ConfirmAsync(new(JobQuestions.DiscWanted, text), cancellationToken).GetAwaiter().GetResult() ? "" : null;
    }
}
