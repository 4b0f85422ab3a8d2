// SPDX-License-Identifier: MIT

using Spindle.Restoring;

namespace Spindle.Cli.Terminals;

/// <summary>A person at the terminal changes discs.</summary>
internal sealed class PersonFetcher(Questions questions) : IDiscFetcher
{
    public string? Fetch(DiscWanted disc, CancellationToken cancellationToken)
    {
        string kept = disc.Places.Count == 0 ? "" : $" ({string.Join("; ", disc.Places)})";
        string answer = questions.Ask($"Disc {disc.Number}, {disc.Label}{kept}, is needed for {disc.Files} {(disc.Files == 1 ? "file" : "files")}. Insert it and press Enter, name another source, or type 'skip'", preset: "");
        return answer == "skip" ? null : Paths.ExpandHome(answer);
    }
}
