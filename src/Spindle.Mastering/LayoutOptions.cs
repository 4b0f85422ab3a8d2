// SPDX-License-Identifier: MIT
using Spindle.Formats.Udf;

namespace Spindle.Mastering;

/// <summary>What a disc is called, and how its file systems are written. The same options and tree give the same bytes.</summary>
public sealed record LayoutOptions
{
    /// <summary>Name of the volume. ISO 9660 shows 32 characters of A-Z, 0-9 and _; Joliet 16; UDF up to 126.</summary>
    public string VolumeIdentifier { get; init; } = "";

    /// <summary>Name of the set of discs, the same on all of them. UDF wants it to begin with 16 hexadecimal digits that are unique: where it does not, they are made of it.</summary>
    public string VolumeSetIdentifier { get; init; } = "";

    /// <summary>How many discs the set has, 1 to 65,535.</summary>
    public int VolumeSetSize { get; init; } = 1;

    /// <summary>Which disc of the set this is, from 1 on.</summary>
    public int VolumeSequenceNumber { get; init; } = 1;

    /// <summary>Who publishes the disc; ASCII, 128 characters at most.</summary>
    public string PublisherIdentifier { get; init; } = "";

    /// <summary>What program makes the disc; ASCII, 128 characters at most.</summary>
    public string ApplicationIdentifier { get; init; } = "";

    /// <summary>When the disc is recorded, as all descriptors say; the default is the epoch of POSIX.</summary>
    public DateTimeOffset Recorded { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>The same in nanoseconds since 1970.</summary>
    /// <exception cref="OverflowException">It lies before 1677 or after 2262.</exception>
    internal long RecordedNanoseconds => (Recorded.UtcTicks - DateTime.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick;

    /// <summary>Revision of UDF; by default 2.01.</summary>
    public UdfRevision Revision { get; init; } = UdfRevision.Udf201;

    /// <summary>Whether the UDF tree has symbolic links. By default only Rock Ridge has: 7-Zip refuses a UDF volume with links.</summary>
    public bool UdfSymlinks { get; init; }
}
