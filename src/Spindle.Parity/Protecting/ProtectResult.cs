// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Protecting;

/// <summary>What was made. It was read again as a whole, and every checksum and codeword agreed.</summary>
/// <param name="Written">Path of the image, or of the file of parity.</param>
/// <param name="Layout">The parity.</param>
/// <param name="Warnings">What could be better, each once.</param>
/// <param name="Resumed">Whether an earlier run had been left unfinished, and was undone first.</param>
public sealed record ProtectResult(string Written, ParityLayout Layout, IReadOnlyList<ProtectWarning> Warnings, bool Resumed);
