// SPDX-License-Identifier: MIT
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Imaging;

/// <summary>One disc after the other, until nobody inserts one any more.</summary>
internal sealed class DiscLoop
{
    /// <summary>What the drive says while it has no disc, or is still looking at it: the wait goes on.</summary>
    private static readonly string[] NotYet = ["no-medium", "not-ready", "tray-open"];

    /// <summary>After these the next disc may well do.</summary>
    private static readonly string[] OfOneDisc = ["disc-changed", "cannot-unmount", "smaller-than-file-system", "unfinished-copy", "no-map", "name-too-long", "map-too-long"];

    private readonly ImageRequest _request;
    private readonly Work _work;
    private readonly CancellationToken _stop;
    private readonly DriveTray _tray;

    /// <exception cref="OperationFailedException"><c>usage</c>: the source is no drive; or the catalogue can't be used.</exception>
    public DiscLoop(ImageRequest request, Work work, CancellationToken stop)
    {
        (_request, _work, _stop) = (request, work, stop);
        CollectionEntry.Require(request);
        _ = request.ToImagingRequest(); // what makes no sense is said before a disc is asked for
        _tray = work.Equipment.Tray(request.Source) ?? throw Usage.Error($"--loop is for drives, and {request.Source} is none", "'spindle drives' lists them");
    }

    /// <summary>Whether a failure is of one disc only: after it the next one may well do.</summary>
    public static bool IsOfOneDisc(Failure failure) => OfOneDisc.Contains(failure.Code);

    /// <summary>Why it came to its end, where that was not by being stopped while it waited.</summary>
    public Failure? Ended { get; private set; }

    /// <summary>What the worst of the discs ended with.</summary>
    public Outcome Worst { get; private set; } = Outcome.Done;

    /// <summary>Images discs while it is read. The thread waits with it: who tells of the discs has nothing else to do.</summary>
    public IEnumerable<ImagedDocument> Discs()
    {
        for (bool isFirst = true; WaitForDisc(isFirst); isFirst = false)
        {
            if (Image() is not { } disc)
            {
                yield break;
            }

            Note(((Document)disc).Outcome);
            yield return disc;
            if (Ended is not null || !GiveBack())
            {
                yield break;
            }
        }
    }

    /// <summary>Does something; to be stopped while nothing is read is how it is meant to end.</summary>
    /// <returns>Whether it goes on.</returns>
    private bool Try(Func<Task> act)
    {
        try
        {
            act().GetAwaiter().GetResult();
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (OperationFailedException e)
        {
            Ended = e.Failure;
            return false;
        }
    }

    private bool WaitForDisc(bool isFirst) => Try(async () =>
    {
        if (!isFirst || !_tray.HasDisc)
        {
            _work.Answers.Tell("Insert the next disc; Ctrl-C ends.");
        }

        await _tray.WaitForDiscAsync(_stop);
    });

    /// <returns>What came of the disc; null where it was stopped before it was read.</returns>
    private ImagedDocument? Image()
    {
        while (true)
        {
            try
            {
                return ImageVerb.ImageAsync(_request, _work, _stop).GetAwaiter().GetResult();
            }
            catch (OperationFailedException e) when (NotYet.Contains(e.Failure.Code))
            {
                // A drive may call itself ready, and then look at the disc once more.
                if (!Try(() => _tray.WaitForDiscAsync(_stop)) || !Try(() => Task.Delay(TimeSpan.FromSeconds(1), _work.Equipment.Time, _stop)))
                {
                    return null;
                }
            }
            catch (OperationCanceledException)
            {
                Ended = ImageVerb.Stopped;
                return new RefusedDocument(Ended);
            }
            catch (OperationFailedException e)
            {
                if (!DriveTray.IsRefusal(e.Failure) && !OfOneDisc.Contains(e.Failure.Code))
                {
                    Ended = e.Failure;
                }

                return new RefusedDocument(e.Failure);
            }
        }
    }

    /// <summary>A disc that was imaged is out already; one that was refused is not.</summary>
    private bool GiveBack()
    {
        try
        {
            _tray.Eject();
        }
        catch (OperationFailedException e)
        {
            // Told, and waited for: somebody has to press the button.
            _work.Answers.Tell($"{e.Failure.What}: {e.Failure.Hint}");
        }

        return Try(() => _tray.WaitForRemovalAsync(_stop));
    }

    private void Note(Outcome outcome) => Worst = outcome == Outcome.Failed || Worst == Outcome.Done ? outcome : Worst;
}
