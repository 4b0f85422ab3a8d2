// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using Spindle.Catalogue;
using Spindle.Catalogue.Documents;
using Spindle.Files;
using Spindle.Mastering.Writing;
using Spindle.Media;
using Spindle.Parity.Protecting;

namespace Spindle.Archiving.Discs;

/// <summary>Makes the image of a planned disc: lays it out as the plan did, writes it front to back, and enters it in the catalogue.</summary>
/// <param name="database">The catalogue, open for writing.</param>
/// <param name="time">Says when an image was made; nothing of that is in it.</param>
public sealed class DiscWriter(CatalogueDatabase database, TimeProvider time)
{
    private const string Unfinished = WholeFile.PartSuffix;
    private const string Sum = ".sha256";

    private readonly DiscStore _store = new(database);

    /// <summary>Where the image of a disc belongs: <c>JOB_NNNN.iso</c>.</summary>
    /// <param name="number">The disc.</param>
    /// <param name="directory">The directory of the images.</param>
    public string ImagePath(int number, string directory)
    {
        string job = database.Setting("job") ?? "archive";
        StringBuilder name = new();
        foreach (char c in job)
        {
            name.Append(c is '/' or '\\' or ':' || char.IsControl(c) ? '_' : c);
        }

        return Path.Combine(directory, $"{name}_{number:D4}.iso");
    }

    /// <summary>Every file that is beside an image at some time, and the image itself.</summary>
    internal static IEnumerable<string> FilesOf(string image) =>
        ((string[])["", Unfinished, ".sha256", ".sha256" + Unfinished, ".work", "-lock"]).Select(suffix => image + suffix);

