// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Media;

namespace Spindle.Imaging.AccessCopies;

/// <summary>How access copies are made.</summary>
public sealed record AccessSettings
{
    /// <summary>The lowest and the highest <see cref="Crf"/>, as x264 takes it for 8 bits.</summary>
    public const int LeastCrf = 0, MostCrf = 51;

    /// <summary>Pictures of one copy at most.</summary>
    public const int MostStills = 100;

    /// <summary>The presets of x264, the fastest one first.</summary>
    public static readonly IReadOnlyList<string> Presets = ["ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow"];

    /// <summary>What they are for.</summary>
    public AccessProfile Profile { get; set; } = AccessProfile.Mp4;

    /// <summary>Whether each title has its copy, or each title set.</summary>
    public bool ByTitle { get; init; }

    /// <summary>Quality of MP4: the lower, the better, and the larger.</summary>
    public int Crf { get; set; } = 18;

    /// <summary>How much time x264 takes for it: one of <see cref="Presets"/>.</summary>
    public string Preset { get; set; } = "medium";

    /// <summary>Whether half pictures are joined; null for what the profile does.</summary>
    public Deinterlacing? Deinterlace { get; init; }

    /// <summary>How many pictures are made of each copy, 0 for none.</summary>
    public int Stills { get; init; }

    /// <summary>Whether subtitles are kept beside the copy.</summary>
    public bool Subtitles { get; init; }

    /// <summary>Bits per second of a sound track of MP4.</summary>
    internal const int SoundRate = 192_000;

    /// <summary>Whether half pictures are joined, as it comes out: the video itself is kept as it is.</summary>
    internal Deinterlacing Joining => Deinterlace ?? (Profile == AccessProfile.Mp4 ? Deinterlacing.Auto : Deinterlacing.Off);

    /// <summary>Ends the names of copies.</summary>
    internal string Ending => Profile == AccessProfile.Mp4 ? ".mp4" : ".mkv";
}

/// <summary>What access copies are made for.</summary>
[JsonConverter(typeof(JsonForm.Names<AccessProfile>))]
public enum AccessProfile
{
    /// <summary>For watching: H.264 and AAC in MP4.</summary>
    Mp4,

    /// <summary>For keeping the video itself: FFV1 and PCM in Matroska.</summary>
    Ffv1,
}

/// <summary>Whether half pictures are joined to whole ones, for screens that show whole ones.</summary>
[JsonConverter(typeof(JsonForm.Names<Deinterlacing>))]
public enum Deinterlacing
{
    /// <summary>Pictures that say of themselves that they are two halves.</summary>
    Auto,

    /// <summary>All.</summary>
    On,

    /// <summary>None.</summary>
    Off,
}
