// SPDX-License-Identifier: MIT
namespace Spindle.Archiving.Planning;

/// <summary>A piece of a directory that needs several discs: a run of its names, or a part of a file of its.</summary>
/// <param name="Sectors">What it costs.</param>
/// <param name="FirstName">The first name of the run; null of a part of a file.</param>
/// <param name="Part">The part; null of a run of names.</param>
internal sealed record DirectoryPiece(long Sectors, byte[]? FirstName, FilePartPlan? Part);

/// <summary>A part of a file.</summary>
/// <param name="Entry">The name in the catalogue.</param>
/// <param name="Content">What it holds.</param>
/// <param name="Number">From 1.</param>
/// <param name="Offset">Bytes before it, a multiple of 2048.</param>
/// <param name="Length">Bytes.</param>
internal sealed record FilePartPlan(long Entry, long Content, int Number, long Offset, long Length);
