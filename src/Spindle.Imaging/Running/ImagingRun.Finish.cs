// SPDX-License-Identifier: MIT
using Spindle.Imaging.Hashing;
using Spindle.Imaging.Records;
using Spindle.Media;

namespace Spindle.Imaging.Running;

/// <summary>How a run ends: names, record, and the disc out of the drive.</summary>
internal sealed partial class ImagingRun
{
    /// <summary>What keeps an image from its name: it is not what is on the disc.</summary>
    private static readonly string[] Disagreements = ["image-differs", "disc-differs"];

    /// <summary>What makes an image unfit, whatever its name.</summary>
    private static readonly string[] Failures = [.. Disagreements, "smaller-than-file-system"];

    private ImagingResult Finish()
    {
        ImagingOutcome outcome = _concerns.Count == 0 ? ImagingOutcome.Success
            : _concerns.Any(concern => Failures.Contains(concern.Code)) ? ImagingOutcome.Failed
            : ImagingOutcome.Incomplete;

        // A good image of an earlier run gives way only to one that is as good.
        bool keepsOldImage = _target.ReplacesImage && outcome != ImagingOutcome.Success && !IsAsGoodAsTheOldImage();
        bool isTrue = !_concerns.Any(concern => Disagreements.Contains(concern.Code));
        string imagePath = _paths.ImagePart;
        if (isTrue && !keepsOldImage)
        {
            imagePath = _paths.Image;
            RemoveOldRecord();
            _files.Move(_paths.ImagePart, _paths.Image);
            if (_paths.MapPart != _paths.Map)
            {
                _files.Move(_paths.MapPart, _paths.Map);
            }

            WriteChecksums();
            if (_state.Map.IsFinished)
            {
                // Nothing is left to resume.
                _files.Delete(_paths.DigestsPart);
                _files.Delete(_paths.RunsPart);
            }
        }

        if (keepsOldImage)
        {
            TellOfOldImage();
        }

        Eject();
        MountAgain();
        return WriteRecord(Result(outcome, imagePath), asFailedAttempt: keepsOldImage);
    }

    /// <summary>Where storage can only be read from memory, no image is ever called verified: one whose reading agrees is as good as the old one.</summary>
    private bool IsAsGoodAsTheOldImage() =>
        _concerns.All(concern => concern.Code == "cache-not-bypassed")
        && !(_files.TryRead(_paths.Manifest) is { } old
            && System.Text.Encoding.UTF8.GetString(old).Contains("\"integrity_status\": \"verified\"", StringComparison.Ordinal));

    private void TellOfOldImage()
    {
        foreach ((HashKind kind, string hash) in _readings.FirstOrDefault()?.Hashes ?? new Dictionary<HashKind, string>())
        {
            _files.WriteWhole(_paths.PartChecksum(kind), ChecksumFile.Of(hash, Path.GetFileName(_paths.ImagePart)));
        }

        _warnings.Add(new(
            "old-image-stays",
            $"{_paths.Image}, the earlier image, stays, for this one is not as good; it is {_paths.ImagePart}, with its checksums beside it",
            "go on with --resume, or make it again with --overwrite"));
    }

    /// <summary>The record of an image that is being replaced would speak of another one.</summary>
    private void RemoveOldRecord()
    {
        string[] failed = [.. HashKind.All.Select(_paths.PartChecksum), _paths.AsFailedAttempt(_paths.Manifest), _paths.AsFailedAttempt(_paths.Log)];
        IEnumerable<string> others = [.. failed, _paths.Manifest, _paths.Log, _paths.Tree, _paths.Isolyzer, _paths.Damage, _paths.Premis];
        foreach (string path in HashKind.All.Select(_paths.Checksum).Concat(others))
        {
            _files.Delete(path);
        }
    }

    private void WriteChecksums()
    {
        foreach ((HashKind kind, string hash) in _readings[0].Hashes)
        {
            _files.WriteWhole(_paths.Checksum(kind), ChecksumFile.Of(hash, Path.GetFileName(_paths.Image)));
        }
    }

    private void Eject()
    {
        if (!_request.Eject)
        {
            return;
        }

        try
        {
            _ejected = _source.Eject() ? true : null;
        }
        catch (OperationFailedException e)
        {
            _ejected = false;
            _warnings.Add(e.Failure);
        }
    }

