// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files;
using Spindle.Formats.MapFile;
using Spindle.Imaging.Copying;
using Spindle.Imaging.Files;
using Spindle.Imaging.Hashing;
using Spindle.Imaging.Rescuing;
using Spindle.Imaging.Sources;
using Spindle.Media;

namespace Spindle.Imaging.Running;

/// <summary>Decides, before anything is touched, what the image is called and how long the disc is.</summary>
internal static class ImagingStart
{
    /// <returns>The imaging, and the disc as it is copied, which stays the source's.</returns>
    public static (ImagingState State, ISectorReader Disc) Of(ImagingRequest request, IDiscSource source, ImagingPorts ports)
    {
        // Looked at now: at the end the drive may be gone.
        SourceDescription description = source.Description;
        string name = request.Name ?? FreeName(request, description, ports.Files);
        OutputPaths paths = new(request.Directory, name, request.MapPath, request.Bag);
        IReadOnlyList<HashKind> hashes = request.Bag ? [.. request.Hashes.Union([HashKind.Sha256])] : request.Hashes;
        (ISectorReader disc, Failure? warning) = request.Resume ? AsLongAsBefore(source.Reader, description, paths, ports.Files) : (source.Reader, null);
        ImagingState state = new(
            request with { Name = name, Hashes = hashes }, paths, (description with { Length = disc.Length }, MediumLayout.Of(disc)), ports);
        state.Warnings.AddRange(warning is null ? description.Disc.Notes : [warning, .. description.Disc.Notes]);
        return (state, disc);
    }

    /// <summary>Many discs have the same name, or none: one that is taken by a finished image gets a number.</summary>
    private static string FreeName(ImagingRequest request, SourceDescription source, IImageFiles files)
    {
        string name = source.DefaultName;
        IEnumerable<string> numbered = Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? name : FormattableString.Invariant($"{name}-{number}"));
        bool Has(string candidate, Func<OutputPaths, string> file) => files.Exists(file(new(request.Directory, candidate, request.MapPath, request.Bag)));
        if (request.Resume)
        {
            // The one that was left unfinished, where there is one.
            return numbered.TakeWhile(candidate => Has(candidate, paths => paths.Image) || Has(candidate, paths => paths.ImagePart))
                .FirstOrDefault(candidate => Has(candidate, paths => paths.ImagePart)) ?? name;
        }

        return request.Overwrite ? name : numbered.First(candidate => !Has(candidate, paths => paths.Image));
    }

    /// <summary>Drives differ by a few sectors on where a disc ends: a copy goes on with the length that it was begun with.</summary>
    private static (ISectorReader Disc, Failure? Warning) AsLongAsBefore(
        ISectorReader disc, SourceDescription source, OutputPaths paths, IImageFiles files)
    {
        if (source.Kind != SourceKind.OpticalDrive || (files.TryRead(paths.MapPart) ?? files.TryRead(paths.Map)) is not { } bytes)
        {
            return (disc, null);
        }

        RescueMapFile map = RescueMapFile.Parse(new StringReader(Encoding.UTF8.GetString(bytes)));
        long before = map.Blocks.Count > 0 ? map.Blocks[^1].End : disc.Length;
        long difference = before - disc.Length;
        if (difference == 0 || Math.Abs(difference) > RunOut.MostSectors * disc.SectorSize || before % disc.SectorSize != 0)
        {
            return (disc, null);
        }

        return (
            difference > 0 ? new LongerReader(disc, before) : disc,
            new(
                "length-differs",
                $"this drive says that the disc has {Figures.Count(disc.SectorCount, "sector", "sectors")}, and the copy was begun with {before / disc.SectorSize}",
                difference > 0 ? "what this drive does not know of stays as it is in the map" : "the copy gets what this drive knows of besides"));
    }
}
