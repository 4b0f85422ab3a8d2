// SPDX-License-Identifier: MIT
using Spindle.Imaging.Copying;
using Spindle.Imaging.Rescuing;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Rescuing;

/// <summary>Carries a strategy out on a simulated disc, without files.</summary>
internal sealed class Rescue(SimulatedDisc disc, int retries = 0)
{
    /// <summary>What came of each read, in order.</summary>
    public List<(SectorRange Range, SectorRead Read)> Reads { get; } = [];

    public SectorMap Map { get; init; } = new(disc.SectorCount);

    public RescueCursor Start { get; init; } = RescueCursor.Start;

    public RescueTuning Tuning { get; init; } = RescueTuning.For(MediumLayout.Of(disc), retries);

    public IReadOnlyList<RescuePass> Passes { get; private set; } = [];

    /// <summary>How long each read takes, for tests of slow places.</summary>
    public Func<SectorRange, TimeSpan> Duration { get; init; } = _ => TimeSpan.FromMilliseconds(1);

    public int FailedReads => Reads.Count(read => read.Read.Fault != SectorFault.None);

    /// <summary>Runs to the end, or for so many reads.</summary>
    /// <returns>Where it stopped.</returns>
    public RescueCursor Run(int reads = int.MaxValue)
    {
        RescueStrategy strategy = new(Map, Tuning, Start, new());
        byte[] buffer = new byte[Tuning.LargestRead * disc.SectorSize];
        for (int i = 0; i < reads && strategy.Next() is { } range; i++)
        {
            SectorRead read = disc.Read(range, buffer);
            Reads.Add((range, read));
            strategy.Note(range, read, Duration(range));
        }

        Passes = strategy.Passes;
        return strategy.Cursor;
    }
}
