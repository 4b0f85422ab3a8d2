// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Formats.Analysis;
using Spindle.Formats.Images;
using Spindle.Imaging.Discs;
using Spindle.Imaging.Records;
using Spindle.Imaging.Rescuing;
using Spindle.Imaging.Sources;
using Spindle.Media;

namespace Spindle.Imaging.Running;

/// <summary>What is thought of the copy: which of its unreadable sectors are damage, and whether the disc gave all that its file systems need.</summary>
internal sealed class CopyJudge(ImagingState state)
{
    /// <param name="protectedSectors">Sectors up to the end of the parity on the disc; 0 for none.</param>
    public void Run(long protectedSectors)
    {
        LookAgain();
        SectorMap map = state.Copy.Map;
        Judgement judgement = new()
        {
            RunOut = RunOut.Of(map, state.Source, Math.Max(protectedSectors, SectorsOfContents(map))),
            OffTrack = RunOut.WithTheirRunOut(state.Source, map),
        };
        IReadOnlyList<SectorRange> damage = RunOut.DamageOf(map, judgement.RunOut, judgement.OffTrack);
        state.Judgement = judgement with
        {
            SuspectedProtection = ProtectionSuspicion.Of(
                state.Source.Disc.Protection is not null, state.Source.ProtectionMark, damage, state.Layout.SectorSize),
        };
        TellOfSectors(damage);
        TellOfMissingEnd();
    }

    private void TellOfSectors(IReadOnlyList<SectorRange> damage)
    {
        if (damage.Count > 0)
        {
            state.Concerns.Add(new(
                "unreadable-sectors",
                $"{Sectors(damage)} of {state.Copy.Map.SectorCount} could not be read: {SectorNames.Of(damage)}",
                "clean the disc or try another drive, and go on with --resume"));
        }

        if (state.Copy.Restored is { Count: > 0 } restored)
        {
            state.Warnings.Add(new(
                "restored-by-parity",
                $"{Sectors(restored)} came from the parity on the disc, which proves them: {SectorNames.Of(restored)}",
                "the disc is damaged: burn a new copy of it while all is there"));
        }

        if (state.Judgement.SuspectedProtection is { } suspected)
        {
            state.Warnings.Add(new(
                "suspected-protection",
                $"the unreadable sectors look made on purpose ({suspected}): a copy protection, not damage",
                "no drive reads them, and no data is on them; trying again only wears the drive out"));
        }
    }

    private void TellOfMissingEnd()
    {
        long expected = state.Source.Structure.ExpectedLength;
        if (expected > state.Layout.Length)
        {
            state.Concerns.Add(new(
                "smaller-than-file-system",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the source has {state.Layout.Length:N0} bytes, and the file system on it needs {expected:N0}: the end is missing"),
                "the source was cut off when it was made or copied, or this drive cannot read the disc to its end: try another drive"));
        }
    }

    /// <summary>What a first look could not read, the passes may have: name, file systems and sizes are those of the image.</summary>
    private void LookAgain()
    {
        if (state.Source.FoundUnreadable.All(sector => state.Copy.Map[sector] != SectorState.Finished))
        {
            return;
        }

        using ImageFile image = ImageFile.Open(state.Paths.ImagePart, state.Layout.SectorSize);
        SourceStructure structure = SourceStructure.Of(DiscAnalyzer.Analyze(image, state.Source.AnalysisOptions with { VerifyTrees = false }));
        if (structure.FileSystems.Count >= state.Source.Structure.FileSystems.Count)
        {
            state.Source = state.Source with { Structure = structure };
        }
    }

    /// <summary>Where the last file lies, or the newest table of a disc that was written piece by piece: what is lost up to there is no run-out.</summary>
    /// <returns>0 where the last sector could be read: then nobody needs to know.</returns>
    private long SectorsOfContents(SectorMap map)
    {
        if (map[map.SectorCount - 1] != SectorState.Bad)
        {
            return 0;
        }

        int sectorSize = state.Layout.SectorSize;
        using ImageFile image = ImageFile.Open(state.Paths.ImagePart, sectorSize);
        return Math.Min(map.SectorCount, (ContentEnd.Of(image, map, state.Source.VolumeOptions) + sectorSize - 1) / sectorSize);
    }

    private static string Sectors(IReadOnlyList<SectorRange> ranges) => Figures.Count(ranges.Sum(range => range.Count), "sector", "sectors");
}
