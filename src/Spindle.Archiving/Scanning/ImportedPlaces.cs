// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files;

namespace Spindle.Archiving.Scanning;

/// <summary>Where archives that were imported stand inside a source's tree: what the catalogue has there is not the source's to change.</summary>
/// <param name="places">Paths in the archive.</param>
/// <param name="prefix">Where the source stands in the archive.</param>
internal sealed class ImportedPlaces(IEnumerable<string> places, string prefix)
{
    private readonly byte[][] _below = [.. places
        .Where(place => prefix.Length == 0 || place.StartsWith(prefix + "/", StringComparison.Ordinal))
        .Select(place => Encoding.UTF8.GetBytes(prefix.Length == 0 ? place : place[(prefix.Length + 1)..]))];

    public bool IsEmpty => _below.Length == 0;

    /// <summary>From the source.</summary>
    public IReadOnlyList<byte[]> Paths => _below;

    /// <summary>Whether a name is such a place.</summary>
    /// <param name="directory">From the source.</param>
    /// <param name="name">In that directory.</param>
    public bool Have(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> name) => Array.Exists(_below, Names(directory, name, orAbove: false));

    /// <summary>Whether a name is such a place, or a directory on the way down to one, which the source need not have.</summary>
    public bool LeadTo(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> name) => Array.Exists(_below, Names(directory, name, orAbove: true));

    private static Predicate<byte[]> Names(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> name, bool orAbove)
    {
        byte[] path = ArchivePath.Join(directory, name);
        return place => place.AsSpan().StartsWith(path) && (place.Length == path.Length || (orAbove && place[path.Length] == '/'));
    }
}
