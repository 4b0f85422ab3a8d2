// SPDX-License-Identifier: MIT
namespace Spindle.Drives.MacOS;

/// <summary>The calls of macOS by which discs are read. Each is one call of the C library, and nothing more.</summary>
/// <remarks>Errors are the numbers of sys/errno.h (<see cref="MacError"/>), and never thrown.</remarks>
internal interface IMacCalls
{
    /// <summary>Opens a node for reading.</summary>
    /// <param name="node">Such as <c>/dev/rdisk2</c>.</param>
    /// <returns>A descriptor; or an error, negative.</returns>
    int Open(string node);

    /// <summary>Whether a path is a pipe or another stream, in which there are no places to read at. Waits for nobody.</summary>
    bool IsStream(string path);

    /// <summary>Closes a descriptor.</summary>
    void Close(int descriptor);

    /// <summary>Reads at a place (pread(2)).</summary>
    /// <returns>Bytes, 0 at the end; or an error, negative.</returns>
    long Read(int descriptor, Span<byte> buffer, long position);

    /// <summary>Asks the driver (ioctl(2)).</summary>
    /// <param name="descriptor">What is open.</param>
    /// <param name="code">What is asked: one of <see cref="MacRequest"/>.</param>
    /// <param name="parameters">The structure that goes with it, in this machine's byte order; the driver may change it.</param>
    /// <param name="buffer">
    /// Where the driver writes its answer to, for structures that point to such memory: their last eight bytes, which are filled in on
    /// the way. Empty for those that do not.
    /// </param>
    /// <returns>0, or an error.</returns>
    int Control(int descriptor, uint code, Span<byte> parameters, Span<byte> buffer);
}
