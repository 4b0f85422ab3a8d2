// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Journals;

/// <summary>What a journal belongs to.</summary>
internal enum JournalOperation
{
    /// <summary>Parity is added behind a payload: undone by cutting it off.</summary>
    Protect = 1,

    /// <summary>Sectors are restored in place: done again from the journal, then continued.</summary>
    Repair = 2,
}
