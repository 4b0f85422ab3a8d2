// SPDX-License-Identifier: MIT
using Spindle.Archiving.Verifying;

namespace Spindle.Cli.Reports;

/// <summary>What is told of discs that are read to see whether they are whole.</summary>
internal partial interface IReport
{
    /// <summary>Discs were verified.</summary>
    void Verified(VerifyResult result);
}
