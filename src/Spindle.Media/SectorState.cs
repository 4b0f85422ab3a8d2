// SPDX-License-Identifier: MIT
namespace Spindle.Media;

/// <summary>What is known of a sector that is being read; GNU ddrescue's states, with its characters as values.</summary>
/// <remarks>Listed from less to more processed, which is the order in which ddrescue joins differing neighbours.</remarks>
public enum SectorState
{
    /// <summary>No read was tried yet.</summary>
    NonTried = '?',

    /// <summary>A read of several sectors failed here; its edges were not looked at.</summary>
    NonTrimmed = '*',

    /// <summary>Both edges failed; what lies between was not tried sector by sector.</summary>
    NonScraped = '/',

    /// <summary>The sector was read by itself, and that failed.</summary>
    Bad = '-',

    /// <summary>The sector was read.</summary>
    Finished = '+',
}
