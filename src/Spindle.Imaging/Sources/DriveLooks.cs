// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Spindle.Drives;
using Spindle.Media;

namespace Spindle.Imaging.Sources;

/// <summary>Looks at optical drives, at each by itself and at all of them at once: one that does not answer, as it is stuck in a disc, holds up no look at the others.</summary>
/// <param name="paths">The paths of the drives, in the system's order.</param>
/// <param name="open">Opens devices.</param>
/// <param name="openSource">Opens the disc in one.</param>
public sealed class DriveLooks(Func<IReadOnlyList<string>> paths, Func<string, IDiscDevice?> open, Func<string, IDiscSource> openSource)
{
    /// <summary>How long who asks by hand waits for a drive: some take half a minute to get to know a disc.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    /// <summary>How long who asks every few seconds waits: what comes later is there the next time.</summary>
    public static TimeSpan Moment { get; } = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Look> _looks = new(StringComparer.Ordinal); // the last one at each drive

    /// <summary>The drives of this machine.</summary>
    public static DriveLooks OfThisMachine { get; } = new(DriveReport.Paths, DiscDevices.TryOpen, DiscSource.Open);

    /// <summary>All drives, in the system's order. Looking does not close an open tray.</summary>
    /// <param name="patience">How long to wait for all of them together.</param>
    /// <returns>Of a drive that did not answer in that time, what is known without its answer.</returns>
    /// <exception cref="OperationFailedException">The drives can't be listed.</exception>
    public IReadOnlyList<DriveReport> All(TimeSpan patience)
    {
        Look[] looks = [.. paths().Select(Begin)];
        long began = Stopwatch.GetTimestamp();
        foreach (Look look in looks)
        {
            TimeSpan left = patience - Stopwatch.GetElapsedTime(began);
            look.Task.Wait(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        return DriveReport.ToldApart([.. looks.Select(Told)]);
    }

    private static DriveReport Told(Look look)
    {
        if (look.Task.IsCompleted)
        {
            look.IsTold = true;
            return look.Task.Result;
        }

        return look.Described.Unanswered(Stopwatch.GetElapsedTime(look.Began));
    }

    /// <summary>A look that goes on already, or one that has just ended and nobody knows of; else a new one. There are never two at one drive.</summary>
    private Look Begin(string path)
    {
        lock (_lock)
        {
            if (_looks.TryGetValue(path, out Look? last) && (!last.Task.IsCompleted || (!last.IsTold && Stopwatch.GetElapsedTime(last.Ended) < Fresh)))
            {
                return last;
            }

            Look look = new(path);
            look.Task = Task.Factory.StartNew(() => look.Run(open, openSource), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            _looks[path] = look;
            return look;
        }
    }

    private sealed class Look(string path)
    {
        private volatile DriveReport _described = new() { Path = path, Status = DriveStatus.Unknown };
        private volatile bool _isTold;
        private long _ended;

        public long Began { get; } = Stopwatch.GetTimestamp();

        public Task<DriveReport> Task { get; set; } = null!;

        /// <summary>When it ended.</summary>
        public long Ended => Volatile.Read(ref _ended);

        /// <summary>Whether somebody was told what it found.</summary>
        public bool IsTold { get => _isTold; set => _isTold = value; }

        /// <summary>What is known without the drive's answer.</summary>
        public DriveReport Described => _described;

        public DriveReport Run(Func<string, IDiscDevice?> open, Func<string, IDiscSource> openSource)
        {
            try
            {
                return DriveReport.Of(path, open, openSource, described => _described = described);
            }
            finally
            {
                Volatile.Write(ref _ended, Stopwatch.GetTimestamp());
            }
        }
    }
}
