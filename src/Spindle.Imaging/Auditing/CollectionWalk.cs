// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files;
using Spindle.Files.Listing;
using Spindle.Imaging.Hashing;
using Spindle.Imaging.Records;

namespace Spindle.Imaging.Auditing;

/// <summary>Goes through folders and brings each image together with its records. What it remembers is that of one folder, and of the folders on the way to it.</summary>
/// <param name="system">Shows the files.</param>
/// <param name="paths">Folders, images and records; one that lies in another one of them is met once.</param>
internal sealed class CollectionWalk(ISourceSystem system, IReadOnlyList<string> paths)
{
    private const string ManifestEnding = "_manifest.json";
    private const StringComparison AnyCase = StringComparison.OrdinalIgnoreCase;

    /// <summary>Endings of files that are images of discs, whether a record names them or not.</summary>
    private static readonly string[] ImageEndings = [".iso", ".img", ".udf", ".cdr", ".toast", ".bin"];

    /// <summary>Names of lists of hashes that are not named after one image, but for the kind before it: <c>SHA256SUMS</c>.</summary>
    private const string Sums = "SUMS";

    /// <summary>Whether a name is that of an image.</summary>
    public static bool IsImage(string name) => ImageEndings.Any(ending => name.EndsWith(ending, AnyCase));

