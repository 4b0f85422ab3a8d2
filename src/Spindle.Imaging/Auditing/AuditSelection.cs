// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.Auditing;

/// <summary>Chooses which images are read: those that are due, and of these a share, the ones that wait longest first.</summary>
/// <remarks>All candidates are counted first, then asked for one by one in the same order; nothing is kept of each but a number.</remarks>
/// <param name="request">What is asked for.</param>
/// <param name="history">Earlier audits; null where nothing is known of any.</param>
/// <param name="now">The time of this one.</param>
/// <param name="random">Decides between images that wait equally long.</param>
internal sealed class AuditSelection(AuditRequest request, IAuditHistory? history, DateTimeOffset now, Random random)
{
    private readonly List<long> _waiting = []; // ticks of the last pass of each image that is due; 0 where it is not known

    private long _threshold = long.MaxValue;
    private long _tied;
    private long _tiedWanted;

    /// <summary>Images that are due.</summary>
    public long Due => _waiting.Count;

    /// <summary>Counts an image.</summary>
    /// <returns>Whether it is due.</returns>
    public bool Count(Candidate candidate)
    {
        long last = LastOf(candidate);
        bool isDue = IsDue(candidate, last);
        if (isDue)
        {
            _waiting.Add(last);
        }

        return isDue;
    }

    /// <summary>Ends the counting.</summary>
    public void Choose()
    {
        if (request.Share >= 1 || _waiting.Count == 0)
        {
            return;
        }

        int wanted = (int)Math.Ceiling(_waiting.Count * request.Share);
        _waiting.Sort();
        _threshold = _waiting[wanted - 1];
        _tied = _waiting.Count(last => last == _threshold);
        _tiedWanted = wanted - _waiting.Count(last => last < _threshold);
    }

    /// <summary>Whether an image is read.</summary>
    public bool Takes(Candidate candidate)
    {
        long last = LastOf(candidate);
        if (!IsDue(candidate, last) || last > _threshold)
        {
            return false;
        }

        if (last < _threshold || request.Share >= 1)
        {
            return true;
        }

        // So many of so many, each with the same chance (Knuth, The Art of Computer Programming 2, 3rd edition, 3.4.2, algorithm S).
        bool isTaken = random.NextInt64(Math.Max(1, _tied--)) < _tiedWanted;
        _tiedWanted -= isTaken ? 1 : 0;
        return isTaken;
    }

    private long LastOf(Candidate candidate) => candidate.Image is { } image ? history?.LastPass(image)?.UtcTicks ?? 0 : 0;

    private bool IsDue(Candidate candidate, long last) =>
        !request.Done.Contains(candidate.Image ?? candidate.Claims[0].Record) && !(request.OlderThan is { } age && last > (now - age).UtcTicks);
}
