// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Media;

namespace Spindle.Mastering.Writing;

/// <summary>One content that is being read, whole or part after part, by one thread or several.</summary>
internal sealed class ContentJob(int content, long size, ContentSource source) : IDisposable
{
    private readonly Lock _lock = new();
    private SourceFile? _file;
    private Stream? _stream;
    private bool _isOpen;
    private Failure? _failure;

    /// <summary>Number of the content.</summary>
    public int Content => content;

    /// <summary>Bytes of the content.</summary>
    public long Size => size;

    /// <summary>Whether its parts must be read one after the other.</summary>
    public bool IsSequential => source is GeneratedContent;

    /// <summary>The first thing that went wrong.</summary>
    public Failure? Failure => _failure;

    /// <summary>Reads a part; zeros stand for what can't be had.</summary>
    public void Read(long offset, Span<byte> part)
    {
        int done = 0;
        try
        {
            if (Open() is { } file)
            {
                done = file.Read(((FileContent)source).Offset + offset, part);
            }
            else if (_stream is not null)
            {
                done = _stream.ReadAtLeast(part, part.Length, throwOnEndOfStream: false);
            }

            if (done < part.Length)
            {
                Fail(Failures.ContentShorter(source.Name, offset + done, size));
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            Fail(Failures.ContentMissing(source.Name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(Failures.ContentUnreadable(source.Name, e));
        }

        part[done..].Clear();
    }

    /// <summary>Holds what was read against what it must be.</summary>
    public void Verify(ReadOnlySpan<byte> sha256)
    {
        if (source.Sha256 is { } expected && !sha256.SequenceEqual(expected))
        {
            Fail(Failures.ContentChanged(source.Name));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file?.Dispose();
        _stream?.Dispose();
    }

    private void Fail(Failure failure) => Interlocked.CompareExchange(ref _failure, failure, null);

    private SourceFile? Open()
    {
        lock (_lock)
        {
            if (!_isOpen)
            {
                _isOpen = true;
                if (source is FileContent content)
                {
                    _file = SourceFile.Open(content.Path);
                }
                else
                {
                    _stream = ((GeneratedContent)source).Open();
                }
            }

            return _file;
        }
    }
}
