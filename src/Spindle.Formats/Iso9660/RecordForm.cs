// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Iso9660;

/// <summary>Which of two standards laid a directory record out.</summary>
public enum RecordForm
{
    /// <summary>ECMA-119 §9.1: seven bytes of date, then the flags.</summary>
    Iso9660,

    /// <summary>The High Sierra draft: six bytes of date, then the flags.</summary>
    HighSierra,
}
