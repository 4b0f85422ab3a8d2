// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Trees;

/// <summary>Whether the bytes of an extent are on the disc.</summary>
public enum ExtentKind
{
    /// <summary>They are there.</summary>
    Recorded,

    /// <summary>Nothing is recorded: they read as zeros (ECMA-167 4/14.14.1.1, types 1 and 2).</summary>
    Hole,

    /// <summary>There is something, and where it lies is not known: what says so is lost, or names a place that is none.</summary>
    Unknown,
}
