// SPDX-License-Identifier: MIT
namespace Spindle.Parity;

/// <summary>How far an operation has come.</summary>
/// <param name="Phase">What it is busy with.</param>
/// <param name="Done">Units of the phase that are done, 0 to <paramref name="Total"/>.</param>
/// <param name="Total">Units of the phase.</param>
/// <param name="BlocksDamaged">Ecc blocks so far in which something is wrong.</param>
/// <param name="BlocksLost">Ecc blocks so far that can't be restored.</param>
public readonly record struct ParityProgress(ParityPhase Phase, long Done, long Total, long BlocksDamaged = 0, long BlocksLost = 0);
