// SPDX-License-Identifier: MIT
using Spindle.Files.Listing;
using Spindle.Imaging.Hashing;
using Spindle.Imaging.Records;

namespace Spindle.Imaging.Auditing;

/// <summary>Finds whole copies of images in other folders, by their names and then by their hashes.</summary>
/// <param name="folders">Where copies are.</param>
internal sealed class CopyFinder(IReadOnlyList<string> folders)
{
    private readonly Lazy<ILookup<string, string>> _byName = new(() => folders.SelectMany(Files).ToLookup(path => Path.GetFileName(path), StringComparer.OrdinalIgnoreCase));

    /// <summary>Finds a file that is what records say of an image.</summary>
    /// <returns>Its path; null where there is none.</returns>
    public async Task<string?> FindAsync(string image, IReadOnlyList<ImageClaim> claims, StoredImage storage, CancellationToken cancellationToken)
    {
        HashKind[] kinds = [.. claims.SelectMany(claim => claim.Hashes.Keys).Distinct()];
        foreach (string path in _byName.Value[Path.GetFileName(image)].Where(path => path != image))
        {
            try
            {
                StoredReading reading = await storage.ReadAsync(path, kinds, _ => { }, cancellationToken);
                if (reading.Unreadable.Count == 0 && claims.All(claim => claim.Hashes.All(hash => reading.Hashes[hash.Key] == hash.Value)))
                {
                    return path;
                }
            }
            catch (IOException)
            {
                // It is no copy that could help.
            }
        }

        return null;
    }

    private static IEnumerable<string> Files(string folder) => new CollectionWalk(SourceSystem.OfThisMachine(), [folder]).All(CancellationToken.None)
        .Where(candidate => candidate is { Image: not null, Size: not null, Unreadable: null }).Select(candidate => candidate.Image!);
}
