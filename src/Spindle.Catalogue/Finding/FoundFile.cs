// SPDX-License-Identifier: MIT
using Spindle.Catalogue.Collecting;

namespace Spindle.Catalogue.Finding;

/// <summary>A file, or an earlier version of one.</summary>
/// <param name="Path">From the archive's root, or from that of a disc that was imaged.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">When it was changed last; null where a disc does not say.</param>
/// <param name="Sha256">Lower-case hexadecimal digits; null where it was never read.</param>
/// <param name="FirstScan">The scan that found it.</param>
/// <param name="GoneScan">The scan that found it gone or changed; null while it is there.</param>
/// <param name="Discs">Where it is; nowhere as long as it is on no disc.</param>
public sealed record FoundFile(string Path, long Size, DateTimeOffset? Modified, string? Sha256, long FirstScan, long? GoneScan, IReadOnlyList<FoundPlace> Discs)
{
    /// <summary>The disc that was imaged and has the file; null for files of the archive.</summary>
    public ImagedDisc? Imaged { get; init; }
}
