// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Files;
using Spindle.Imaging.Copying;
using Spindle.Imaging.Discs;
using Spindle.Imaging.Records;
using Spindle.Imaging.Rescuing;
using Spindle.Imaging.Sources;
using Spindle.Imaging.Verifying;
using Spindle.Media;

namespace Spindle.Imaging.Running;

/// <summary>What is looked at again, and what is thought of it.</summary>
internal sealed partial class ImagingRun
{
    private SectorRange _runOut;
    private IReadOnlyList<SectorRange> _offTrack = [];
    private string? _suspectedProtection;

    private void JudgeCopy()
    {
        LookAgain();
        SectorMap map = _state.Map;
        _runOut = RunOut.Of(map, _description, Math.Max(_protectedSectors, SectorsOfContents(map)));
        _offTrack = RunOut.WithTheirRunOut(_description, map);
        IReadOnlyList<SectorRange> damage = Damage();
        if (damage.Count > 0)
        {
            _concerns.Add(new(
                "unreadable-sectors",
                $"{Sectors(damage.Sum(range => range.Count))} of {map.SectorCount} could not be read: {SectorNames.Of(damage)}",
                "clean the disc or try another drive, and go on with --resume"));
        }

        if (_state.Restored is { Count: > 0 } restored)
        {
            _warnings.Add(new(
                "restored-by-parity",
                $"{Sectors(restored.Sum(range => range.Count))} came from the parity on the disc, which proves them: {SectorNames.Of(restored)}",
                "the disc is damaged: burn a new copy of it while all is there"));
        }

        _suspectedProtection = ProtectionSuspicion.Of(
            _description.Disc.Protection is not null, _description.ProtectionMark, damage, _layout.SectorSize);
        if (_suspectedProtection is not null)
        {
            _warnings.Add(new(
                "suspected-protection",
                $"the unreadable sectors look made on purpose ({_suspectedProtection}): a copy protection, not damage",
                "no drive reads them, and no data is on them; trying again only wears the drive out"));
        }

        long expected = _description.Structure.ExpectedLength;
        if (expected > _layout.Length)
        {
            _concerns.Add(new(
                "smaller-than-file-system",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the source has {_layout.Length:N0} bytes, and the file system on it needs {expected:N0}: the end is missing"),
                "the source was cut off when it was made or copied, or this drive cannot read the disc to its end: try another drive"));
        }
    }

    /// <summary>Sectors that could not be read, and that data can be on.</summary>
    private IReadOnlyList<SectorRange> Damage() => RunOut.DamageOf(_state.Map, _runOut, _offTrack);

    private async Task VerifyImageAsync(CancellationToken cancellationToken)
    {
        using UncachedFile image = _files.OpenUncached(_paths.ImagePart);
        BatchPool pool = new(BatchesUnderWay, _layout.BatchLength);
        ImageReading reading = new(image, _layout, pool);
        DigestComparer comparer = new(_layout, _state.Digests);
        _readings.Add(await ReadAsync(
            PlanOf(ReadingSubject.Image, "verifying-image", image.Bypass),
            reading,
            pool,
            comparer,
            cancellationToken));

        IReadOnlyList<SectorRange> differences = image.Length == _layout.Length && HashesAgree()
            ? comparer.Differences
            : [.. comparer.Differences.DefaultIfEmpty(new(0, _layout.SectorCount))];
        NoteDifferences(differences);
        if (_differences.Count == 0 && image.Bypass == CacheBypass.None)
        {
            _concerns.Add(new(
                "cache-not-bypassed",
                "the image agrees, but its file system let it be read from memory only, so it is not called verified",
                "check it with 'sha256sum -c' after the storage was taken out and put back"));
        }
    }

    private async Task VerifyDiscAsync(CancellationToken cancellationToken)
    {
        SecondReading second = _source.OpenAgain();
        using ISectorReader disc = second.Reader;
        if (disc.Length != _source.Reader.Length)
        {
            _differences.Add(new(0, _layout.SectorCount));
            _concerns.Add(new(
                "disc-differs",
                $"the disc has {disc.Length} bytes at the second reading, and had {_layout.Length} at the first",
                "was the disc changed? try again, or use another drive"));
            return;
        }

        using UncachedFile image = _files.OpenUncached(_paths.ImagePart);
        BatchPool pool = new(BatchesUnderWay, _layout.BatchLength);
        DiscRereading reading = new(new LongerReader(disc, _layout.Length), image, _state, _layout, pool);
        _readings.Add(await ReadAsync(
            PlanOf(ReadingSubject.DiscAgain, "verifying-disc", second.Bypass),
            reading,
            pool,
            new NoConsumer(),
            cancellationToken));

        _differences.AddRange(reading.Differences);
        if (reading.Unreadable.Count > 0)
        {
            _concerns.Add(new(
                "unreadable-again",
                $"sectors that could be read the first time could not be read the second time: {SectorNames.Of(reading.Unreadable)}",
                "the disc or the drive is failing: make a second image with another drive"));
        }

        if (reading.Differences.Except(reading.Unreadable).Any())
        {
            _concerns.Add(new(
                "disc-differs",
                $"two readings of the disc disagree: sectors {SectorNames.Of(reading.Differences)}",
                "which of them is right cannot be known: read the disc again, in another drive if there is one"));
        }
        else if (second.Bypass == CacheBypass.None && reading.Unreadable.Count == 0)
        {
            _concerns.Add(new(
                "cache-not-bypassed",
                "the disc agrees, but its second reading may have come from the system's memory of the first, so it is not called verified",
                "take the disc out, put it back, and try again"));
        }
    }

    private void NoteDifferences(IReadOnlyList<SectorRange> differences)
    {
        _differences.AddRange(differences.Except(_differences).ToArray());
        if (differences.Count > 0 && !_concerns.Any(concern => concern.Code == "image-differs"))
        {
            _concerns.Add(new(
                "image-differs",
                $"the image, read back from its storage, is not what the disc gave: sectors {SectorNames.Of(differences)}",
                "do not trust the storage that it is kept on; make the image again elsewhere"));
        }
    }

    private ReadingPlan PlanOf(ReadingSubject subject, string stage, CacheBypass bypass) =>
        new() { Subject = subject, Stage = stage, Bypass = bypass, Unreadable = Unreadable };

    private bool HashesAgree() => _readings[^1].Hashes.All(hash => _readings[0].Hashes[hash.Key] == hash.Value);

    private static string Sectors(long count) => Figures.Count(count, "sector", "sectors");

    /// <summary>For readings that are compared while they are read.</summary>
    private sealed class NoConsumer : IBatchConsumer
    {
        public void Take(SectorBatch batch)
        {
        }
    }
}
