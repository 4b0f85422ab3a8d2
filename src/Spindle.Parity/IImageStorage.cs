// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Parity;

/// <summary>Where the bytes of an image or of an error correction file are kept.</summary>
/// <remarks>Reads and writes at positions that do not overlap may come from several threads at once.</remarks>
public interface IImageStorage : IDisposable
{
    /// <summary>What the user calls it: a path.</summary>
    string Name { get; }

    /// <summary>Bytes that it holds.</summary>
    long Length { get; }

    /// <summary>Reads as much as can be had from one position on.</summary>
    /// <param name="position">First byte, at least 0; may lie behind the end.</param>
    /// <param name="buffer">Filled from its start.</param>
    /// <returns>Bytes read: fewer than asked for where the storage ends or can't be read.</returns>
    int Read(long position, Span<byte> buffer);

    /// <summary>Writes bytes; the storage grows where they lie behind its end.</summary>
    /// <param name="position">First byte, at least 0.</param>
    /// <param name="bytes">All of these are written.</param>
    /// <exception cref="OperationFailedException">There is no room, or the storage can't be written.</exception>
    void Write(long position, ReadOnlySpan<byte> bytes);

    /// <summary>Cuts the storage off, or lets it grow by zeros.</summary>
    /// <param name="length">Bytes, at least 0.</param>
    /// <exception cref="OperationFailedException">There is no room, or the storage can't be written.</exception>
    void SetLength(long length);

    /// <summary>Returns when all that was written has reached the device, as far as the system can know.</summary>
    /// <exception cref="OperationFailedException">The device did not take it.</exception>
    void Flush();
}
