// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Blocks;

/// <summary>What was found in one ecc block.</summary>
/// <param name="Block">Which block.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Wrong">Layers that were wrong, in ascending order; those of a lost block as far as they are known.</param>
/// <param name="Silent">How many of these only the parity showed.</param>
/// <param name="IsBlind">Whether the block's checksums were not known.</param>
internal sealed record BlockReport(long Block, BlockOutcome Outcome, int[] Wrong, int Silent, bool IsBlind);
