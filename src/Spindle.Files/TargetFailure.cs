// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Files;

/// <summary>Puts what the system says of a target into words that help.</summary>
public static class TargetFailure
{
    private const int UnixNoSpace = 28; // ENOSPC
    private const int UnixQuota = 122; // EDQUOT
    private const int WindowsDiskFull = unchecked((int)0x80070070); // ERROR_DISK_FULL

    /// <summary>Does something with a target file.</summary>
    /// <exception cref="OperationFailedException">It could not be done.</exception>
    public static T Told<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Of(path, e);
        }
    }

    /// <summary>The failure that an error of the system stands for.</summary>
    public static OperationFailedException Of(string path, Exception error) => new(error switch
    {
        { HResult: UnixNoSpace or UnixQuota or WindowsDiskFull } => new(
            "no-space", $"there is no room left for {path}", "make room and go on with --resume, or choose another --dir"),
        UnauthorizedAccessException => new(
            "target-denied", $"{path} may not be written by this user", "choose another --dir, or change its permissions"),
        _ => new("target-failed", $"{path} cannot be written: {error.Message}", "choose another --dir"),
    }, error);
}
