// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Sectors;

/// <summary>Storage that is not to be changed: what is written is dropped.</summary>
/// <param name="storage">What is read.</param>
internal sealed class ReadOnlyStorage(IImageStorage storage) : IImageStorage
{
    /// <inheritdoc/>
    public string Name => storage.Name;

    /// <inheritdoc/>
    public long Length => storage.Length;

    /// <inheritdoc/>
    public int Read(long position, Span<byte> buffer) => storage.Read(position, buffer);

    /// <inheritdoc/>
    public void Write(long position, ReadOnlySpan<byte> bytes)
    {
    }

    /// <inheritdoc/>
    public void SetLength(long length)
    {
    }

    /// <inheritdoc/>
    public void Flush()
    {
    }

    /// <inheritdoc/>
    public void Dispose() => storage.Dispose();
}
