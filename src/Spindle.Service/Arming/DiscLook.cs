// SPDX-License-Identifier: MIT
using Spindle.Imaging.Discs;
using Spindle.Station.Drives;

namespace Spindle.Service.Arming;

/// <summary>By what a disc is known before it is read. What is not known says nothing: a damaged disc may have a name at one look and none at the next.</summary>
/// <param name="Volume">The volume's name; null where there is none.</param>
/// <param name="Bytes">Bytes of an image of it.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct DiscLook(string? Volume, long? Bytes, DiscKind Kind)
{
    /// <summary>Of the disc in a drive.</summary>
    public static DiscLook Of(DrivePart drive) => new(
        drive.Disc?.VolumeIdentifier is { Length: > 0 } volume ? volume : null, drive.Disc?.Bytes, drive.Disc?.Class ?? DiscKind.Unknown);

    /// <summary>Whether it is certainly another one.</summary>
    public bool IsOtherThan(DiscLook other) =>
        (Volume is not null && other.Volume is not null && Volume != other.Volume)
        || (Bytes is not null && other.Bytes is not null && Bytes != other.Bytes)
        || (Kind != DiscKind.Unknown && other.Kind != DiscKind.Unknown && Kind != other.Kind)
        || (HasNoData && other.Volume is not null) || (Volume is not null && other.HasNoData);

    /// <summary>Whether nothing on it has a name.</summary>
    private bool HasNoData => Kind is DiscKind.Blank or DiscKind.Audio;

    /// <summary>Whether all that is known of it is the same, and enough is known: its name and its size, or that there is nothing to be read.</summary>
    public bool IsLike(DiscLook other) => this == other && ((Volume is not null && Bytes is not null) || HasNoData);
}
