// SPDX-License-Identifier: MIT
namespace Spindle.Burning.Running;

/// <summary>A clock, and how one waits by it.</summary>
/// <param name="Time">The clock.</param>
/// <param name="Wait">Waits.</param>
internal sealed record BurningClock(TimeProvider Time, Action<TimeSpan> Wait)
{
    /// <summary>The one of this machine.</summary>
    public static BurningClock OfThisMachine { get; } = new(TimeProvider.System, span => CancellationToken.None.WaitHandle.WaitOne(span));
}
