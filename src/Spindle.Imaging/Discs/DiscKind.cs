// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.Discs;

/// <summary>What a disc is, as far as it matters to who wants an image of it.</summary>
public enum DiscKind
{
    /// <summary>Nothing is known: an image file, a disk, or a drive that takes no commands.</summary>
    Unknown,

    /// <summary>Nothing is written.</summary>
    Blank,

    /// <summary>Data in one session: the ordinary disc.</summary>
    Data,

    /// <summary>Data in several sessions.</summary>
    MultiSession,

    /// <summary>Sound only.</summary>
    Audio,

    /// <summary>Data and sound in one session.</summary>
    MixedMode,

    /// <summary>Sound in the first session and data in a later one: CD-Extra, Enhanced CD, Blue Book.</summary>
    CdExtra,
}
