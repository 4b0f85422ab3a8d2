// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Burning.Running;

/// <summary>Tells how far several drives are that burn side by side, as one: the step of the last of them, and the sum of it.</summary>
/// <param name="progress">Told of it.</param>
internal sealed class BurningProgress(IProgress<WorkProgress> progress)
{
    private readonly Lock _gate = new();
    private readonly List<LaneProgress> _lanes = [];

    /// <summary>A drive begins.</summary>
    /// <param name="name">What is shown of it.</param>
    public LaneProgress Begin(string name)
    {
        lock (_gate)
        {
            _lanes.Add(new(this, name));
            return _lanes[^1];
        }
    }

    /// <summary>A drive has come to its end.</summary>
    public void End(LaneProgress lane)
    {
        lock (_gate)
        {
            _lanes.Remove(lane);
        }
    }

    internal void Report(Action change)
    {
        lock (_gate)
        {
            change();
            BurnStep step = _lanes.Min(lane => lane.Step);
            LaneProgress[] behind = [.. _lanes.Where(lane => lane.Step == step)];
            long total = behind.Sum(lane => lane.Total);
            progress.Report(new(step.ToString().ToLowerInvariant(), behind.Sum(lane => lane.Done), total, behind[0].Unit)
            {
                Item = string.Join(", ", behind.Select(lane => lane.Name)),
                IsOfDrive = true,
                Trouble = WorkTrouble.Of(behind.Sum(lane => lane.Trouble), "sectors wrong"),
            });
        }
    }
}

/// <summary>How far one drive is.</summary>
/// <param name="all">All that burn.</param>
/// <param name="name">What is shown of it.</param>
internal sealed class LaneProgress(BurningProgress all, string name)
{
    public string Name => name;

    public BurnStep Step { get; private set; }

    public long Done { get; private set; }

    public long Total { get; private set; }

    public long Trouble { get; private set; }

    public string Unit { get; private set; } = WorkProgress.Bytes;

    /// <summary>Tells it.</summary>
    public void Report(BurnStep step, long done, long total, string unit, long trouble) =>
        all.Report(() => (Step, Done, Total, Unit, Trouble) = (step, done, total, unit, trouble));
}
