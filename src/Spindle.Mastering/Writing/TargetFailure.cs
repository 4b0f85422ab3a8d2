// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Mastering.Writing;

/// <summary>Puts into words why something can't be written.</summary>
public static class TargetFailure
{
    private const int UnixNoSpace = 28; // ENOSPC
    private const int UnixQuota = 122; // EDQUOT
    private const int WindowsDiskFull = unchecked((int)0x80070070); // ERROR_DISK_FULL

    /// <summary>The failure that the user is told.</summary>
    /// <param name="target">What was being written, for the message.</param>
    /// <param name="error">What the system says.</param>
    public static OperationFailedException Of(string target, Exception error) => new(error.HResult is UnixNoSpace or UnixQuota or WindowsDiskFull
        ? new("no-space", $"there is no room left for {target}", "make room, or choose another place")
        : new("target-failed", $"{target} cannot be written: {error.Message}", "choose another place"), error);
}
