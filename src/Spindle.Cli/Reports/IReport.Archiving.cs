// SPDX-License-Identifier: MIT
using Spindle.Archiving.Discs;
using Spindle.Archiving.Planning;
using Spindle.Archiving.Scanning;

namespace Spindle.Cli.Reports;

/// <summary>What is told of archives.</summary>
internal partial interface IReport
{
    /// <summary>Discs were planned.</summary>
    void Planned(PlanResult result);

    /// <summary>Discs were written, or could not be.</summary>
    void Written(IReadOnlyList<WriteResult> results);

    /// <summary>A directory was scanned, planned and written.</summary>
    void Archived(string catalogue, ScanResult scan, PlanResult plan, IReadOnlyList<WriteResult> written);
}
