// SPDX-License-Identifier: MIT
namespace Spindle.Mastering;

/// <summary>Which directories ISO 9660 can't hold where they belong, as directories lie at most eight deep (ECMA-119 §6.8.2.1).</summary>
/// <remarks>
/// Rock Ridge moves them to a directory RR_MOVED in the root and leaves a link (RRIP-1.12 §4.1.5). What is below moves with them, and
/// is moved again six levels further down. So the depth alone decides, and a directory costs the same in every tree.
/// </remarks>
internal static class Relocation
{
    /// <summary>Where moved directories are, in the root.</summary>
    public const string Directory = "RR_MOVED";

    private const int FirstMovedDepth = 8;
    private const int DepthOfMoved = 2;

    /// <summary>Whether directories of a depth are moved, or lie below one that is.</summary>
    public static bool IsAtMoved(int depth) => depth >= FirstMovedDepth;

    /// <summary>Whether directories of a depth are moved; the root has depth 0.</summary>
    public static bool IsMoved(int depth) => depth >= FirstMovedDepth && (depth - FirstMovedDepth) % (FirstMovedDepth - DepthOfMoved) == 0;
}
