// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Files;

/// <summary>Puts what the system says of a target into words that help: the same for all that is written.</summary>
public static class TargetFailure
{
    /// <summary>What to do where there is too little room.</summary>
    public const string MakeRoom = "make room and give the same command again ('image' with --resume), or choose another place";

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

    /// <summary>There is no room for more of it.</summary>
    /// <param name="target">What was being written.</param>
    public static Failure NoRoom(string target) => new("no-space", $"there is no room left for {target}", MakeRoom);

    /// <summary>Whether an error of the system says that there is no room.</summary>
    public static bool IsFull(Exception error) => error.HResult is UnixNoSpace or UnixQuota or WindowsDiskFull;

    /// <summary>The failure that an error of the system stands for.</summary>
    /// <param name="target">What was being written.</param>
    /// <param name="error">What the system says.</param>
    public static OperationFailedException Of(string target, Exception error) => new(error switch
    {
        _ when IsFull(error) => NoRoom(target),
        UnauthorizedAccessException => new(
            "target-denied", $"{target} may not be written by this user", "choose another place, or change its permissions"),
        _ => new("target-failed", $"{target} cannot be written: {error.Message}", "choose another place"),
    }, error);
}
