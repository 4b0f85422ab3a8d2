// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Formats.MapFile;
using Spindle.Imaging.Copying;
using Spindle.Imaging.Rescuing;
using Spindle.Imaging.Sources;
using Spindle.Imaging.Verifying;
using Spindle.Media;

namespace Spindle.Imaging.Running;

/// <summary>Makes sure that all that is in the image is of one disc: the one that was begun.</summary>
internal sealed partial class ImagingRun
{
    private const int PiecesAtStart = 48;
    private const int PiecesAtEnd = 16;

    private static readonly TimeSpan MostAtStart = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan MostAtEnd = TimeSpan.FromSeconds(4);

    /// <summary>The disc as it is copied: the drive is asked, while it is read, whether it still is the same.</summary>
    private readonly WatchedReader _disc;

    /// <summary>The unfinished image, or the finished one that is to be improved.</summary>
    private string KeptImage => _files.Exists(_paths.ImagePart) ? _paths.ImagePart : _paths.Image;

    /// <summary>Reads some of what earlier runs have read again, before anything is changed: another disc is refused.</summary>
    private void RefuseOtherDisc()
    {
        using UncachedFile kept = _files.OpenUncached(KeptImage);
        DiscIdentity identity = new(_reader, _layout, _time);
        AlignedBuffer expected = new(_layout.SectorsPerPiece * _layout.SectorSize);
        bool? Matches(SectorRange sectors, ReadOnlySpan<byte> content)
        {
            if (_layout.IsPiece(sectors) && _state.EarlierDigests is { } digests && digests.Knows(sectors))
            {
                return digests.Matches(sectors, sectors, content);
            }

            int there = Math.Min(kept.Read(_layout.PositionOf(sectors.Start), expected.Span), content.Length);
            return there == 0 ? null : expected.Span[..there].SequenceEqual(content[..there]);
        }

        if (identity.FindOther(_state.ReadFromMedium(), PiecesAtStart, Matches, MostAtStart) is { } other)
        {
            throw new OperationFailedException(new(
                "another-disc",
                $"sectors {other} of {_description.Path} are not what {KeptImage} holds: this is another disc",
                "insert the disc that the image is of, or choose another --filename"));
        }
    }

    /// <summary>Reads some pieces of all over the disc once more: no image is called good that may be of two discs.</summary>
    private void CheckThatDiscIsTheSame()
    {
        if (_description.Kind == SourceKind.File || _request.Verify == VerifyMode.Disc)
        {
            return;
        }

        DiscIdentity identity = new(_disc, _layout, _time);
        bool? Matches(SectorRange sectors, ReadOnlySpan<byte> content) =>
            _layout.IsPiece(sectors) && _state.Digests.Knows(sectors) ? _state.Digests.Matches(sectors, sectors, content) : null;
        if (identity.FindOther(_state.ReadFromMedium(), PiecesAtEnd, Matches, MostAtEnd) is { } other)
        {
            _differences.Add(other);
            _concerns.Add(new(
                "disc-differs",
                $"sectors {other}, read once more at the end, are not what was read before: the disc was changed, or the drive reads wrongly",
                "the image may be of two discs: make it anew with --overwrite"));
        }
    }

    /// <summary>Drives differ by a few sectors on where a disc ends: a copy goes on with the length that it was begun with.</summary>
    private ISectorReader AsLongAsBefore(ISectorReader disc)
    {
        if (!_request.Resume || _description.Kind != SourceKind.OpticalDrive || (_files.TryRead(_paths.MapPart) ?? _files.TryRead(_paths.Map)) is not { } bytes)
        {
            return disc;
        }

        RescueMapFile map = RescueMapFile.Parse(new StringReader(System.Text.Encoding.UTF8.GetString(bytes)));
        long before = map.Blocks.Count > 0 ? map.Blocks[^1].End : disc.Length;
        long difference = before - disc.Length;
        if (difference == 0 || Math.Abs(difference) > RunOut.MostSectors * disc.SectorSize || before % disc.SectorSize != 0)
        {
            return disc;
        }

        _warnings.Add(new(
            "length-differs",
            $"this drive says that the disc has {Sectors(disc.SectorCount)}, and the copy was begun with {before / disc.SectorSize}",
            difference > 0 ? "what this drive does not know of stays as it is in the map" : "the copy gets what this drive knows of besides"));
        return difference > 0 ? new LongerReader(disc, before) : disc;
    }

    /// <summary>The image goes back to what it was when it was known last that the disc is the same.</summary>
    private void TakeBackWhatMayBeOfAnotherDisc(Exception cause)
    {
        string? code = (cause as OperationFailedException)?.Failure.Code;
        try
        {
            if (code is not ("disc-changed" or "drive-gone"))
            {
                _disc.Check();
            }
        }
        catch (OperationFailedException e)
        {
            code = e.Failure.Code;
            _warnings.Add(e.Failure);
        }

        // Of a drive that vanished, what it gave stays; what failed just before may have failed because it was about to vanish.
        foreach (SectorRange unproven in code switch
        {
            "disc-changed" => _disc.SinceCheck,
            "drive-gone" => _disc.JustFailed,
            _ => [],
        })
        {
            _state.Forget(unproven);
            foreach (SectorRange piece in _layout.Pieces(SectorRange.Between(_layout.PieceOf(unproven.Start) * _layout.SectorsPerPiece, unproven.End)))
            {
                _state.Digests.Forget(piece);
            }
        }
    }
}
