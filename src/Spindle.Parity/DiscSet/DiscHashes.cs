// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Spindle.Parity.Checksums;

namespace Spindle.Parity.DiscSet;

/// <summary>All that a set wants to know of one disc's bytes, taken as they pass: MD5, MD5 of the start, SHA-256, a checksum of each piece.</summary>
/// <param name="length">Bytes of the disc.</param>
public sealed class DiscHashes(long length) : IDisposable
{
    private readonly Md5 _md5 = new(); // of a disc whose windows pass with those of others
    private IncrementalHash? _md5Alone; // of one that passes by itself, for which the system's is faster
    private readonly Md5 _md5OfStart = new();
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _position;
    private string? _sha256OfDisc;

    /// <summary>Bytes that passed.</summary>
    public long Position => _position;

    /// <summary>A checksum of each piece that passed.</summary>
    public PieceSums Pieces { get; } = new(length);

    /// <summary>Takes the next bytes of a disc by itself, on two threads; a disc is taken in one of the two ways alone.</summary>
    /// <param name="bytes">Whole pieces, but for the last of all.</param>
    public async Task AppendAsync(ReadOnlyMemory<byte> bytes)
    {
        _md5Alone ??= IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        Task md5 = Task.Run(() => _md5Alone.AppendData(bytes.Span));
        await Task.Run(() => AppendButMd5(bytes.Span));
        await md5;
    }

    /// <summary>Takes a window of several discs, on several threads, and their MD5s eight at a time.</summary>
    /// <param name="window">Holds the discs.</param>
    /// <param name="discs">A hash for each, in their order.</param>
    /// <param name="lengths">Bytes of each in the window; whole pieces, but for the last of all.</param>
    public static void Append(SetSolver window, IReadOnlyList<DiscHashes> discs, IReadOnlyList<int> lengths)
    {
        Parallel.For(0, discs.Count, disc => discs[disc].AppendButMd5(window[disc][..lengths[disc]]));

        // Those of one length together: the last window of a set has some that end sooner.
        int[][] groups = [.. Enumerable.Range(0, discs.Count).Where(disc => lengths[disc] > 0).OrderByDescending(disc => lengths[disc]).Chunk(Md5Lanes.Count)];
        Parallel.ForEach(groups, group =>
        {
            int common = lengths[group[^1]] & -Md5.BlockLength;
            Md5[] eight = [.. group.Select(disc => discs[disc]._md5), .. Enumerable.Range(group.Length, Md5Lanes.Count - group.Length).Select(_ => new Md5())];
            int[] starts = [.. Enumerable.Range(0, Md5Lanes.Count).Select(lane => window.StartOf(group[Math.Min(lane, group.Length - 1)]))];
            Md5.Append(eight, window.Memory, starts, common);
            foreach (int disc in group)
            {
                discs[disc]._md5.Append(window[disc][common..lengths[disc]]);
            }
        });
    }

    /// <summary>Takes what lies behind the disc's bytes in its image: parity of its own, of which only the whole image's SHA-256 tells.</summary>
    public void AppendBehind(ReadOnlySpan<byte> bytes)
    {
        _sha256OfDisc ??= Convert.ToHexStringLower(_sha256.GetCurrentHash());
        _sha256.AppendData(bytes);
    }

    /// <summary>The disc, all of whose bytes have passed.</summary>
    /// <param name="place">Its place in the list, from 0.</param>
    /// <param name="name">Its name.</param>
    /// <param name="inner">Roots and sectors of the parity behind it; null where it has none.</param>
    public SummedDisc Complete(int place, string name, (int Roots, long TotalSectors)? inner = null)
    {
        string sha256 = Convert.ToHexStringLower(_sha256.GetHashAndReset());
        return new(place, new(name, length, _md5Alone?.GetHashAndReset() ?? _md5.Finish(), _md5OfStart.Finish()), _sha256OfDisc ?? sha256, inner is var (roots, sectors) ? new(roots, sectors, sha256) : null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _md5Alone?.Dispose();
        _sha256.Dispose();
    }

    private void AppendButMd5(ReadOnlySpan<byte> bytes)
    {
        _md5OfStart.Append(bytes[..(int)Math.Clamp(ParFile.StartLength - _position, 0, bytes.Length)]);
        _sha256.AppendData(bytes);
        Pieces.Set(_position, bytes);
        _position += bytes.Length;
    }
}
