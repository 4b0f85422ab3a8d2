// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Media;

namespace Spindle.Imaging.AccessCopies;

/// <summary>A file that is being written beside a copy. What keeps it from being written is told as that, and never taken for what ffmpeg or the image did.</summary>
/// <param name="path">Made anew.</param>
internal sealed class PartFile(string path) : FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0)
{
    /// <remarks>The other ways to write of a class that is made of a file stream come here.</remarks>
    /// <exception cref="OperationFailedException"><c>no-space</c>, <c>target-failed</c>.</exception>
    public override void Write(byte[] buffer, int offset, int count)
    {
        try
        {
            base.Write(buffer, offset, count);
        }
        catch (IOException e)
        {
            throw TargetFailure.Of(Name, e);
        }
    }

    /// <inheritdoc cref="Write(byte[], int, int)"/>
    public override void Flush(bool flushToDisk)
    {
        try
        {
            base.Flush(flushToDisk);
        }
        catch (IOException e)
        {
            throw TargetFailure.Of(Name, e);
        }
    }
}
