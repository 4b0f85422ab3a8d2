// SPDX-License-Identifier: MIT
using Spindle.Formats.Bluray;
using Spindle.Formats.DvdAudio;
using Spindle.Formats.DvdVideo;
using Spindle.Formats.DvdVr;
using Spindle.Formats.PhotoCd;
using Spindle.Formats.VideoCd;
using Spindle.Formats.Volumes;

namespace Spindle.Formats.Holdings;

/// <summary>What a disc has for players, by the tables of contents that these read; null what it has not.</summary>
public sealed record PlayerContents
{
    /// <summary>A disc without anything for players.</summary>
    public static PlayerContents None { get; } = new();

    /// <summary>Films for DVD players.</summary>
    public DvdVideoDisc? DvdVideo { get; init; }

    /// <summary>Films for Blu-ray players.</summary>
    public BlurayDisc? Bluray { get; init; }

    /// <summary>Sound for DVD players.</summary>
    public DvdAudioDisc? DvdAudio { get; init; }

    /// <summary>Recordings of a video recorder or camera.</summary>
    public DvdVrDisc? DvdVr { get; init; }

    /// <summary>Films for players of Video CDs.</summary>
    public VideoCdDisc? VideoCd { get; init; }

    /// <summary>Pictures for players of Photo CDs.</summary>
    public PhotoCdDisc? PhotoCd { get; init; }

    /// <summary>Tracks of sound, as on an audio CD, that the disc has beside the data; 0 where there are none, or nobody knows.</summary>
    public int SoundTracks { get; init; }

    /// <summary>The kinds of disc that it is, for players.</summary>
    public IEnumerable<ContentKind> Kinds
    {
        get
        {
            (bool Has, ContentKind Kind)[] kinds =
            [
                (DvdVideo is not null, ContentKind.DvdVideo),
                (Bluray is not null, ContentKind.BluRay),
                (DvdAudio is not null, ContentKind.DvdAudio),
                (DvdVr is not null, ContentKind.DvdVr),
                (VideoCd is { IsSuper: false }, ContentKind.VideoCd),
                (VideoCd is { IsSuper: true }, ContentKind.SuperVideoCd),
                (PhotoCd is not null, ContentKind.PhotoCd),
                (SoundTracks > 0, ContentKind.AudioCd),
            ];
            return kinds.Where(kind => kind.Has).Select(kind => kind.Kind);
        }
    }

    /// <summary>Reads the tables of contents. A few files of the disc are read, however large it is.</summary>
    /// <param name="volume">The disc; null where it has no tree that is known.</param>
    /// <param name="soundTracks">Tracks of sound beside the data, as the drive tells.</param>
    public static PlayerContents Read(Volume? volume, int soundTracks = 0) => volume is null ? None with { SoundTracks = soundTracks } : new()
    {
        DvdVideo = DvdVideoDisc.Read(volume),
        Bluray = BlurayDisc.Read(volume),
        DvdAudio = DvdAudioDisc.Read(volume),
        DvdVr = DvdVrDisc.Read(volume),
        VideoCd = VideoCdDisc.Read(volume),
        PhotoCd = PhotoCdDisc.Read(volume),
        SoundTracks = soundTracks,
    };
}
