// SPDX-License-Identifier: MIT
namespace Spindle.Mastering;

/// <summary>A piece of an image: either bytes, or the place of a content.</summary>
public readonly record struct ImageSegment
{
    /// <summary>First sector, of 2048 bytes.</summary>
    public required long Sector { get; init; }

    /// <summary>Bytes. A content need not fill its last sector: zeros do, up to the next segment.</summary>
    public required long Length { get; init; }

    /// <summary>Number of the content that belongs here; -1 where <see cref="Bytes"/> are given.</summary>
    public int Content { get; init; }

    /// <summary>The bytes: whole sectors. Valid until the next segment is asked for.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }
}
