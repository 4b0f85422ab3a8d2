// SPDX-License-Identifier: MIT
using Spindle.Archiving.Verifying;

namespace Spindle.Cli.Reports;

/// <summary>What is told of discs that are read to see whether they are whole.</summary>
internal partial interface IReport
{
    /// <summary>Gets the progress of a verification, as often as it happens.</summary>
    IProgress<VerifyProgress> Verifying { get; }

    /// <summary>Discs were verified.</summary>
    void Verified(VerifyResult result);
}
