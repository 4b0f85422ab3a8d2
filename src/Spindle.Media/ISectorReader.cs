// SPDX-License-Identifier: MIT
namespace Spindle.Media;

/// <summary>Reads the sectors of one medium: a drive, a block device, an image file, a simulated damaged disc.</summary>
/// <remarks>
/// Every implementation passes <c>SectorReaderContract</c>. Not thread-safe: a drive does one thing at a time, and so does
/// its owner. Each call goes to the medium as directly as the system allows.
/// </remarks>
public interface ISectorReader : IDisposable
{
    /// <summary>What the user calls the medium: a path, such as <c>/dev/sr0</c>.</summary>
    string Name { get; }

    /// <summary>Bytes of one sector, as the medium says; 2048 on most data discs, never assumed.</summary>
    int SectorSize { get; }

    /// <summary>Sectors of the medium, as known when it was opened; a last one that is cut short counts.</summary>
    long SectorCount { get; }

    /// <summary>Bytes of the medium: <see cref="SectorCount"/> sectors, less what a cut-off image file lacks of the last one.</summary>
    long Length { get; }

    /// <summary>Reads a range, up to the first sector that can't be read.</summary>
    /// <param name="range">Which sectors; not empty, and within the medium.</param>
    /// <param name="buffer">
    /// Holds the whole range. Filled from its start with the sectors that were read; what lies behind these is
    /// undefined after the call. Memory of an <see cref="AlignedBuffer"/> saves a copy.
    /// </param>
    /// <returns>How many sectors were read, and why the next one was not.</returns>
    /// <exception cref="OperationFailedException">The medium or its drive is gone: no later read can succeed.</exception>
    SectorRead Read(SectorRange range, Span<byte> buffer);
}
