// SPDX-License-Identifier: MIT
namespace Spindle.Parity.DiscSet;

/// <summary>What the coefficients of a set of discs are.</summary>
public enum SetForm
{
    /// <summary>Up to three parity discs, as PAR 1.0 has them: other programs restore from these.</summary>
    Par1,

    /// <summary>Four parity discs and more: rows of a Cauchy matrix, of which any may be missing. The first row is PAR 1.0's.</summary>
    Cauchy,
}
