// SPDX-License-Identifier: MIT
namespace Spindle.Cli.Completing;

/// <summary>A word that may stand where the cursor is.</summary>
/// <param name="Word">All of it, what is typed already included.</param>
/// <param name="Meaning">What it is, in one line; null where the word says it.</param>
internal sealed record Candidate(string Word, string? Meaning = null);

/// <summary>What a shell offers at the cursor.</summary>
/// <param name="Candidates">Words of ours.</param>
/// <param name="Names">What of the shell's own file system belongs there, too.</param>
internal sealed record Suggested(IReadOnlyList<Candidate> Candidates, FileNames Names = FileNames.None);

/// <summary>Which names of files a shell is to offer: it knows best how they are quoted.</summary>
internal enum FileNames
{
    None,
    Directories,
    Files,
}