    private void RecordInterruption(Exception cause)
    {
        _concerns.Add(cause is OperationFailedException failed
            ? failed.Failure
            : new("cancelled", "the operator stopped it", "go on with --resume"));
        try
        {
            WriteRecord(Result(ImagingOutcome.Interrupted, _paths.ImagePart), asFailedAttempt: _target.ReplacesImage);
        }
        catch (OperationFailedException)
        {
            // No room for the record of having no room: the message on the terminal says the same.
        }
    }

    private ImagingResult WriteRecord(ImagingResult result, bool asFailedAttempt)
    {
        string Named(string path) => asFailedAttempt ? _paths.AsFailedAttempt(path) : path;
        string log = Named(_paths.Log);
        string manifest = Named(_paths.Manifest);
        bool isNamed = result.ImagePath == _paths.Image;
        List<string> paths = [log, manifest, .. isNamed ? _readings[0].Hashes.Keys.Select(_paths.Checksum) : []];
        if (_files.Exists(isNamed ? _paths.Map : _paths.MapPart))
        {
            paths.Add(isNamed ? _paths.Map : _paths.MapPart);
        }

        paths.AddRange(HashKind.All.Select(_paths.PartChecksum).Where(_files.Exists));
        if (isNamed)
        {
            paths.AddRange(WriteContents(result.ImagePath!));
            paths.AddRange(_request.Premis ? [_paths.Premis] : []);
        }

        if (_files.Exists(_paths.RunsPart) || result.Outcome == ImagingOutcome.Interrupted)
        {
            _files.WriteWhole(_paths.RunsPart, RunsText.Of(result.Runs));
            paths.AddRange(new[] { _paths.DigestsPart, _paths.RunsPart }.Where(_files.Exists));
        }

        result = result with { RecordPaths = paths, Tree = _tree, Warnings = [.. _warnings] }; // the list of files may have added one
        _files.WriteWhole(log, LogText.Of(result));
        if (isNamed && _request.Premis)
        {
            _files.WriteWhole(_paths.Premis, PremisText.Of(result, _analysis is null ? null : IsolyzerText()));
        }

        // Last but for a bag: it tells of every other file how long it is.
        _files.WriteWhole(manifest, ManifestText.Of(result, path => path == manifest ? null : _files.Length(path)));
        if (isNamed && _request.Bag)
        {
            new Bag(_files, _paths).Write(result, [result.ImagePath!, .. paths.Where(path => Path.GetDirectoryName(path) == _paths.Payload)]);
        }

        return result;
    }

    /// <summary>This run as it stands in the middle: what a run that is killed leaves of itself.</summary>
    private ImagingRunRecord ThisRun() => new()
    {
        Id = _id,
        Operator = _request.Operator,
        CommandLine = _request.CommandLine,
        Source = _description.Path,
        Drive = ImagingRunRecord.DriveOf(_description),
        StartedAt = _startedAt,
        EndedAt = _time.GetLocalNow(),
        SectorsGot = _state.SectorsGot,
    };

    private ImagingResult Result(ImagingOutcome outcome, string? imagePath) => new()
    {
        Request = _request,
        Id = _id,
        Duration = _time.GetElapsedTime(_start),
        Runs = [.. _state.EarlierRuns, ThisRun() with { Outcome = outcome, Passes = _passes.Count, SectorsRead = _passes.Sum(pass => pass.SectorsRead) }],
        StartedAt = _startedAt,
        EndedAt = _time.GetLocalNow(),
        Source = _description,
        Outcome = outcome,
        Concerns = [.. _concerns],
        Warnings = [.. _warnings],
        Readings = [.. _readings],
        Map = outcome == ImagingOutcome.DryRun ? null : _state.Map,
        Passes = [.. _passes],
        DriveSettings = _effort.Settings,
        Restored = _state.Restored,
        RunOut = _runOut,
        OffTrack = _offTrack,
        SuspectedProtection = _suspectedProtection,
        Unreadable = Damage(),
        Differences = [.. _differences],
        Unmounted = _unmounted,
        MountedAgain = _mountedAgain ?? [],
        Ejected = _ejected,
        Analysis = _analysis,
        Tree = _tree,
        Damage = _damage,
        ImagePath = imagePath,
    };
}
