// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Spindle.Catalogue.Documents;
using Spindle.Files;
using Spindle.Formats.Trees;
using Spindle.Mastering;
using Spindle.Mastering.Writing;
using Spindle.Media;
using Spindle.Parity.DiscSet;
using Spindle.Parity.Protecting;

namespace Spindle.Archiving.Sets;

/// <summary>Masters the parity discs of a set: images that can be burned as they are.</summary>
/// <param name="folder">The folder with the set's parity; it is not needed any more after.</param>
/// <param name="table">The set.</param>
/// <param name="archive">The archive that the discs are of; null for images of anything.</param>
internal sealed class ParityDiscs(string folder, SetTable table, ArchiveSet? archive = null)
{
    private const int DirectoryMode = 0x1ED; // rwxr-xr-x
    private const int FileMode = 0x1A4; // rw-r--r--

    // File system, README, table, programs to restore with, and what tells of the archive.
    private const long FixedSectors = 512;

    private readonly List<Failure> _warnings = [];

    /// <summary>What is on the side.</summary>
    public IReadOnlyList<Failure> Warnings => _warnings;

    /// <summary>The image of a parity disc.</summary>
    /// <param name="target">The folder of the images.</param>
    /// <param name="set">The set's name.</param>
    /// <param name="row">Which row, from 1.</param>
    public static string PathOf(string target, string set, int row) => Path.Combine(target, string.Create(CultureInfo.InvariantCulture, $"{set}_P{row}.iso"));

    /// <summary>Sectors that a parity disc has beside its parity, at most.</summary>
    /// <param name="imageSectors">Sectors that an image of the set may have.</param>
    /// <param name="members">Discs and parity discs of the set.</param>
    /// <param name="catalogueSectors">Sectors of the catalogue that it carries.</param>
    public static long SectorsBeside(long imageSectors, int members, long catalogueSectors)
    {
        // Each digest begins a sector, and its name takes three more at most: in UDF, ISO 9660 and Joliet.
        long digest = Capacity.SectorsOf((imageSectors * Capacity.SectorSize / PieceSums.PieceLength * sizeof(uint)) + sizeof(uint)) + 3;
        return (ParVolume.UsualDataOffset / Capacity.SectorSize) + FixedSectors + catalogueSectors + (members * digest);
    }

    /// <summary>Writes all images. They come out the same again: they tell no time but the plan's.</summary>
    /// <param name="target">Where to, how large they may be, and whether others of their names are replaced.</param>
    /// <param name="progress">Told some times a second.</param>
    /// <param name="cancellationToken">Stops; what is not whole keeps a name that ends in <c>.part</c>.</param>
    /// <returns>The images.</returns>
    /// <exception cref="OperationFailedException"><c>parity-too-large</c>; <c>image-differs</c>; <c>already-exists</c>; there is no room.</exception>
    public IReadOnlyList<ParityDiscFile> Write((string Folder, string Set, long Sectors, bool Overwrite) target, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        List<ParityDiscFile> images = [];
        foreach (SetParity parity in table.Parity)
        {
            string path = PathOf(target.Folder, target.Set, parity.Row);
            (DiscLayout layout, List<string> sources) = LayOut(parity, archive?.LabelOf(parity) ?? Path.GetFileNameWithoutExtension(path));
            long sectors = archive?.Facts.Detail.ParityPercent is { } percent ? Redundancy.OfPercent(percent).ImageSectorsFor(layout.Sectors) : layout.Sectors;
            if (sectors > target.Sectors)
            {
                throw SetFailures.ParityTooLarge(path, sectors, target.Sectors);
            }

            byte[] sha256 = Write(layout, sources, path, progress, cancellationToken);
            Protect(path, target.Sectors, ref sha256, progress, cancellationToken);
            if (File.Exists(path) && !target.Overwrite && archive is not null)
            {
                RequireSame(path, sha256, cancellationToken); // of a run that was killed between two of them
            }

            WholeFile.Write($"{path}.sha256", sum => sum.Write(Encoding.ASCII.GetBytes($"{Convert.ToHexStringLower(sha256)}  {Path.GetFileName(path)}\n")));
            WholeFile.Publish(path);
            images.Add(new(parity.Row, path, new FileInfo(path).Length / Capacity.SectorSize, sha256));
        }

        return images;
    }

    private static void RequireSame(string path, byte[] sha256, CancellationToken cancellationToken)
    {
        (byte[] there, _) = TargetFailure.Told(path, () => StoredFile.Hash(path, _ => { }, cancellationToken));
        if (!there.AsSpan().SequenceEqual(sha256))
        {
            File.Delete(path + WholeFile.PartSuffix);
            throw SetFailures.Exists(path);
        }
    }

