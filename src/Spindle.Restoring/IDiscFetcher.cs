// SPDX-License-Identifier: MIT
namespace Spindle.Restoring;

/// <summary>Brings discs that are not at hand: a person at a terminal, a person behind a page, a robot.</summary>
public interface IDiscFetcher
{
    /// <summary>Brings a disc, however long that takes.</summary>
    /// <param name="disc">Which one.</param>
    /// <param name="cancellationToken">Nobody waits for it any more.</param>
    /// <returns>Another source where it is now; an empty text where it is in one of those that were named; null where it can't be had.</returns>
    string? Fetch(DiscWanted disc, CancellationToken cancellationToken);
}
