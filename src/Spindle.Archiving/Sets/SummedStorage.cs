// SPDX-License-Identifier: MIT
using Spindle.Parity;
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>What stands for a member that is in sums: of a disc, zeros, for each row has its share already; of a parity disc, its row with all these shares.</summary>
/// <param name="member">The member.</param>
/// <param name="sums">The sums.</param>
/// <param name="head">Of a parity disc, the bytes before its parity.</param>
internal sealed class SummedStorage(SetMember member, SumsReader sums, byte[] head) : IImageStorage
{
    public string Name => member.Name;

    public long Length => member.Length + (member is SetParity parity ? parity.Offset : 0);

    public int Read(long position, Span<byte> buffer)
    {
        int length = (int)Math.Clamp(Length - position, 0, buffer.Length);
        if (member is not SetParity parity)
        {
            buffer[..length].Clear();
            return length;
        }

        if (position < parity.Offset)
        {
            length = (int)Math.Min(length, parity.Offset - position);
            head.AsSpan((int)position, length).CopyTo(buffer);
            return length;
        }

        sums.Read(parity.Row - 1, position - parity.Offset, buffer[..length]);
        return length;
    }

    public void Write(long position, ReadOnlySpan<byte> bytes) => throw new NotSupportedException("sums are read here, not written");

    public void SetLength(long length) => throw new NotSupportedException("sums are read here, not written");

    public void Flush()
    {
    }

    public void Dispose()
    {
    }
}

/// <summary>Reads sums, from any thread.</summary>
/// <param name="sums">The sums.</param>
internal sealed class SumsReader(SetSums sums) : IDisposable
{
    private readonly Lock _lock = new();

    /// <summary>The members that are in.</summary>
    public IReadOnlySet<string> Members { get; } = sums.Discs.Select(disc => disc.File.Name).ToHashSet();

    /// <summary>The member that is in in part; null where none is.</summary>
    public string? Begun { get; } = sums.Begun?.Name;

    /// <summary>Reads a row.</summary>
    /// <param name="row">Which, from 0.</param>
    /// <param name="position">First byte; a multiple of a piece.</param>
    /// <param name="bytes">Filled; of any length.</param>
    /// <exception cref="Media.OperationFailedException"><c>sums-damaged</c>.</exception>
    public void Read(int row, long position, Span<byte> bytes)
    {
        byte[] pieces = new byte[(bytes.Length + PieceSums.PieceLength - 1) / PieceSums.PieceLength * PieceSums.PieceLength];
        lock (_lock)
        {
            sums.Read(row, position, pieces);
        }

        pieces.AsSpan(0, bytes.Length).CopyTo(bytes);
    }

    /// <inheritdoc/>
    public void Dispose() => sums.Dispose();
}
