// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Analysis;

/// <summary>What lies behind the end of the file systems.</summary>
public enum TrailingData
{
    /// <summary>Nothing: the image ends where they do, or before.</summary>
    None,

    /// <summary>One or two sectors: those that a drive adds at the end of a track written at once (imaged run-out).</summary>
    RunOut,

    /// <summary>Zeros, such as the 150 sectors that writers add against read-ahead.</summary>
    Padding,

    /// <summary>Something else, such as parity, or another session.</summary>
    Other,
}
