// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Tests;

/// <summary>Storage in memory, with sectors that can't be read, and a moment after which nothing is written any more.</summary>
internal sealed class MemoryStorage(byte[] content) : IImageStorage
{
    private readonly Lock _lock = new();
    private byte[] _content = content;

    public string Name => "memory";

    public long Length => _content.Length;

    /// <summary>What it holds now.</summary>
    public byte[] Content => [.. _content];

    /// <summary>Sectors that can't be read.</summary>
    public HashSet<long> Bad { get; } = [];

    /// <summary>When the program dies; several storages may share one.</summary>
    public Lifetime Lifetime { get; init; } = new();

    public int Read(long position, Span<byte> buffer)
    {
        lock (_lock)
        {
            int length = (int)Math.Clamp(_content.Length - position, 0, buffer.Length);
            foreach (long bad in Bad)
            {
                if (bad * 2048 < position + length && (bad + 1) * 2048 > position)
                {
                    length = (int)Math.Max(0, (bad * 2048) - position);
                }
            }

            _content.AsSpan((int)Math.Min(position, _content.Length), length).CopyTo(buffer);
            return length;
        }
    }

    public void Write(long position, ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            bool dies = Change();
            if (dies)
            {
                bytes = bytes[..(bytes.Length / 2)];
            }

            if (position + bytes.Length > _content.Length)
            {
                Array.Resize(ref _content, (int)position + bytes.Length);
            }

            bytes.CopyTo(_content.AsSpan((int)position));
            for (long sector = position / 2048; sector * 2048 < position + bytes.Length; sector++)
            {
                Bad.Remove(sector);
            }

            ThrowIf(dies);
        }
    }

    public void SetLength(long length)
    {
        lock (_lock)
        {
            ThrowIf(Change());
            Array.Resize(ref _content, (int)length);
        }
    }

    public void Flush()
    {
    }

    public void Dispose()
    {
    }

    private static void ThrowIf(bool dies)
    {
        if (dies)
        {
            throw new KilledException();
        }
    }

    private bool Change() => Lifetime.Change();
}

/// <summary>Counts changes of storage, and ends with one of them.</summary>
internal sealed class Lifetime
{
    private readonly Lock _lock = new();

    /// <summary>Calls that change something, so far.</summary>
    public int Changes { get; private set; }

    /// <summary>The program dies with this change, which is done by half.</summary>
    public int? DiesAt { get; init; }

    public bool Change()
    {
        lock (_lock)
        {
            return Changes > DiesAt ? throw new KilledException() : Changes++ == DiesAt;
        }
    }
}

/// <summary>Stands for the end of the process.</summary>
internal sealed class KilledException : Exception;
