// SPDX-License-Identifier: MIT
namespace Spindle.Cli.Terminals;

/// <summary>Standard error: where it fails, nobody can be told of it, and no work ends for that.</summary>
internal sealed class SilentStream(Stream stream) : WriteOnlyStream
{
    private bool _isGone;

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
}
