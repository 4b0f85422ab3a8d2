// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files;
using Spindle.Imaging.Files;
using Spindle.Imaging.Hashing;
using Spindle.Imaging.Records;

namespace Spindle.Imaging.Running;

/// <summary>Decides what came of the run, and gives the image its name if it is what the disc gave.</summary>
internal sealed class ImageNamer(ImagingState state, IImageFiles files)
{
    /// <summary>What keeps an image from its name: it is not what is on the disc.</summary>
    private static readonly string[] Disagreements = ["image-differs", "disc-differs"];

    /// <summary>What makes an image unfit, whatever its name.</summary>
    private static readonly string[] Unfit = [.. Disagreements, "smaller-than-file-system"];

    private readonly OutputPaths _paths = state.Paths;

    /// <param name="replacesImage">Whether an earlier image has that name.</param>
    public NamedImage Run(bool replacesImage)
    {
        ImagingOutcome outcome = state.Concerns.Count == 0 ? ImagingOutcome.Success
            : state.Concerns.Any(concern => Unfit.Contains(concern.Code)) ? ImagingOutcome.Failed
            : ImagingOutcome.Incomplete;

        // A good image of an earlier run gives way only to one that is as good.
        if (replacesImage && outcome != ImagingOutcome.Success && !IsAsGoodAsTheOldImage())
        {
            TellOfOldImage();
            return new(outcome, _paths.ImagePart, KeepsOldImage: true);
        }

        if (state.Concerns.Any(concern => Disagreements.Contains(concern.Code)))
        {
            return new(outcome, _paths.ImagePart, KeepsOldImage: false);
        }

        GiveName();
        return new(outcome, _paths.Image, KeepsOldImage: false);
    }

    private void GiveName()
    {
        RemoveOldRecord();
        files.Move(_paths.ImagePart, _paths.Image);
        if (_paths.MapPart != _paths.Map)
        {
            files.Move(_paths.MapPart, _paths.Map);
        }

        WriteChecksums();
        if (state.Copy.Map.IsFinished)
        {
            // Nothing is left to resume.
            files.Delete(_paths.DigestsPart);
            files.Delete(_paths.RunsPart);
        }
    }

    /// <summary>Where storage can only be read from memory, no image is ever called verified: one whose reading agrees is as good as the old one.</summary>
    private bool IsAsGoodAsTheOldImage() =>
        state.Concerns.All(concern => concern.Code == "cache-not-bypassed")
        && !(files.TryRead(_paths.Manifest) is { } old
            && Encoding.UTF8.GetString(old).Contains("\"integrity_status\": \"verified\"", StringComparison.Ordinal));

    private void TellOfOldImage()
    {
        foreach ((HashKind kind, string hash) in state.Readings.FirstOrDefault()?.Hashes ?? new Dictionary<HashKind, string>())
        {
            files.WriteWhole(_paths.PartChecksum(kind), ChecksumFile.Of(hash, Path.GetFileName(_paths.ImagePart)));
        }

        state.Warnings.Add(new(
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
            files.Delete(path);
        }
    }

    private void WriteChecksums()
    {
        foreach ((HashKind kind, string hash) in state.Readings[0].Hashes)
        {
            files.WriteWhole(_paths.Checksum(kind), ChecksumFile.Of(hash, Path.GetFileName(_paths.Image)));
        }
    }
}
