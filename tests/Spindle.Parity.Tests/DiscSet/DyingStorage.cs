// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Tests.DiscSet;

/// <summary>Storage whose program is killed: the last write leaves half of its bytes, and nothing comes after it.</summary>
/// <param name="file">What is written to.</param>
/// <param name="isOver">Asked before each write and each flush.</param>
internal sealed class DyingStorage(IImageStorage file, Func<bool> isOver) : IImageStorage
{
    private const int Page = 4096;

    public string Name => file.Name;

    public long Length => file.Length;

    public int Read(long position, Span<byte> buffer) => file.Read(position, buffer);

    public void Write(long position, ReadOnlySpan<byte> bytes)
    {
        if (isOver())
        {
            file.Write(position, bytes[..(bytes.Length > Page ? ((bytes.Length / 2) & -Page) + Page : bytes.Length / 2)]);
            throw new KilledException();
        }

        file.Write(position, bytes);
    }

    public void SetLength(long length) => file.SetLength(length);

    public void Flush()
    {
        if (isOver())
        {
            throw new KilledException();
        }
    }

    public void Dispose() => file.Dispose();

    public sealed class KilledException : Exception;
}
