// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Spindle.Media;

namespace Spindle.Files;

/// <summary>The files that an image and its record are kept in. A test can put a failing disk behind it.</summary>
/// <remarks>Every method throws <see cref="OperationFailedException"/> where the target can't be used, with the file in its words.</remarks>
public interface IImageFiles
{
    /// <summary>Whether there is a file.</summary>
    bool Exists(string path);

    /// <summary>Bytes of a file; 0 where there is none.</summary>
    long Length(string path);

    /// <summary>Makes a directory and those above it.</summary>
    void CreateDirectory(string path);

    /// <summary>Keeps a folder for this process until what is returned is disposed.</summary>
    /// <returns>Null where there is no such folder.</returns>
    /// <exception cref="OperationFailedException"><c>target-busy</c>: another process has it.</exception>
    IDisposable? Lock(string folder);

    /// <summary>Bytes that can still be written to the file system of a directory; the largest number where the system does not say.</summary>
    long FreeSpace(string directory);

    /// <summary>Opens an image for writing at any position.</summary>
    /// <param name="path">The file; made where there is none.</param>
    /// <param name="keepContents">Whether what is in it stays.</param>
    SafeFileHandle OpenForWriting(string path, bool keepContents);

    /// <summary>Flushes a file and opens it for reading past the system's cache.</summary>
    UncachedFile OpenUncached(string path);

    /// <summary>Reads a small file whole; null where there is none.</summary>
    byte[]? TryRead(string path);

    /// <summary>Writes a small file so that it is either the old one or the new one, whatever happens.</summary>
    void WriteWhole(string path, ReadOnlySpan<byte> contents);

    /// <summary>Writes a file of any length in the same way, while it is made.</summary>
    void WriteWhole(string path, Action<Stream> write);

    /// <summary>Gives a file another name, in place of whatever had it.</summary>
    void Move(string from, string to);

    /// <summary>Removes a file, if it is there.</summary>
    void Delete(string path);
}
