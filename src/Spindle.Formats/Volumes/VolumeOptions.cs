// SPDX-License-Identifier: MIT
using Spindle.Formats.Names;
using Spindle.Formats.Trees;

namespace Spindle.Formats.Volumes;

/// <summary>Which of the trees of a disc to open, and where on the disc the medium lies.</summary>
public sealed record VolumeOptions
{
    /// <summary>The view to open; null for the best one that there is.</summary>
    public VolumeView? View { get; init; }

    /// <summary>
    /// First sector of the session whose descriptors are read, counted in sectors of 2048 bytes from the start of the disc.
    /// Null for the one that the medium begins with.
    /// </summary>
    public long? SessionStart { get; init; }

    /// <summary>
    /// Which sector of its disc the medium begins with, in sectors of 2048 bytes: not 0 for an image of one later session,
    /// whose file systems count from the start of the disc.
    /// </summary>
    public long MediumStart { get; init; }

    /// <summary>
    /// First sector behind that session, where another one follows: a UDF volume that is written piece by piece is shown as it was then. Null
    /// for the end of the medium.
    /// </summary>
    public long? SessionEnd { get; init; }

    /// <summary>
    /// The charset of names of ISO 9660, Rock Ridge and HFS, which do not say it: see <see cref="Charsets"/>. Null for UTF-8 where the
    /// bytes are that, else Latin-1; for HFS, the Macintosh's own.
    /// </summary>
    public System.Text.Encoding? Charset { get; init; }

    internal long SessionPosition => (SessionStart ?? MediumStart) * 2048;
}
