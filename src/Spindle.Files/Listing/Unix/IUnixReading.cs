// SPDX-License-Identifier: MIT
using Spindle.Files.Unix;

namespace Spindle.Files.Listing.Unix;

/// <summary>What Unix systems do each in its own way when files are looked at: the numbers of their headers, and calls that differ.</summary>
/// <remarks>
/// Names end with a zero. Descriptors are those of the system; below 0, or with false, a call has failed, and the error is what the
/// runtime keeps (<see cref="System.Runtime.InteropServices.Marshal.GetLastPInvokeError"/>).
/// </remarks>
internal unsafe interface IUnixReading
{
    /// <summary>What stands for the working directory in place of a directory's descriptor (AT_FDCWD).</summary>
    int CurrentDirectory { get; }

    /// <summary>To the next byte that is data (lseek(2), SEEK_DATA).</summary>
    int SeekData { get; }

    /// <summary>To the next hole (SEEK_HOLE).</summary>
    int SeekHole { get; }

    /// <summary>Opens a directory to read it, and to open what is in it.</summary>
    int OpenDirectory(int above, byte* name, bool followsLink);

    /// <summary>Opens a file to read it: through no link, waiting for nobody, and without changing its time of access where that can be had.</summary>
    int OpenFile(int directory, byte* name);

    /// <summary>Looks at a name, and through no link; with an empty one at what is open.</summary>
    bool TryStatus(int directory, byte* name, out NodeStatus status);

    /// <summary>Adds every name but <c>.</c> and <c>..</c>, with its status.</summary>
    bool TryList(int directory, DirectoryListing listing);

    /// <summary>Extended attributes of what is open, in the order of their names.</summary>
    IReadOnlyList<ExtendedAttribute> Attributes(int descriptor);

    /// <summary>Extended attributes of a name, and not of what a link leads to, in the order of their names.</summary>
    IReadOnlyList<ExtendedAttribute> Attributes(int directory, ReadOnlySpan<byte> name);

    /// <summary>Which error a number stands for.</summary>
    UnixFault FaultOf(int error);

    /// <summary>Whether a device is read fastest by one reader at a time.</summary>
    bool IsRotational(long device);
}
