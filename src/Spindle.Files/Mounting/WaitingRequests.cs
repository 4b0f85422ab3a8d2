// SPDX-License-Identifier: MIT
using Spindle.Files.Mounting.Fuse;

namespace Spindle.Files.Mounting;

/// <summary>Requests for content that is away: they hold no thread, and end when it came, or when nobody wants it any more.</summary>
/// <param name="mayWait">Whether a process may wait; null where none may.</param>
internal sealed class WaitingRequests(Func<int, bool>? mayWait)
{
    /// <summary>Stands for an error number: what is asked for is away.</summary>
    public const int Away = -1;

    /// <summary>Stands for an error number: there is nothing to answer.</summary>
    public const int NoAnswer = -2;

    private const int Interrupted = 4, Failed = 5; // errno.h

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, (byte[] Request, int Process)> _held = [];
    private readonly HashSet<ulong> _begun = [], _interrupted = [];
    private bool _isClosed;

    /// <summary>The processes that wait.</summary>
    public IReadOnlyList<int> Processes()
    {
        lock (_lock)
        {
            return [.. _held.Values.Select(held => held.Process).Distinct().Order()];
        }
    }

    /// <summary>A request is worked on: who asked may lose patience meanwhile.</summary>
    public void Begin(ulong unique)
    {
        lock (_lock)
        {
            _begun.Add(unique);
        }
    }

    /// <summary>It was answered.</summary>
    public void End(ulong unique)
    {
        lock (_lock)
        {
            _begun.Remove(unique);
            _interrupted.Remove(unique);
        }
    }

    /// <summary>What it asks for is away: it is kept, unless nobody is to wait.</summary>
    /// <returns>The error number, where it is not kept.</returns>
    public int Hold(in FuseRequest request, ReadOnlySpan<byte> bytes, out bool isHeld)
    {
        bool may = mayWait?.Invoke(request.Process) == true;
        lock (_lock)
        {
            _begun.Remove(request.Unique);
            bool isInterrupted = _interrupted.Remove(request.Unique);
            isHeld = may && !isInterrupted && !_isClosed;
            if (isHeld)
            {
                _held[request.Unique] = (bytes.ToArray(), request.Process);
            }

            return isInterrupted ? Interrupted : Failed;
        }
    }

    /// <summary>Who asked does not want to wait.</summary>
    /// <param name="unique">The request.</param>
    /// <param name="isKnown">Whether it is one that was begun.</param>
    /// <returns>The request, where it was kept, and is not any more.</returns>
    public byte[]? Interrupt(ulong unique, out bool isKnown)
    {
        lock (_lock)
        {
            if (_held.Remove(unique, out (byte[] Request, int Process) held))
            {
                isKnown = true;
                return held.Request;
            }

            isKnown = _begun.Contains(unique);
            if (isKnown)
            {
                _interrupted.Add(unique);
            }

            return null;
        }
    }

    /// <summary>All that are kept, to be tried again; they count as begun.</summary>
    public IReadOnlyList<byte[]> Take()
    {
        lock (_lock)
        {
            byte[][] taken = [.. _held.Values.Select(held => held.Request)];
            _begun.UnionWith(_held.Keys);
            _held.Clear();
            return taken;
        }
    }

    /// <summary>None is kept from now on.</summary>
    /// <returns>Those that were.</returns>
    public IReadOnlyList<byte[]> Close()
    {
        lock (_lock)
        {
            _isClosed = true;
        }

        return Take();
    }
}