    /// <summary>Writes a disc's image, unless it is there.</summary>
    /// <param name="request">Which, and where to.</param>
    /// <param name="progress">Told some times a second.</param>
    /// <param name="cancellationToken">Stops; what was written is taken away again.</param>
    /// <exception cref="OperationFailedException"><c>no-such-disc</c>, <c>output-exists</c>, <c>plan-outdated</c>,
    /// <c>image-differs</c>, and what stops <see cref="ImageWriter"/>.</exception>
    public async Task<WriteResult> WriteAsync(WriteRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        string image = ImagePath(request.Disc, request.Directory);
        using FileStream? claim = request.DryRun ? null : Claim(image);
        try
        {
            return await CatalogueDatabase.GuardedAsync(database.Path, () => WriteAsync(request, image, progress, cancellationToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(image + Unfinished);
            throw TargetFailure.Of(image, e);
        }
        catch (Exception e) when (e is OperationCanceledException or OperationFailedException)
        {
            // It can't be gone on with: the next time it is made anew.
            File.Delete(image + Unfinished);
            throw;
        }
    }

    private async Task<WriteResult> WriteAsync(WriteRequest request, string image, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        DiscRecord disc = _store.Get(request.Disc);
        if (disc.Status == "withdrawn")
        {
            throw new OperationFailedException(new(
                "disc-withdrawn", $"disc {request.Disc} was never made, as far as the catalogue knows, and files that it was to hold have changed since: the rest of it was planned onto other discs",
                "'spindle write --all' makes what is planned"));
        }

        string work = image + ".work";
        DeleteDirectory(work); // of a run that was killed
        if (File.Exists(image) && !request.Overwrite)
        {
            if (disc.Status != "written" && !request.DryRun && await Task.Run(() => FinishedEarlier(disc, image), cancellationToken) is { } finished)
            {
                return finished;
            }

            return disc.Status == "written" && new FileInfo(image).Length == disc.Sectors * Capacity.SectorSize
                ? new() { Disc = disc, Image = image, Sha256 = disc.Sha256, WasThere = true }
                : throw new OperationFailedException(new("output-exists", $"{image} exists, and the catalogue does not know it as disc {request.Disc}", "--overwrite replaces it"));
        }

        if (!request.DryRun)
        {
            _store.NoteBegun(request.Disc, Path.GetFullPath(image), time.GetUtcNow());
        }

        DiscFacts facts = DiscFacts.Of(database, request.Disc)!;
        using DocumentFolder folder = new(work);
        progress.Report(new("laying-out", 0, 0, WorkProgress.Bytes) { Item = Path.GetFileName(image) });
        IReadOnlyList<SourceProblem> partProblems = await Task.Run(
            () => new PartHasher(database).Hash(request.Disc, progress, cancellationToken), CancellationToken.None);
        DiscAssembly assembly = await AssembleAsync(facts, folder);
        long planned = facts.Detail.ParityPercent is null ? assembly.Layout.Sectors : Redundancy.OfPercent(facts.Detail.ParityPercent.Value).ImageSectorsFor(assembly.Layout.Sectors);
        if (planned != disc.Sectors)
        {
            CheckSize(disc, facts, assembly.Layout.Sectors);
            disc = disc with { Sectors = planned, Files = assembly.Facts.Files, Bytes = assembly.Facts.Bytes };
        }

        if (request.DryRun)
        {
            return new() { Disc = disc, Image = null, Problems = partProblems };
        }

        string part = image + Unfinished;
        ImageWriteResult written = await WriteImageAsync(assembly, part, progress, cancellationToken);
        IReadOnlyList<SourceProblem> problems = [.. partProblems, .. ProblemsOf(assembly, written.Failures)];
        if (problems.Count > 0)
        {
            return new() { Disc = disc, Image = part, Problems = problems };
        }

        byte[] sha256 = facts.Detail.ParityPercent is { } percent ? await ProtectAsync(part, percent, progress, cancellationToken) : written.Sha256;
        bool isReadBack = request.ReadBack && await ReadBackAsync(part, sha256, progress, cancellationToken);

        // The sum lies beside the image before that has its name: a run that is killed behind it left all that proves the image.
        WholeFile.WritePart(image + Sum, sum => sum.Write(Encoding.UTF8.GetBytes($"{Convert.ToHexStringLower(sha256)}  {Path.GetFileName(image)}\n")));
        WholeFile.Publish(image);
        WholeFile.Publish(image + Sum);
        _store.SetSize(request.Disc, planned, assembly.Facts.Files, assembly.Facts.Bytes);
        _store.MarkWritten(request.Disc, sha256, Path.GetFullPath(image), time.GetUtcNow());
        return new() { Disc = _store.Get(request.Disc), Image = image, Sha256 = Convert.ToHexStringLower(sha256), IsReadBack = isReadBack };
    }

    /// <summary>A disc that was never written may have other lists, of another program, as long as it holds them; one that was must come out as it was.</summary>
    private static void CheckSize(DiscRecord disc, DiscFacts facts, long sectors)
    {
        if (disc.Status == "written")
        {
            throw new OperationFailedException(new(
                "plan-outdated", $"disc {disc.Number} was written with {disc.Sectors} sectors and would have {sectors}", $"{facts.Detail.Tool} planned it: use that one"));
        }

        if (sectors > facts.Detail.ImageSectors)
        {
            throw new OperationFailedException(new(
                "plan-outdated", $"disc {disc.Number} may have {facts.Detail.ImageSectors} sectors and would have {sectors}", $"{facts.Detail.Tool} planned it: use that one"));
        }
    }

    /// <summary>Keeps others from the image's name: its owner alone gives it, once, to what it has made.</summary>
    private static FileStream Claim(string image)
    {
        try
        {
            return new(image + "-lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            throw new OperationFailedException(new("target-denied", $"{image} can't be written: {e.Message}", "name another directory with --to"), e);
        }
        catch (IOException e)
        {
            throw new OperationFailedException(new("target-busy", $"another process is writing {image}", "wait until it has ended, or name another directory with --to"), e);
        }
    }

    /// <summary>An image that was finished by a run that could not tell the catalogue of it any more.</summary>
    /// <returns>Null where it is another disc's, or not what its sum says.</returns>
    private WriteResult? FinishedEarlier(DiscRecord disc, string image)
    {
        string? sum = new[] { image + Sum + Unfinished, image + Sum }.FirstOrDefault(File.Exists);
        bool isLengthKnown = disc.Sectors > 0; // a catalogue that was imported does not tell it
        if (sum is null || (isLengthKnown && new FileInfo(image).Length != disc.Sectors * Capacity.SectorSize))
        {
            return null;
        }

        using (ISectorReader medium = Formats.Images.ImageFile.Open(image))
        {
            if (DiscUuid.Read(medium, new()) != disc.Uuid)
            {
                return null;
            }
        }

        byte[] sha256;
        using (FileStream stream = File.OpenRead(image))
        {
            sha256 = System.Security.Cryptography.SHA256.HashData(stream);
        }

        string hex = Convert.ToHexStringLower(sha256);
        if (!File.ReadAllText(sum).StartsWith(hex, StringComparison.Ordinal))
        {
            return null;
        }

        if (sum != image + Sum)
        {
            WholeFile.Publish(image + Sum);
        }

        if (!isLengthKnown)
        {
            using DiscEntries entries = new(database, disc.Number);
            List<DiscEntry> files = [.. entries.All().Where(entry => entry.HasData)];
            long bytes = files.DistinctBy(file => (file.Content, file.Part?.Offset)).Sum(file => file.Part?.Length ?? file.Size);
            _store.SetSize(disc.Number, new FileInfo(image).Length / Capacity.SectorSize, files.Count, bytes);
        }

        _store.MarkWritten(disc.Number, sha256, Path.GetFullPath(image), time.GetUtcNow());
        return new() { Disc = _store.Get(disc.Number), Image = image, Sha256 = hex, WasThere = true };
    }

    /// <summary>Lays the disc out, while another thread copies the catalogue over a connection of its own.</summary>
    private async Task<DiscAssembly> AssembleAsync(DiscFacts facts, DocumentFolder folder)
    {
        Task<CatalogueCopy> catalogue = Task.Run(() =>
        {
            using CatalogueDatabase reading = CatalogueDatabase.OpenForReading(database.Path);
            return CatalogueCopy.Make(reading, facts, folder);
        });
        Task<DiscAssembly> assembly = Task.Run(() => DiscAssembly.Create(database, facts.Number, catalogue, folder));

        // Whichever fails: nobody writes into the folder any more when it is taken away.
        await Task.WhenAll(catalogue, assembly);
        return await assembly;
    }

    /// <summary>Adds check data to a finished image, which proves what it wrote by reading it again.</summary>
    /// <returns>SHA-256 of the image with its check data.</returns>
    private static Task<byte[]> ProtectAsync(string image, double percent, IProgress<WorkProgress> progress, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            Protector.Protect(new() { Image = image, Redundancy = Redundancy.OfPercent(percent) }, progress, cancellationToken);
            return Hash(image, progress, cancellationToken);
        },
        CancellationToken.None);

    private static byte[] Hash(string image, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using FileStream stream = new(image, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        byte[] buffer = new byte[1 << 20];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer.AsSpan(0, count));
            progress.Report(new("hashing", stream.Position, stream.Length, WorkProgress.Bytes) { Item = Path.GetFileNameWithoutExtension(image) });
        }

        return hash.GetHashAndReset();
    }

    private async Task<ImageWriteResult> WriteImageAsync(
        DiscAssembly assembly, string path, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        using IDisposable snapshot = database.Snapshot(); // else each of the million questions for a path locks the catalogue anew
        using ContentFiles files = new(database, assembly.Facts.Number);
        using FileStream target = Open(path);
        return await ImageWriter.WriteAsync(
            new() { Layout = assembly.Layout, Source = content => assembly.SourceOf(content, files), Target = target, TargetName = path },
            progress,
            cancellationToken);
    }

    private IReadOnlyList<SourceProblem> ProblemsOf(DiscAssembly assembly, IReadOnlyList<ContentFailure> failures)
    {
        using ContentFiles files = new(database, assembly.Facts.Number);
        return [.. failures.Select(failure => new SourceProblem(assembly.SourceOf(failure.Content, files).Name, failure.Failure))];
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperationFailedException(new("target-denied", $"{path} can't be written: {e.Message}", "name another directory with --to"), e);
        }
    }

    /// <returns>Whether it is known that the image was read from storage.</returns>
    private static async Task<bool> ReadBackAsync(string image, byte[] expected, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        long length = new FileInfo(image).Length;
        string name = Path.GetFileNameWithoutExtension(image);
        (byte[] sha256, bool isFromStorage) = await Task.Run(
            () => StoredFile.Hash(image, done => progress.Report(new("reading-back", done, length, WorkProgress.Bytes) { Item = name }), cancellationToken), CancellationToken.None);
        return sha256.AsSpan().SequenceEqual(expected) ? isFromStorage : throw new OperationFailedException(new(
            "image-differs", $"{image} does not read back as it was written", "its storage is not to be trusted: write to another one"));
    }

    private static void DeleteDirectory(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
