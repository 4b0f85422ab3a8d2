// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.AccessCopies;

/// <summary>Holds how long a copy plays against what the disc says.</summary>
internal static class PlayingTime
{
    private const double Share = 0.05;

    private static readonly TimeSpan Least = TimeSpan.FromSeconds(2);

    /// <summary>What does not agree, in sentences.</summary>
    /// <param name="expected">By the disc's table of contents; null where that does not say.</param>
    /// <param name="found">Of the copy.</param>
    /// <param name="streams">Its streams.</param>
    public static IReadOnlyList<string> Doubts(TimeSpan? expected, TimeSpan? found, IReadOnlyList<ProbedStream> streams)
    {
        List<string> doubts = [];
        if (found is not { } time)
        {
            return ["how long the copy plays is not known"];
        }

        if (expected is null)
        {
            doubts.Add($"the copy plays {Figures.Duration(time)}; the disc does not say how long it should");
        }
        else if (AreApart(expected.Value, time))
        {
            doubts.Add($"the copy plays {Figures.Duration(time)}, and by the disc it should play {Figures.Duration(expected.Value)}");
        }

        // Sound that ends early is as much a loss as pictures that do.
        foreach (ProbedStream stream in streams.Where(stream => stream.Kind == "audio" && stream.Duration is { } length && length < time && AreApart(time, length)))
        {
            doubts.Add($"a sound track of the copy ends after {Figures.Duration(stream.Duration!.Value)} of {Figures.Duration(time)}");
        }

        return doubts;
    }

    private static bool AreApart(TimeSpan wanted, TimeSpan found)
    {
        TimeSpan allowed = wanted * Share > Least ? wanted * Share : Least;
        return (wanted - found).Duration() > allowed;
    }
}
