// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Holdings;

/// <summary>What a disc holds, in the words of those who collect discs. Several may be true of one.</summary>
public enum ContentKind
{
    /// <summary>Films for DVD players, with menus and titles.</summary>
    DvdVideo,

    /// <summary>Films for Blu-ray players.</summary>
    BluRay,

    /// <summary>Sound for DVD players (DVD-Audio).</summary>
    DvdAudio,

    /// <summary>Recordings of a video recorder or camera on DVD (DVD Video Recording).</summary>
    DvdVr,

    /// <summary>Films for players of Video CDs.</summary>
    VideoCd,

    /// <summary>Films for players of Super Video CDs.</summary>
    SuperVideoCd,

    /// <summary>Pictures for players of Photo CDs.</summary>
    PhotoCd,

    /// <summary>An audio CD, or such tracks before or behind the data.</summary>
    AudioCd,

    /// <summary>Files of pictures, by their names.</summary>
    Pictures,

    /// <summary>Files of sound, by their names.</summary>
    Sound,

    /// <summary>Files of moving pictures, by their names.</summary>
    Video,

    /// <summary>Programs, by their names.</summary>
    Software,

    /// <summary>Files of anything else.</summary>
    Data,

    /// <summary>A file system without a file.</summary>
    Empty,

    /// <summary>Nobody knows: no file system that is known, or no file could be named.</summary>
    Unknown,
}
