// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Mmc;

/// <summary>What READ TOC/PMA/ATIP reads (MMC-6, READ TOC/PMA/ATIP, format).</summary>
public enum TocFormat
{
    /// <summary>Tracks with their starts: <see cref="TableOfContents"/>.</summary>
    Tracks = 0,

    /// <summary>First and last complete session: <see cref="SessionInformation"/>.</summary>
    Sessions = 1,

    /// <summary>The lead-ins of all sessions as they are: <see cref="RawToc"/>.</summary>
    Full = 2,

    /// <summary>The program memory area of a recordable CD: <see cref="RawToc"/>.</summary>
    Pma = 3,

    /// <summary>What is moulded into a recordable CD: <see cref="Atip"/>.</summary>
    Atip = 4,

    /// <summary>Titles: <see cref="CdText"/>.</summary>
    CdText = 5,
}
