// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Security.Cryptography;

namespace Spindle.Restoring.Mounting;

/// <summary>Holds what is read of a file against its hash, where all of it is read: in about its order, as programs do that copy.</summary>
/// <remarks>It hashes on a thread of its own, so that only who reads the last bytes waits for it. One thread at a time adds.</remarks>
internal sealed class ReadingProof(HashAlgorithmName algorithm, byte[] hash, long length) : IDisposable
{
    private const int MostAhead = 16 << 20; // bytes that came before those in front of them: systems read ahead, and on several threads
    private const int MostBehind = 8 << 20; // bytes that are not hashed yet

    private readonly SortedDictionary<long, Piece> _ahead = [];
    private readonly Queue<Piece> _behind = [];
    private readonly object _lock = new();
    private readonly IncrementalHash _running = IncrementalHash.CreateHash(algorithm);
    private long _taken;
    private int _aheadBytes, _behindBytes;
    private bool _isOver, _isHashing, _isDisposed;

    /// <summary>Takes what was read.</summary>
    /// <returns>False where the file has come to its end with it, and is not what it should be.</returns>
    public bool Add(long offset, ReadOnlySpan<byte> bytes)
    {
        if (_isOver || bytes.IsEmpty || offset + bytes.Length <= _taken)
        {
            return true; // it is read here and there, or once more
        }

        Piece piece = Piece.Of(offset, bytes);
        if (offset > _taken)
        {
            if (_ahead.TryAdd(offset, piece))
            {
                _aheadBytes += bytes.Length;
                _isOver = _aheadBytes > MostAhead;
            }
            else
            {
                piece.Return();
            }

            return true;
        }

        Take(piece);
        while (_ahead.Count > 0 && _ahead.First() is var (start, ahead) && start <= _taken)
        {
            _ahead.Remove(start);
            _aheadBytes -= ahead.Length;
            Take(ahead);
        }

        if (_taken < length)
        {
            return true;
        }

        _isOver = true;
        lock (_lock)
        {
            while (_isHashing)
            {
                _ = Monitor.Wait(_lock);
            }

            return _running.GetHashAndReset().AsSpan().SequenceEqual(hash);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            while (_isHashing)
            {
                _ = Monitor.Wait(_lock);
            }

            _running.Dispose();
        }

        foreach (Piece piece in _ahead.Values)
        {
            piece.Return();
        }

        _ahead.Clear();
        _isOver = true;
    }

    /// <summary>Takes the next piece, of which some may be known.</summary>
    private void Take(Piece piece)
    {
        int known = (int)Math.Min(piece.Length, _taken - piece.Offset);
        _taken += piece.Length - known;
        lock (_lock)
        {
            while (_behindBytes > MostBehind)
            {
                _ = Monitor.Wait(_lock);
            }

            _behind.Enqueue(piece with { Start = known });
            _behindBytes += piece.Length;
            if (!_isHashing)
            {
                _isHashing = true;
                _ = ThreadPool.UnsafeQueueUserWorkItem(_ => Hash(), null);
            }
        }
    }

    private void Hash()
    {
        while (true)
        {
            Piece piece;
            lock (_lock)
            {
                if (_isDisposed || !_behind.TryDequeue(out piece))
                {
                    _isHashing = false;
                    Monitor.PulseAll(_lock);
                    return;
                }
            }

            _running.AppendData(piece.Bytes, piece.Start, piece.Length - piece.Start);
            piece.Return();
            lock (_lock)
            {
                _behindBytes -= piece.Length;
                Monitor.PulseAll(_lock);
            }
        }
    }

    /// <summary>Bytes of the file, in a buffer that is given back.</summary>
    private readonly record struct Piece(long Offset, byte[] Bytes, int Start, int Length)
    {
        public static Piece Of(long offset, ReadOnlySpan<byte> bytes)
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(bytes.Length);
            bytes.CopyTo(buffer);
            return new(offset, buffer, 0, bytes.Length);
        }

        public void Return() => ArrayPool<byte>.Shared.Return(Bytes);
    }
}
