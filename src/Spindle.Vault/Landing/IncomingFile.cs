// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Spindle.Files;
using Spindle.Media;

namespace Spindle.Vault.Landing;

/// <summary>A content that is coming in: written under a name that was drawn, hashed on the way, and stored before anybody is told that it is there.</summary>
/// <remarks>Disposed of before <see cref="Keep"/> was called, it is gone.</remarks>
public sealed class IncomingFile : IAsyncDisposable
{
    private const int BufferLength = 256 * 1024;

    private readonly LandingFolder _folder;
    private readonly ContentSums _sums;
    private readonly byte[][] _buffers = [[], []];
    private SafeFileHandle? _file;
    private Task _storing = Task.CompletedTask;
    private bool _isKept;

    /// <summary>Begins.</summary>
    /// <param name="folder">Where it comes to.</param>
    /// <param name="extra">A checksum that is wanted of it; null for none.</param>
    public IncomingFile(LandingFolder folder, ChecksumKind? extra)
    {
        _folder = folder;
        _sums = new(extra);
        Name = LandingFolder.NewName();
    }

    /// <summary>The name of its file.</summary>
    public string Name { get; }

    /// <summary>Bytes up to now.</summary>
    public long Length { get; private set; }

    /// <summary>Takes a stream to its end.</summary>
    /// <param name="source">The stream.</param>
    /// <param name="most">More bytes than that are an error of who sends them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether it ended before there were more.</returns>
    /// <exception cref="OperationFailedException"><c>no-space</c>, <c>target-denied</c>, <c>target-failed</c>: it can't be written.</exception>
    public async Task<bool> TakeAsync(Stream source, long most, CancellationToken cancellationToken)
    {
        for (int turn = 0; ; turn ^= 1)
        {
            // What is small is taken by a small buffer: a million objects come one by one.
            byte[] buffer = _buffers[turn] = _buffers[turn].Length > 0 ? _buffers[turn] : new byte[Math.Clamp(most - Length + 1, 1024, BufferLength)];
            int filled = 0;
            while (filled < buffer.Length && await source.ReadAsync(buffer.AsMemory(filled), cancellationToken) is > 0 and int read)
            {
                filled += read;
            }

            await _storing; // of the other buffer
            if (filled == 0)
            {
                return true;
            }

            if (Length + filled > most)
            {
                return false;
            }

            Store(buffer.AsMemory(0, filled));
            if (filled < buffer.Length)
            {
                await _storing;
                return true;
            }
        }
    }

    /// <summary>Adds what another file of the landing holds.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="offset">Bytes to leave out.</param>
    /// <param name="length">Bytes to take.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FileNotFoundException">It is not there any more.</exception>
    public async Task TakeFileAsync(string name, long offset, long length, CancellationToken cancellationToken)
    {
        using SafeFileHandle source = File.OpenHandle(_folder.PathOf(name));
        byte[] buffer = new byte[BufferLength];
        while (length > 0)
        {
            int read = await RandomAccess.ReadAsync(source, buffer.AsMemory(0, (int)Math.Min(buffer.Length, length)), offset, cancellationToken);
            if (read == 0)
            {
                throw new EndOfStreamException($"{_folder.PathOf(name)} is shorter than it was");
            }

            Store(buffer.AsMemory(0, read));
            await _storing;
            (offset, length) = (offset + read, length - read);
        }
    }

    /// <summary>Has it stored.</summary>
    /// <returns>What it came to.</returns>
    /// <exception cref="OperationFailedException">It can't be written.</exception>
    public async Task<Sums> EndAsync()
    {
        await _storing;
        if (_file is not null)
        {
            // The name, too: the folder's entry is stored with a new file's first flush by every journalling file system of Linux.
            await Task.Run(() => TargetFailure.Told(_folder.Path, () =>
            {
                RandomAccess.FlushToDisk(_file);
                return true;
            }));
        }

        return _sums.End();
    }

    /// <summary>It belongs to somebody now.</summary>
    public void Keep() => _isKept = true;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _storing;
        }
        catch (OperationFailedException)
        {
            // It was told.
        }

        _file?.Dispose();
        _sums.Dispose();
        if (!_isKept && _file is not null)
        {
            _folder.Delete(Name);
        }
    }

    private void Store(ReadOnlyMemory<byte> bytes)
    {
        long at = Length;
        Length += bytes.Length;
        _storing = Task.Run(() => TargetFailure.Told(_folder.Path, () =>
        {
            _file ??= File.OpenHandle(_folder.PathOf(Name), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            RandomAccess.Write(_file, bytes.Span, at);
            _sums.Append(bytes);
            return true;
        }));
    }
}
