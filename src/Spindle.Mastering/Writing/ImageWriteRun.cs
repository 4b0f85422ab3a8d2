// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Spindle.Files;
using Spindle.Media;

namespace Spindle.Mastering.Writing;

/// <summary>
/// One thread goes through the layout and hands out blocks of the image; readers fill in the contents, several at a time and in any
/// order; writer and hashers take the blocks in the order of the image. A fixed number of blocks bounds what is in memory.
/// </summary>
/// <remarks>
/// <para>What is hashed is the very memory that is written, so a hash that is right says what is in the image.</para>
/// <para>
/// That is also why the kernel is not asked to copy large files by itself (copy_file_range): the bytes would have to be read a second
/// time to be hashed, and a file that is changed in between would be another one in the image than the one that was proven.
/// </para>
/// </remarks>
internal sealed class ImageWriteRun : IDisposable
{
    private const int BlockSize = 1024 * 1024;
    private const int SectorLength = 2048;
    private const int BlockCount = 24;
    private const int Consumers = 3;

    private readonly ImageWriteRequest _request;
    private readonly IProgress<WorkProgress>? _progress;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _asked;
    private readonly ImageBlock[] _blocks = [.. Enumerable.Range(0, BlockCount).Select(_ => new ImageBlock(BlockSize))];
    private readonly BlockQueue _free = new();
    private readonly BlockQueue _toRead = new();
    private readonly BlockQueue[] _ordered = [new(), new(), new()];
    private readonly List<ContentFailure> _failures = [];
    private Exception? _error;
    private ImageBlock? _block;
    private byte[] _sha256 = [];

    public ImageWriteRun(ImageWriteRequest request, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        _request = request;
        _progress = progress;
        _asked = cancellationToken;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        foreach (ImageBlock block in _blocks)
        {
            _free.Add(block);
        }
    }

    public async Task<ImageWriteResult> RunAsync()
    {
        List<Task> tasks = [Start(Plan), Start(WriteBlocks), Start(HashImage), Start(VerifyContents)];
        for (int reader = 0; reader < Math.Clamp(_request.Readers, 1, 16); reader++)
        {
            tasks.Add(Start(ReadBlocks));
        }

        await Task.WhenAll(tasks);
        _asked.ThrowIfCancellationRequested();
        if (_error is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_error);
        }

        return new(_sha256, _request.Layout.Sectors, _failures);
    }

    public void Dispose()
    {
        // Where it was stopped, files are still open.
        foreach (ContentPart part in _blocks.SelectMany(block => block.Parts))
        {
            part.Job.Dispose();
        }

        _stop.Dispose();
    }

    // The first error stops all threads; what they say after that is a consequence.
    private Task Start(Action work) => Task.Factory.StartNew(
        () =>
        {
            try
            {
                work();
            }
            catch (Exception e)
            {
                _ = Interlocked.CompareExchange(ref _error, e, null);
                _stop.Cancel();
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private void Plan()
    {
        foreach (ImageSegment segment in _request.Layout.Segments())
        {
            if (segment.Content < 0)
            {
                AddBytes(segment.Bytes.Span);
            }
            else
            {
                AddContent(segment);
            }
        }

        HandOut();
        _toRead.Complete();
        foreach (BlockQueue queue in _ordered)
        {
            queue.Complete();
        }
    }

    private void AddBytes(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            ImageBlock block = Room();
            int length = Math.Min(bytes.Length, BlockSize - block.Length);
            bytes[..length].CopyTo(block.Buffer.AsSpan(block.Length));
            block.Length += length;
            bytes = bytes[length..];
        }
    }

    private void AddContent(ImageSegment segment)
    {
        ContentJob job = new(segment.Content, segment.Length, _request.Source(segment.Content));

        // Generated contents are read here: in their order, and by one thread.
        for (long offset = 0; offset < segment.Length;)
        {
            ImageBlock block = Room();
            int length = (int)Math.Min(segment.Length - offset, BlockSize - block.Length);
            ContentPart part = new(job, offset, block.Length, length);
            if (job.IsSequential)
            {
                job.Read(offset, block.Buffer.AsSpan(part.At, length));
            }

            block.Parts.Add(part);
            int filled = (length + SectorLength - 1) / SectorLength * SectorLength;
            block.Buffer.AsSpan(block.Length + length, filled - length).Clear();
            block.Length += filled;
            offset += length;
        }
    }

    private ImageBlock Room()
    {
        if (_block is { Length: BlockSize })
        {
            HandOut();
        }

        if (_block is null)
        {
            _block = _free.Take(_stop.Token)!; // never at its end
            _block.Reset(Consumers);
        }

        return _block;
    }

    private void HandOut()
    {
        if (_block is null)
        {
            return;
        }

        if (_block.Parts.Count == 0)
        {
            _block.MarkReady();
        }
        else
        {
            _toRead.Add(_block);
        }

        foreach (BlockQueue queue in _ordered)
        {
            queue.Add(_block);
        }

        _block = null;
    }

    private void ReadBlocks()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        while (_toRead.Take(_stop.Token) is { } block)
        {
            foreach (ContentPart part in block.Parts)
            {
                Span<byte> bytes = block.Buffer.AsSpan(part.At, part.Length);
                if (!part.Job.IsSequential)
                {
                    part.Job.Read(part.Offset, bytes);
                }

                if (part.IsWhole)
                {
                    SHA256.HashData(bytes, hash);
                    part.Job.Verify(hash);
                    part.Job.Dispose();
                }
            }

            block.MarkReady();
        }
    }

    private void WriteBlocks()
    {
        long total = _request.Layout.Sectors * SectorLength;
        long done = 0;
        FileStream? file = _request.Target is FileStream { CanSeek: true } seekable ? seekable : null;
        EarlyStoring? storing = file is null ? null : new(file.SafeFileHandle);
        try
        {
            ForEach(0, block =>
            {
                _request.Target.Write(block.Buffer, 0, block.Length);
                done += block.Length;
                storing?.Advance(done);
                _progress?.Report(new("writing", done, total, WorkProgress.Bytes) { Item = Path.GetFileNameWithoutExtension(_request.TargetName) });
            });
            if (file is null)
            {
                _request.Target.Flush();
            }
            else
            {
                file.Flush(flushToDisk: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TargetFailure.Of(_request.TargetName, e);
        }
    }

    private void HashImage()
    {
        using IncrementalHash image = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ForEach(1, block => image.AppendData(block.Buffer, 0, block.Length));
        _sha256 = image.GetHashAndReset();
    }

    // Contents in several parts: their hash goes through the blocks in order. Failures are gathered in the order of the image.
    private void VerifyContents()
    {
        using IncrementalHash content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ForEach(2, block =>
        {
            foreach (ContentPart part in block.Parts)
            {
                if (!part.IsWhole)
                {
                    content.AppendData(block.Buffer, part.At, part.Length);
                }

                if (!part.IsLast)
                {
                    continue;
                }

                if (!part.IsWhole)
                {
                    part.Job.Verify(content.GetHashAndReset());
                    part.Job.Dispose();
                }

                if (part.Job.Failure is { } failure)
                {
                    _failures.Add(new(part.Job.Content, failure));
                }
            }
        });
    }

    private void ForEach(int consumer, Action<ImageBlock> work)
    {
        while (_ordered[consumer].Take(_stop.Token) is { } block)
        {
            block.WaitUntilReady(_stop.Token);
            work(block);
            if (block.Release())
            {
                _free.Add(block);
            }
        }
    }
}
