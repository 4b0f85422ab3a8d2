// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Spindle.Files;
using Spindle.Formats.Trees;
using Spindle.Mastering;
using Spindle.Mastering.Writing;
using Spindle.Media;
using Spindle.Parity.DiscSet;
using Spindle.Parity.Protecting;

namespace Spindle.Archiving.Sets;

/// <summary>Masters the parity discs of a set: images that can be burned as they are, with RS03 in the room that is left.</summary>
/// <param name="folder">The folder with the set's parity; it is not needed any more after.</param>
/// <param name="table">The set.</param>
internal sealed class ParityDiscs(string folder, SetTable table)
{
    private static readonly NodeAttributes Directories = new(0x1ED, 0, 0, 0); // rwxr-xr-x
    private static readonly NodeAttributes Files = new(0x1A4, 0, 0, 0); // rw-r--r--

    private readonly List<Failure> _warnings = [];

    /// <summary>What is on the side.</summary>
    public IReadOnlyList<Failure> Warnings => _warnings;

    /// <summary>The image of a parity disc.</summary>
    /// <param name="target">The folder of the images.</param>
    /// <param name="set">The set's name.</param>
    /// <param name="row">Which row, from 1.</param>
    public static string PathOf(string target, string set, int row) => Path.Combine(target, string.Create(CultureInfo.InvariantCulture, $"{set}_P{row}.iso"));

    /// <summary>Writes all images. They come out the same again: they tell no time.</summary>
    /// <param name="target">Where to, and how large they may be.</param>
    /// <param name="progress">Told some times a second.</param>
    /// <param name="cancellationToken">Stops; what is not whole keeps a name that ends in <c>.part</c>.</param>
    /// <returns>The images.</returns>
    /// <exception cref="OperationFailedException"><c>parity-too-large</c>; <c>image-differs</c>; there is no room.</exception>
    public IReadOnlyList<string> Write((string Folder, string Set, long Sectors) target, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        List<string> images = [];
        foreach (SetParity parity in table.Parity)
        {
            string path = PathOf(target.Folder, target.Set, parity.Row);
            (DiscLayout layout, List<string> sources) = LayOut(parity, Path.GetFileNameWithoutExtension(path));
            if (layout.Sectors > target.Sectors)
            {
                throw SetFailures.ParityTooLarge(path, layout.Sectors, target.Sectors);
            }

            byte[] sha256 = Write(layout, sources, path, progress, cancellationToken);
            Protect(path, target.Sectors, ref sha256, progress, cancellationToken);
            WholeFile.Write($"{path}.sha256", sum => sum.Write(Encoding.ASCII.GetBytes($"{Convert.ToHexStringLower(sha256)}  {Path.GetFileName(path)}\n")));
            WholeFile.Publish(path);
            images.Add(path);
        }

        return images;
    }

    private (DiscLayout Layout, List<string> Sources) LayOut(SetParity parity, string label)
    {
        DiscTree tree = new(Directories);
        List<string> sources = [];
        void Add(int directory, string name, params string[] below)
        {
            string path = Path.Combine([folder, .. below, name]);
            tree.AddFile(directory, Encoding.ASCII.GetBytes(name), Files, tree.AddContent(new FileInfo(path).Length));
            sources.Add(path);
        }

        Add(DiscTree.Root, "README.TXT");
        int inner = tree.AddDirectory(DiscTree.Root, Encoding.ASCII.GetBytes(SetNames.Folder), Directories);
        foreach (string name in (string[])[parity.Name, SetNames.Table, "setparity.c", "setparity.py"])
        {
            Add(inner, name);
        }

        int digests = tree.AddDirectory(inner, Encoding.ASCII.GetBytes(SetNames.Digests), Directories);
        foreach (SetMember member in table.Members)
        {
            Add(digests, SetNames.Digest(member.Name), SetNames.Digests);
        }

        return (DiscLayout.Create(tree, new() { VolumeIdentifier = label, VolumeSetIdentifier = $"{table.Uuid.Replace("-", "", StringComparison.Ordinal)} {label}", ApplicationIdentifier = "SPINDLE" }), sources);
    }

    private static byte[] Write(DiscLayout layout, List<string> sources, string path, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        using FileStream target = TargetFailure.Told(path, () => new FileStream(path + WholeFile.PartSuffix, FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        ImageWriteRequest request = new() { Layout = layout, Source = content => new FileContent(Encoding.UTF8.GetBytes(sources[content])), Target = target, TargetName = path };
        ImageWriteResult written = ImageWriter.WriteAsync(request, progress, cancellationToken).GetAwaiter().GetResult();
        return written.IsGood ? written.Sha256 : throw new OperationFailedException(written.Failures[0].Failure);
    }

    // In the room that is left; where there is too little, the disc is written without, and that is told.
    private void Protect(string path, long sectors, ref byte[] sha256, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        string part = path + WholeFile.PartSuffix;
        bool isProtected = true;
        try
        {
            Protector.Protect(new() { Image = part, Redundancy = Redundancy.ToFill(sectors) }, progress, cancellationToken);
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
