// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Trees;

/// <summary>Something that a file has beside its content and its resource fork: a named stream, or an extended attribute, of UDF.</summary>
/// <param name="Name">Its name, as recorded.</param>
/// <param name="Extents">Where it lies, in order; the sum of their lengths is its size.</param>
public sealed record NamedStream(string Name, IReadOnlyList<Extent> Extents)
{
    /// <summary>Bytes of it.</summary>
    public long Size => Extents.Sum(extent => extent.Length);
}
