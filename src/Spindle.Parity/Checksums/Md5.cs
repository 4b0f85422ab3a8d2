// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Spindle.Parity.Checksums;

/// <summary>MD5 (RFC 1321), of which several can be taken at a time: PAR 1.0 wants one of each disc, and it would be most of the work.</summary>
/// <remarks>It proves nothing: that is what SHA-256 is for.</remarks>
internal sealed class Md5
{
    /// <summary>Bytes that are taken at a time.</summary>
    public const int BlockLength = 64;

    private static readonly uint[] Sines = [.. Enumerable.Range(1, 64).Select(step => (uint)(Math.Abs(Math.Sin(step)) * (1L << 32)))];

    private readonly uint[] _state = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476];
    private readonly byte[] _rest = new byte[BlockLength];
    private int _restLength;
    private long _length;

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _length += bytes.Length;
        if (_restLength > 0)
        {
            int taken = Math.Min(bytes.Length, BlockLength - _restLength);
            bytes[..taken].CopyTo(_rest.AsSpan(_restLength));
            _restLength += taken;
            bytes = bytes[taken..];
            if (_restLength < BlockLength)
            {
                return;
            }

            Take(_rest);
            _restLength = 0;
        }

        for (; bytes.Length >= BlockLength; bytes = bytes[BlockLength..])
        {
            Take(bytes);
        }

        bytes.CopyTo(_rest);
        _restLength = bytes.Length;
    }

    /// <summary>Takes the next bytes of eight at a time.</summary>
    /// <param name="eight">So many hashes, all of which have taken whole blocks up to now.</param>
    /// <param name="memory">Holds the bytes of all.</param>
    /// <param name="starts">Where those of each begin.</param>
    /// <param name="length">Bytes of each, a multiple of <see cref="BlockLength"/>.</param>
    public static void Append(ReadOnlySpan<Md5> eight, ReadOnlySpan<byte> memory, ReadOnlySpan<int> starts, int length)
    {
        if (!Md5Lanes.IsSupported)
        {
            for (int lane = 0; lane < eight.Length; lane++)
            {
                eight[lane].Append(memory.Slice(starts[lane], length));
            }

            return;
        }

        Span<uint> states = stackalloc uint[4 * Md5Lanes.Count];
        for (int lane = 0; lane < Md5Lanes.Count; lane++)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(eight[lane]._restLength, 0);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(starts[lane], memory.Length - length);
            for (int word = 0; word < 4; word++)
            {
                states[(word * Md5Lanes.Count) + lane] = eight[lane]._state[word];
            }
        }

        Md5Lanes.Take(states, memory, starts, length, Sines);
        for (int lane = 0; lane < Md5Lanes.Count; lane++)
        {
            eight[lane]._length += length;
            for (int word = 0; word < 4; word++)
            {
                eight[lane]._state[word] = states[(word * Md5Lanes.Count) + lane];
            }
        }
    }

    /// <summary>The hash of all that was taken: 16 bytes. Nothing may be taken after.</summary>
    public byte[] Finish()
    {
        byte[] end = new byte[(_restLength < BlockLength - 8 ? BlockLength : 2 * BlockLength) - _restLength];
        end[0] = 0x80;
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(end.Length - 8), checked(_length * 8));
        Append(end);
        byte[] hash = new byte[16];
        for (int word = 0; word < 4; word++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(hash.AsSpan(word * 4), _state[word]);
        }

        return hash;
    }

    // As Md5Lanes does, with one lane.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Take(ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[16];
        for (int word = 0; word < 16; word++)
        {
            words[word] = BinaryPrimitives.ReadUInt32LittleEndian(block[(word * 4)..]);
        }

        ReadOnlySpan<uint> sines = Sines;
        (uint a, uint b, uint c, uint d) = (_state[0], _state[1], _state[2], _state[3]);
        unchecked
        {
            for (int step = 0; step < 16; step += 4)
            {
                a = Step(a, b, d ^ (b & (c ^ d)), words[step] + sines[step], 7);
                d = Step(d, a, c ^ (a & (b ^ c)), words[step + 1] + sines[step + 1], 12);
                c = Step(c, d, b ^ (d & (a ^ b)), words[step + 2] + sines[step + 2], 17);
                b = Step(b, c, a ^ (c & (d ^ a)), words[step + 3] + sines[step + 3], 22);
            }

            for (int step = 16; step < 32; step += 4)
            {
                a = Step(a, b, c ^ (d & (b ^ c)), words[((5 * step) + 1) & 15] + sines[step], 5);
                d = Step(d, a, b ^ (c & (a ^ b)), words[((5 * step) + 6) & 15] + sines[step + 1], 9);
                c = Step(c, d, a ^ (b & (d ^ a)), words[((5 * step) + 11) & 15] + sines[step + 2], 14);
                b = Step(b, c, d ^ (a & (c ^ d)), words[((5 * step) + 16) & 15] + sines[step + 3], 20);
            }

            for (int step = 32; step < 48; step += 4)
            {
                a = Step(a, b, b ^ c ^ d, words[((3 * step) + 5) & 15] + sines[step], 4);
                d = Step(d, a, a ^ b ^ c, words[((3 * step) + 8) & 15] + sines[step + 1], 11);
                c = Step(c, d, d ^ a ^ b, words[((3 * step) + 11) & 15] + sines[step + 2], 16);
                b = Step(b, c, c ^ d ^ a, words[((3 * step) + 14) & 15] + sines[step + 3], 23);
            }

            for (int step = 48; step < 64; step += 4)
            {
                a = Step(a, b, c ^ (b | ~d), words[(7 * step) & 15] + sines[step], 6);
                d = Step(d, a, b ^ (a | ~c), words[((7 * step) + 7) & 15] + sines[step + 1], 10);
                c = Step(c, d, a ^ (d | ~b), words[((7 * step) + 14) & 15] + sines[step + 2], 15);
                b = Step(b, c, d ^ (c | ~a), words[((7 * step) + 21) & 15] + sines[step + 3], 21);
            }

            (_state[0], _state[1], _state[2], _state[3]) = (_state[0] + a, _state[1] + b, _state[2] + c, _state[3] + d);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Step(uint turned, uint next, uint mixed, uint word, int bits) => unchecked(next + BitOperations.RotateLeft(turned + mixed + word, bits));
}
