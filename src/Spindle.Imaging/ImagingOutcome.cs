// SPDX-License-Identifier: MIT
namespace Spindle.Imaging;

/// <summary>What came of an imaging.</summary>
public enum ImagingOutcome
{
    /// <summary>The image holds every sector, and all that was asked for was done and agrees.</summary>
    Success,

    /// <summary>The image is as good as it gets now: sectors are missing in it, or its proof is.</summary>
    Incomplete,

    /// <summary>Readings disagree, or the image is smaller than the file system on it: it must not be relied on.</summary>
    Failed,

    /// <summary>It was stopped before its end; it can be resumed.</summary>
    Interrupted,

    /// <summary>Nothing was done, as asked for.</summary>
    DryRun,
}
