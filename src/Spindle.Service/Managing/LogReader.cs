// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Service.Running;

namespace Spindle.Service.Managing;

/// <summary>Reads on in the progress of a job, line by line; where its file was begun anew, from there.</summary>
/// <param name="files">The folder of the attempt.</param>
public sealed class LogReader(JobFolder files)
{
    private long _next;

    /// <summary>The folder of the attempt.</summary>
    public string Path => files.Path;

    /// <summary>The whole lines that came since the last call.</summary>
    public IReadOnlyList<string> Next()
    {
        try
        {
            using FileStream file = new(files.Progress, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            _next = file.Length < _next ? 0 : _next;
            file.Position = _next;
            byte[] bytes = new byte[file.Length - _next];
            int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            int whole = bytes.AsSpan(0, read).LastIndexOf((byte)'\n') + 1;
            _next += whole;
            return Encoding.UTF8.GetString(bytes.AsSpan(0, whole)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // there is none yet
        }
    }
}
