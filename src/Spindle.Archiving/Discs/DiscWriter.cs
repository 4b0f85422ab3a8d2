// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Archiving.Catalogue;
using Spindle.Media;
using Spindle.Parity;

namespace Spindle.Archiving.Discs;

/// <summary>Makes the image of a planned disc: lays it out as the plan did, writes it front to back, and enters it in the catalogue.</summary>
/// <param name="database">The catalogue, open for writing.</param>
/// <param name="time">Says when an image was made; nothing of that is in it.</param>
public sealed class DiscWriter(CatalogueDatabase database, TimeProvider time)
{
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

    /// <summary>Writes a disc's image, unless it is there.</summary>
    /// <param name="request">Which, and where to.</param>
    /// <param name="progress">Told some times a second.</param>
    /// <param name="cancellationToken">Stops; what was written is taken away again.</param>
    /// <exception cref="OperationFailedException"><c>no-such-disc</c>, <c>output-exists</c>, <c>plan-outdated</c>, and what stops writing.</exception>
    public async Task<WriteResult> WriteAsync(WriteRequest request, IProgress<WriteProgress> progress, CancellationToken cancellationToken)
    {
        DiscRecord disc = _store.Get(request.Disc);
        string image = ImagePath(request.Disc, request.Directory);
        if (File.Exists(image) && !request.Overwrite)
        {
            return disc.Status == "written" && new FileInfo(image).Length == disc.Sectors * Capacity.SectorSize
                ? new() { Disc = disc, Image = image, Sha256 = disc.Sha256, WasThere = true }
                : throw new OperationFailedException(new("output-exists", $"{image} exists, and the catalogue does not know it as disc {request.Disc}", "--overwrite replaces it"));
        }

        string work = image + ".work";
        DeleteDirectory(work);
        using DocumentFolder folder = new(work);
        progress.Report(new(WriteStage.LayingOut, 0, 0, null));
        IReadOnlyList<SourceProblem> partProblems = await Task.Run(
            () => new PartHasher(database).Hash(request.Disc, progress, cancellationToken), CancellationToken.None);
        DiscFacts facts = DiscFacts.Of(database, request.Disc)!;
        CatalogueCopy catalogue = CatalogueCopy.Make(database, facts, folder);
        DiscAssembly assembly = DiscAssembly.Create(database, request.Disc, catalogue, folder);
        long planned = facts.Detail.ParityPercent is null ? disc.Sectors : Redundancy.OfPercent(facts.Detail.ParityPercent.Value).ImageSectorsFor(assembly.Layout.Sectors);
        if (planned != disc.Sectors || (facts.Detail.ParityPercent is null && assembly.Layout.Sectors != disc.Sectors))
        {
            throw new OperationFailedException(new(
                "plan-outdated", $"disc {request.Disc} was planned with {disc.Sectors} sectors and would have {assembly.Layout.Sectors}", "run 'spindle plan' again"));
        }

        if (request.Pretends)
        {
            return new() { Disc = disc, Image = null, Problems = partProblems };
        }

        string part = image + ".part";
        ImageBytes written = await ImageWriter.WriteAsync(assembly, database, part, progress, cancellationToken);
        IReadOnlyList<SourceProblem> problems = [.. partProblems, .. written.Problems];
        if (problems.Count > 0)
        {
            return new() { Disc = disc, Image = part, Problems = problems };
        }

        byte[] sha256 = written.Sha256;
        if (facts.Detail.ParityPercent is { } percent)
        {
            sha256 = await ProtectAsync(part, percent, progress, cancellationToken);
        }

        File.Move(part, image, overwrite: true);
        File.WriteAllText(image + ".sha256", $"{Convert.ToHexStringLower(sha256)}  {Path.GetFileName(image)}\n");
        _store.MarkWritten(request.Disc, sha256, Path.GetFullPath(image), time.GetUtcNow());
        return new() { Disc = _store.Get(request.Disc), Image = image, Sha256 = Convert.ToHexStringLower(sha256), IsReadBack = written.IsReadBack };
    }

    /// <summary>Adds check data to a finished image, which proves what it wrote by reading it again.</summary>
    /// <returns>SHA-256 of the image with its check data.</returns>
    private static Task<byte[]> ProtectAsync(string image, double percent, IProgress<WriteProgress> progress, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            Relay relay = new(progress);
            Protector.Protect(new() { Image = image, Redundancy = Redundancy.OfPercent(percent) }, relay, cancellationToken);
            using FileStream stream = File.OpenRead(image);
            return System.Security.Cryptography.SHA256.HashData(stream);
        },
        CancellationToken.None);

    private static void DeleteDirectory(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private sealed class Relay(IProgress<WriteProgress> progress) : IProgress<ParityProgress>
    {
        public void Report(ParityProgress value) => progress.Report(new(WriteStage.Protecting, value.Done, value.Total, null));
    }
}
