// SPDX-License-Identifier: MIT
using Spindle.Catalogue.Documents;
using Spindle.Formats.Trees;
using Spindle.Media;

namespace Spindle.Restoring.Shelf;

/// <summary>A file's bytes from the sectors of a medium.</summary>
internal sealed class SectorContent(ISectorReader reader, IReadOnlyList<Extent> extents, long length) : DiscContent(length)
{
    private const int MaximumSectors = 2048;

    public override long Position => extents.Count > 0 ? extents[0].Position : 0;

    /// <summary>Where it lies, if that is in one piece.</summary>
    public bool IsOnePiece => extents.Count == 1 && extents[0].Kind == ExtentKind.Recorded && extents[0].Length >= Length;

    public override void Read(long offset, Span<byte> buffer, List<ByteRange> unreadable)
    {
        buffer = buffer[..(int)Math.Clamp(Length - offset, 0, buffer.Length)];
        long start = 0;
        foreach (Extent extent in extents)
        {
            if (buffer.IsEmpty)
            {
                return;
            }

            if (offset < start + extent.Length)
            {
                long inside = offset - start;
                Span<byte> part = buffer[..(int)Math.Min(buffer.Length, extent.Length - inside)];
                if (extent.Kind == ExtentKind.Hole)
                {
                    part.Clear();
                }
                else if (extent.Kind == ExtentKind.Unknown)
                {
                    part.Clear();
                    ByteRange.Add(unreadable, offset, part.Length);
                }
                else
                {
                    ReadBytes(reader, extent.Position + inside, part, offset, unreadable);
                }

                offset += part.Length;
                buffer = buffer[part.Length..];
            }

            start += extent.Length;
        }

        buffer.Clear();
        ByteRange.Add(unreadable, offset, buffer.Length);
    }

    /// <summary>Reads bytes of a medium, as many whole sectors at once as may be.</summary>
    /// <param name="reader">The medium.</param>
    /// <param name="position">Of the first byte on the medium.</param>
    /// <param name="buffer">Filled; zeros stand for what can't be read.</param>
    /// <param name="offset">What the first byte is called in <paramref name="unreadable"/>.</param>
    /// <param name="unreadable">Gets what can't be read.</param>
    public static void ReadBytes(ISectorReader reader, long position, Span<byte> buffer, long offset, List<ByteRange> unreadable)
    {
        int sectorSize = reader.SectorSize;
        byte[]? single = null;
        while (!buffer.IsEmpty)
        {
            if (position < 0 || position >= reader.Length)
            {
                buffer.Clear();
                ByteRange.Add(unreadable, offset, buffer.Length);
                return;
            }

            long sector = position / sectorSize;
            int inside = (int)(position % sectorSize);
            int done;
            if (inside == 0 && buffer.Length >= sectorSize)
            {
                int count = (int)Math.Min(Math.Min(buffer.Length / sectorSize, MaximumSectors), reader.SectorCount - sector);
                done = reader.Read(new(sector, count), buffer[..(count * sectorSize)]).Count * sectorSize;
            }
            else
            {
                single ??= new byte[sectorSize];
                done = reader.Read(new(sector, 1), single).Count > 0 ? Math.Min(buffer.Length, sectorSize - inside) : 0;
                single.AsSpan(inside, done).CopyTo(buffer);
            }

            if (done == 0)
            {
                done = Math.Min(buffer.Length, sectorSize - inside);
                buffer[..done].Clear();
                ByteRange.Add(unreadable, offset, done);
            }

            position += done;
            offset += done;
            buffer = buffer[done..];
        }
    }
}