    private (DiscLayout Layout, List<string> Sources) LayOut(SetParity parity, string label)
    {
        List<(string Name, string Path)> files = [(SetTexts.ReadmeName, Path.Combine(folder, SetTexts.ReadmeName))];
        files.AddRange(((string[])[parity.Name, SetNames.Table, "setparity.c", "setparity.py", "format.txt"]).Select(name => ($"{SetNames.Folder}/{name}", Path.Combine(folder, name))));
        files.AddRange(table.Members.Select(member => SetNames.Digest(member.Name))
            .Select(name => ($"{SetNames.Folder}/{SetNames.Digests}/{name}", Path.Combine(folder, SetNames.Digests, name))));
        foreach (KeptDocument document in archive?.Documents(table, parity, files) ?? [])
        {
            files.RemoveAll(file => file.Name == document.Name);
            files.Add((document.Name, document.Path!));
        }

        return (DiscLayout.Create(TreeOf(files), OptionsOf(label)), [.. files.Select(file => file.Path)]);
    }

    private DiscTree TreeOf(IEnumerable<(string Name, string Path)> files)
    {
        long modified = (archive?.Facts.Planned ?? DateTimeOffset.UnixEpoch).ToUnixTimeSeconds() * 1_000_000_000;
        NodeAttributes ofDirectories = new(DirectoryMode, 0, 0, modified);
        DiscTree tree = new(ofDirectories);
        Dictionary<string, int> directories = new() { [""] = DiscTree.Root };
        foreach ((string name, string path) in files)
        {
            int slash = name.LastIndexOf('/');
            tree.AddFile(DirectoryOf(slash < 0 ? "" : name[..slash]), Encoding.ASCII.GetBytes(name[(slash + 1)..]), new(FileMode, 0, 0, modified), tree.AddContent(new FileInfo(path).Length));
        }

        return tree;

        int DirectoryOf(string name)
        {
            if (!directories.TryGetValue(name, out int node))
            {
                int slash = name.LastIndexOf('/');
                directories[name] = node = tree.AddDirectory(DirectoryOf(slash < 0 ? "" : name[..slash]), Encoding.ASCII.GetBytes(name[(slash + 1)..]), ofDirectories);
            }

            return node;
        }
    }

    private LayoutOptions OptionsOf(string label) => archive is { Facts: { } facts }
        ? new() { VolumeIdentifier = label, VolumeSetIdentifier = $"{facts.PlanUuid:N} {facts.Detail.Job}", ApplicationIdentifier = facts.Detail.Tool, Recorded = facts.Planned }
        : new() { VolumeIdentifier = label, VolumeSetIdentifier = $"{table.Uuid.Replace("-", "", StringComparison.Ordinal)} {label}", ApplicationIdentifier = "SPINDLE" };

    private static byte[] Write(DiscLayout layout, List<string> sources, string path, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        using FileStream target = TargetFailure.Told(path, () => new FileStream(path + WholeFile.PartSuffix, System.IO.FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        ImageWriteRequest request = new() { Layout = layout, Source = content => new FileContent(Encoding.UTF8.GetBytes(sources[content])), Target = target, TargetName = path };
        ImageWriteResult written = ImageWriter.WriteAsync(request, progress, cancellationToken).GetAwaiter().GetResult();
        return written.IsGood ? written.Sha256 : throw new OperationFailedException(written.Failures[0].Failure);
    }

    // As much as the archive's discs have; else in the room that is left: where there is too little, the disc is written without, and that is told.
    private void Protect(string path, long sectors, ref byte[] sha256, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        string part = path + WholeFile.PartSuffix;
        Redundancy? redundancy = archive is null ? Redundancy.ToFill(sectors) : archive.Facts.Detail.ParityPercent is { } percent ? Redundancy.OfPercent(percent) : null;
        bool isProtected = redundancy is not null;
        try
        {
            if (redundancy is not null)
            {
                Protector.Protect(new() { Image = part, Redundancy = redundancy }, progress, cancellationToken);
            }
        }
        catch (OperationFailedException e) when (e.Failure.Code == "no-room-for-parity")
        {
            isProtected = false;
            _warnings.Add(SetFailures.NoRimProtection(path));
        }

        long length = new FileInfo(part).Length;
        (byte[] stored, _) = TargetFailure.Told(part, () => StoredFile.Hash(part, done => progress.Report(new("reading-back", done, length, WorkProgress.Bytes) { Item = Path.GetFileName(path) }), cancellationToken));
        if (!isProtected && !stored.AsSpan().SequenceEqual(sha256))
        {
            throw SetFailures.ReadsBackDifferently(path);
        }

        sha256 = stored; // what is protected was read again as a whole, and tested, by whoever protected it
    }
}

/// <summary>The image of a parity disc.</summary>
/// <param name="Row">Which row of parity, from 1.</param>
/// <param name="Path">The image.</param>
/// <param name="Sectors">Sectors of 2048 bytes.</param>
/// <param name="Sha256">Of all of it.</param>
internal sealed record ParityDiscFile(int Row, string Path, long Sectors, byte[] Sha256);
