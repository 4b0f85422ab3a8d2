// SPDX-License-Identifier: MIT
namespace Spindle.Archiving.Discs;

/// <summary>First names of contents on discs, as far as they were asked for: a content with thousands of names would be sought as often.</summary>
/// <remarks>True for as long as no disc is planned or dropped. At most some megabytes.</remarks>
internal sealed class ContentPaths
{
    private const int MaximumCount = 50_000;

    private readonly Dictionary<(long Content, int Disc, long? LinkGroup), byte[]?> _paths = [];

    /// <summary>What is known.</summary>
    /// <param name="content">The content.</param>
    /// <param name="disc">A disc that it may have a name on.</param>
    /// <param name="linkGroup">Only names of this file; null for all.</param>
    /// <param name="path">Null where there is no such name.</param>
    public bool TryGet(long content, int disc, long? linkGroup, out byte[]? path) => _paths.TryGetValue((content, disc, linkGroup), out path);

    /// <summary>Adds what was found.</summary>
    public void Add(long content, int disc, long? linkGroup, byte[]? path)
    {
        if (_paths.Count >= MaximumCount)
        {
            _paths.Clear();
        }

        _paths.Add((content, disc, linkGroup), path);
    }
}
