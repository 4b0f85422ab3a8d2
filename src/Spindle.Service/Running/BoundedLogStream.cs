// SPDX-License-Identifier: MIT
namespace Spindle.Service.Running;

/// <summary>A file of lines that does not grow for ever: where it is full, what is in it is put aside, over what was put aside before.</summary>
/// <remarks>Each line is in the file when the call returns. Where that can't be written, the work goes on without: progress is no result.</remarks>
/// <param name="path">The file.</param>
/// <param name="limit">Bytes, twice of which there are at most.</param>
public sealed class BoundedLogStream(string path, long limit) : Stream
{
    /// <summary>What a day of progress is kept in.</summary>
    public const long UsualLimit = 2 << 20;

    private FileStream? _file;

    /// <summary>Where older lines are.</summary>
    public static string Older(string path) => path + ".older";

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _file ??= new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            _file.Write(buffer);
            if (_file.Position > limit && !buffer.IsEmpty && buffer[^1] == (byte)'\n')
            {
                _file.Dispose();
                _file = null;
                File.Move(path, Older(path), overwrite: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is kept back.
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _file?.Dispose();
        base.Dispose(disposing);
    }
}
