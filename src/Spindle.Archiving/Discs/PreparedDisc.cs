// SPDX-License-Identifier: MIT
using Spindle.Catalogue;

namespace Spindle.Archiving.Discs;

/// <summary>A disc that can be written.</summary>
/// <param name="Disc">The disc, with the size that it will have.</param>
/// <param name="Assembly">Where everything lies on it.</param>
/// <param name="Problems">Files that are not as they were catalogued, as far as they had to be read to know that.</param>
internal sealed record PreparedDisc(DiscRecord Disc, DiscAssembly Assembly, IReadOnlyList<SourceProblem> Problems)
{
    /// <summary>How much check data comes behind everything else; null for none.</summary>
    public double? ParityPercent => Assembly.Facts.Detail.ParityPercent;
}
