// SPDX-License-Identifier: MIT
using Spindle.Archiving.Discs;
using Spindle.Archiving.Planning;
using Spindle.Archiving.Scanning;
using Spindle.Catalogue;
using Spindle.Catalogue.Collecting;
using Spindle.Catalogue.Health;

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

    /// <summary>The discs of an archive.</summary>
    void Discs(IReadOnlyList<DiscRecord> discs, IReadOnlyList<ImagedDisc> imaged);

    /// <summary>How the discs of an archive age.</summary>
    /// <param name="discs">The discs, with their checks.</param>
    /// <param name="chart">Where that was drawn; null where it was not.</param>
    void Health(IReadOnlyList<DiscHealth> discs, string? chart);
}