    /// <summary>All images and records, in the order of their paths: folder by folder, names by their bytes.</summary>
    /// <param name="cancellationToken">Stops it between two names.</param>
    public IEnumerable<Candidate> All(CancellationToken cancellationToken)
    {
        string[] roots = [.. paths.Select(path => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))).Distinct()];
        foreach (string root in roots.Where(root => !roots.Any(other => other != root && IsWithin(root, other) && Directory.Exists(other))))
        {
            string folder = Path.GetDirectoryName(root) ?? root;
            bool isInBag = Path.GetFileName(folder) == "data" && File.Exists(Path.Combine(folder, "..", "bagit.txt"));
            IEnumerable<Candidate> found = Directory.Exists(root) ? Below(root, [], _ => true, isDeep: true, cancellationToken)
                : Below(isInBag ? Path.GetDirectoryName(folder)! : folder, [], IsOf(root), isDeep: isInBag, cancellationToken);
            foreach (Candidate candidate in found)
            {
                yield return candidate;
            }
        }
    }

    /// <summary>Of a folder, only what concerns one image or one record that was named.</summary>
    private static Func<Candidate, bool> IsOf(string path) =>
        candidate => candidate.Image == path || candidate.Claims.Any(claim => claim.Record == path);

    private static bool IsWithin(string path, string folder) => path.StartsWith(folder.EndsWith(Path.DirectorySeparatorChar) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <param name="folder">The folder.</param>
    /// <param name="inherited">What records in folders above say of images in this one and below, by their paths; what is met is taken out.</param>
    /// <param name="isWanted">Which candidates are told.</param>
    /// <param name="isDeep">Whether folders in it are gone into.</param>
    /// <param name="cancellationToken">Stops it.</param>
    private IEnumerable<Candidate> Below(
        string folder, Dictionary<string, List<ImageClaim>> inherited, Func<Candidate, bool> isWanted, bool isDeep, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DirectoryListing listing = new();
        if (List(folder, listing) is { } wrong)
        {
            yield return new(folder, []) { Unreadable = $"this folder can't be read: {wrong}" };
            yield break;
        }

        // Claims of this folder's own records, with those from above that reach down to here.
        Dictionary<string, List<ImageClaim>> claims = new(StringComparer.Ordinal);
        List<Candidate> alone = [];
        bool isBag = Enumerable.Range(0, listing.Count).Any(index => listing.Name(index).SequenceEqual("bagit.txt"u8));
        for (int index = 0; index < listing.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (listing.Status(index).Kind is not (EntryKind.File or EntryKind.Symlink) || NameOf(listing, index) is not { } name || ReaderOf(name, isBag) is not { } read)
            {
                continue;
            }

            foreach (ImageClaim claim in ClaimsOf(Path.Combine(folder, name), name, read))
            {
                if ((claim.Name ?? UsualImage(claim, name, folder)) is { } image)
                {
                    Add(claims, Path.Combine(folder, image.Replace('/', Path.DirectorySeparatorChar)), claim);
                }
                else
                {
                    alone.Add(new(null, [claim]));
                }
            }
        }

        foreach (string path in inherited.Keys.Where(path => Path.GetDirectoryName(path) == folder).ToList())
        {
            inherited[path].ForEach(claim => Add(claims, path, claim));
            inherited.Remove(path);
        }

        for (int index = 0; index < listing.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            NodeStatus status = listing.Status(index);
            string? name = NameOf(listing, index);
            string path = Path.Combine(folder, name ?? Encoding.UTF8.GetString(listing.Name(index)));
            bool isClaimed = claims.Remove(path, out List<ImageClaim>? said);
            if (status.Kind is EntryKind.File or EntryKind.Symlink ? (isClaimed || IsImage(path)) && !(status.Kind == EntryKind.Symlink && !isClaimed && Directory.Exists(path)) : isClaimed)
            {
                Candidate candidate = Met(path, status, said ?? []);
                candidate = name is null ? candidate with { Unreadable = "its name is no UTF-8, by which it could be opened" } : candidate;
                if (isWanted(candidate))
                {
                    yield return candidate;
                }
            }
        }

        foreach (Candidate candidate in alone.Where(isWanted))
        {
            yield return candidate;
        }

        foreach ((string path, List<ImageClaim> said) in claims.OrderBy(claim => claim.Key, StringComparer.Ordinal).ToList())
        {
            if (Path.GetDirectoryName(path) != folder && isDeep && Directory.Exists(Path.GetDirectoryName(path)))
            {
                inherited[path] = said; // met below
                claims.Remove(path);
            }
            else if (new Candidate(path, said) is var missing && isWanted(missing))
            {
                yield return missing;
            }
        }

        for (int index = 0; isDeep && index < listing.Count; index++)
        {
            if (listing.Status(index).Kind == EntryKind.Directory && NameOf(listing, index) is { } name)
            {
                string below = Path.Combine(folder, name);
                foreach (Candidate candidate in Below(below, inherited, isWanted, isDeep, cancellationToken))
                {
                    yield return candidate;
                }

                foreach (string left in inherited.Keys.Where(path => IsWithin(path, below)).Order(StringComparer.Ordinal).ToList())
                {
                    if (inherited.Remove(left, out List<ImageClaim>? said))
                    {
                        yield return new(left, said);
                    }
                }
            }
        }
    }

    /// <summary>A manifest that can't say which image is its own lies beside it all the same.</summary>
    private static string? UsualImage(ImageClaim claim, string name, string folder) =>
        claim.Unverifiable is not null && name.EndsWith(ManifestEnding, AnyCase) && $"{name[..^ManifestEnding.Length]}.iso" is var usual && File.Exists(Path.Combine(folder, usual)) ? usual : null;

    private string? List(string folder, DirectoryListing listing)
    {
        try
        {
            using ISourceDirectory directory = system.OpenRoot(folder);
            directory.List(listing);
            listing.Sort();
            return null;
        }
        catch (SourceException e)
        {
            return e.Message;
        }
    }

    private static string? NameOf(DirectoryListing listing, int index) =>
        Encoding.UTF8.GetString(listing.Name(index)) is var name && Encoding.UTF8.GetBytes(name).AsSpan().SequenceEqual(listing.Name(index)) ? name : null;

    private static Func<string, string, IEnumerable<ImageClaim>>? ReaderOf(string name, bool isBag)
    {
        if (name.EndsWith(ManifestEnding, AnyCase))
        {
            return (path, text) => [ManifestClaim.Read(path, text)];
        }

        if (name.EndsWith(AdoptedRecord.Ending, AnyCase))
        {
            return (path, text) => [AdoptedRecord.Read(path, text)];
        }

        if (isBag && BagManifest.KindOf(name) is { } ofBag)
        {
            return (path, text) => BagManifest.Read(path, ofBag, text, IsImage);
        }

        HashKind? kind = HashKind.Find(Path.GetExtension(name).TrimStart('.'))
            ?? (name.EndsWith(Sums, AnyCase) ? HashKind.Find(name[..^Sums.Length]) : null);
        return kind is null ? null : (path, text) => ChecksumFile.Read(path, kind, text, IsImage);
    }

    private static IEnumerable<ImageClaim> ClaimsOf(string path, string name, Func<string, string, IEnumerable<ImageClaim>> read)
    {
        ImageClaim claim = new() { Record = path, Kind = name.EndsWith(".json", AnyCase) ? RecordKind.Manifest : RecordKind.Checksums };
        try
        {
            (string? text, string? wrong) = RecordFile.Read(path);
            return text is null ? [claim with { Unverifiable = wrong }] : read(path, text);
        }
        catch (IOException e)
        {
            return [claim with { Unverifiable = $"can't be read: {e.Message}" }];
        }
    }

    private static Candidate Met(string path, NodeStatus status, IReadOnlyList<ImageClaim> claims)
    {
        Candidate candidate = new(path, claims) { Size = status.Size, Device = status.Device };
        if (status.Kind != EntryKind.Symlink)
        {
            return status.Kind == EntryKind.File ? candidate : candidate with { Unreadable = "it is no file" };
        }

        // A link may lead anywhere: to nothing, round in a circle, to a pipe.
        FileSystemInfo? target = null;
        try
        {
            target = File.ResolveLinkTarget(path, returnFinalTarget: true);
        }
        catch (IOException)
        {
            // Round in a circle.
        }

        return target is FileInfo { Exists: true } file ? candidate with { Size = file.Length, LinkTarget = file.FullName } : candidate with { Size = null, LinkTarget = target?.FullName ?? "itself" };
    }

    private static void Add(Dictionary<string, List<ImageClaim>> claims, string path, ImageClaim claim)
    {
        if (!claims.TryGetValue(path, out List<ImageClaim>? said))
        {
            claims[path] = said = [];
        }

        said.Add(claim);
    }
}
