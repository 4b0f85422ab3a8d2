// SPDX-License-Identifier: MIT
using Spindle.Restoring;

namespace Spindle.Cli.Reports;

/// <summary>What is told of the way back from discs.</summary>
internal partial interface IReport
{
    /// <summary>Files were restored, or it was found out what that takes.</summary>
    void Restored(RestoreResult result);
}
