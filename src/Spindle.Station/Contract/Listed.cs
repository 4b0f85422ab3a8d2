// SPDX-License-Identifier: MIT
using System.Collections;
using Spindle.Media;

namespace Spindle.Station.Contract;

/// <summary>A list that is read while it is told: whatever ends it early is kept, and what was told before stays one whole document.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="items">The items; they are read once.</param>
/// <param name="cancellationToken">Ends it between two items.</param>
public sealed class Listed<T>(IEnumerable<T> items, CancellationToken cancellationToken) : IEnumerable<T>
{
    /// <summary>Why it ended before its end; null as long as it did not.</summary>
    public Failure? Ended { get; private set; }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        using IEnumerator<T> all = items.GetEnumerator();
        while (TryMove(all))
        {
            yield return all.Current;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private bool TryMove(IEnumerator<T> all)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return all.MoveNext();
        }
        catch (OperationFailedException e)
        {
            Ended = e.Failure;
        }
        catch (OperationCanceledException)
        {
            Ended = new("cancelled", "stopped");
        }

        return false;
    }
}
