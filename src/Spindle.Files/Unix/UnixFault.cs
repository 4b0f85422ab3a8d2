// SPDX-License-Identifier: MIT
namespace Spindle.Files.Unix;

/// <summary>Errors that are told apart (errno.h), whatever numbers a system gives them.</summary>
internal enum UnixFault
{
    /// <summary>Any other.</summary>
    Other,

    /// <summary>There is no such name (ENOENT).</summary>
    NoEntry,

    /// <summary>Something else stands where a directory is needed (ENOTDIR).</summary>
    NotADirectory,

    /// <summary>A directory stands where something else is needed (EISDIR).</summary>
    IsADirectory,

    /// <summary>A link stands where none is followed (ELOOP).</summary>
    IsALink,

    /// <summary>There is nothing behind it (ENXIO).</summary>
    NothingThere,

    /// <summary>Permissions forbid it (EACCES).</summary>
    Denied,

    /// <summary>Something has the name already (EEXIST).</summary>
    Exists,

    /// <summary>There is no room (ENOSPC, EDQUOT).</summary>
    NoRoom,

    /// <summary>The system, or this file system, knows no such thing (EINVAL, ENOSYS, ENOTSUP).</summary>
    NotSupported,
}
