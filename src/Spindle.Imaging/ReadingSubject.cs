// SPDX-License-Identifier: MIT
namespace Spindle.Imaging;

/// <summary>What a reading is of.</summary>
public enum ReadingSubject
{
    /// <summary>The disc, for the first time: what is in the image.</summary>
    Disc,

    /// <summary>The written image.</summary>
    Image,

    /// <summary>The disc, for the second time.</summary>
    DiscAgain,
}
