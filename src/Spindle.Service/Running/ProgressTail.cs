// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Service.Documents;

namespace Spindle.Service.Running;

/// <summary>The end of a file of progress that another process writes.</summary>
/// <param name="path">The file; it need not be there yet.</param>
internal sealed class ProgressTail(string path)
{
    private const int Window = 64 << 10; // bytes: the last line is in there

    private long _length = -1;

    /// <summary>The last line, as it was written; null before the first one.</summary>
    public string? Line { get; private set; }

    /// <summary>What it says.</summary>
    public JobProgressPart? Last { get; private set; }

    /// <summary>Looks whether there is a further line.</summary>
    /// <returns>Whether something moved: further lines may only say that nothing does.</returns>
    public bool Look()
    {
        string? line = ReadLast();
        if (line is null || line == Line || JobProgressPart.Parse(line) is not { } next)
        {
            return false;
        }

        JobProgressPart? before = Last;
        (Line, Last) = (line, next);
        return before is null || (before.Stage, before.Done, before.Item, before.Trouble) != (next.Stage, next.Done, next.Item, next.Trouble);
    }

    private string? ReadLast()
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            long length = file.Length;
            if (length == _length)
            {
                return null;
            }

            _length = length;
            file.Position = Math.Max(0, length - Window);
            byte[] bytes = new byte[(int)Math.Min(length, Window)];
            int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            ReadOnlySpan<byte> whole = bytes.AsSpan(0, read);
            int end = whole.LastIndexOf((byte)'\n'); // behind it, one is being written
            whole = end < 0 ? [] : whole[..end];
            return whole.IsEmpty ? null : Encoding.UTF8.GetString(whole[(whole.LastIndexOf((byte)'\n') + 1)..]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
