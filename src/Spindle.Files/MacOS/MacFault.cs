// SPDX-License-Identifier: MIT
using Spindle.Files.Unix;

namespace Spindle.Files.MacOS;

/// <summary>Error numbers of macOS (sys/errno.h). Pure.</summary>
internal static class MacFault
{
    public const int NotSupported = 45; // ENOTSUP

    /// <summary>Which error a number stands for.</summary>
    public static UnixFault Of(int error) => error switch
    {
        2 => UnixFault.NoEntry, // ENOENT
        6 => UnixFault.NothingThere, // ENXIO
        13 => UnixFault.Denied, // EACCES
        17 => UnixFault.Exists, // EEXIST
        20 => UnixFault.NotADirectory, // ENOTDIR
        21 => UnixFault.IsADirectory, // EISDIR
        28 or 69 => UnixFault.NoRoom, // ENOSPC, EDQUOT
        62 => UnixFault.IsALink, // ELOOP
        22 or NotSupported or 78 => UnixFault.NotSupported, // EINVAL, ENOSYS
        _ => UnixFault.Other,
    };
}
