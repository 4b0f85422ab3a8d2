// SPDX-License-Identifier: MIT
namespace Spindle.Cli.Terminals;

/// <summary>Standard error: where it fails, nobody can be told of it, and no work ends for that.</summary>
internal sealed class SilentStream(Stream stream) : Stream
{
    private bool _isGone;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            if (!_isGone)
            {
                stream.Write(buffer);
            }
        }
        catch (IOException e)
        {
            // A full disk may have room again; a reader that is gone does not come back.
            _isGone = ResultWriter.IsNoReader(e);
        }
        catch (UnauthorizedAccessException)
        {
            _isGone = true;
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
