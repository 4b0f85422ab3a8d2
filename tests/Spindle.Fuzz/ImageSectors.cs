// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Fuzz;

/// <summary>The sectors of an image in memory. How it is held, in a drive of which kind, byte 15 of the image says: no format uses it.</summary>
public sealed class ImageSectors(ReadOnlyMemory<byte> image) : ISectorReader
{
    private const int HoldingByte = 15;
    private const int SmallSectors = 1;
    private const int LaterSession = 2;
    private const int BadSectors = 4;

    private readonly int _holding = image.Length > HoldingByte ? image.Span[HoldingByte] : 0;

    public string Name => "fuzz";

    public int SectorSize => (_holding & SmallSectors) != 0 ? 512 : 2048;

    public long SectorCount => (Length + SectorSize - 1) / SectorSize;

    public long Length => image.Length;

    /// <summary>First sector of the disc that is in the image.</summary>
    public long FirstSector => (_holding & LaterSession) != 0 ? 11_702 : 0;

    public SectorRead Read(SectorRange range, Span<byte> buffer)
    {
        ArgumentOutOfRangeException.ThrowIfZero(range.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(range.End, SectorCount);
        int count = (int)range.Count;
        for (int index = 0; (_holding & BadSectors) != 0 && index < count; index++)
        {
            count = IsBad(range.Start + index) ? index : count;
        }

        ReadOnlySpan<byte> bytes = image.Span[(int)Math.Min(range.Start * SectorSize, image.Length)..];
        bytes = bytes[..Math.Min(bytes.Length, count * SectorSize)];
        bytes.CopyTo(buffer);
        buffer[bytes.Length..(count * SectorSize)].Clear();
        return new(count, count < range.Count ? SectorFault.Unreadable : SectorFault.None);
    }

    public void Dispose()
    {
    }

    private static bool IsBad(long sector) => sector % 23 == 19;
}
