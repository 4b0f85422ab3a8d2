// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Service.Running;

/// <summary>Why jobs can't be run, or ended as nobody wished: each code and sentence is here, and nowhere else.</summary>
internal static class Failures
{
    private const string GoOn = "'spindle jobs retry' goes on with it, as far as it can";

    public static OperationFailedException AlreadyServed(string folder) => new(
        new("already-serving", $"another program runs the jobs of {folder}", "use that one, or end it first"));

    public static OperationFailedException CannotServe(string folder, Exception cause) => new(
        new("cannot-serve", $"the jobs of {folder} can't be run: {cause.Message}", "give this user permission to change that folder, or name another one"), cause);

    public static OperationFailedException Taken(string folder) => new(
        new("job-taken", $"another process does the job of {folder}", "wait until it has ended"));

    public static Failure NoRoom(string folder, Exception cause) => new(
        "no-room-for-jobs", $"no job is begun, for {folder} can't be written: {cause.Message}", "make room, or give this user permission; jobs wait until then");

    public static Failure NotStarted(string why) => new("job-not-started", $"the program could not be started for it: {why}", "see whether it is still there, and retry");

    public static Failure OtherDrive(string path, string drive) => new(
        "other-drive", $"{path} is {drive} now, and no more the drive that was meant", "'spindle drives' tells where that is; order the job anew for it");

    public static Failure Signalled(int signal) => new("job-crashed", $"its process was ended by signal {signal}{NameOf(signal)}", GoOn);

    public static Failure Broken(int code) => new("job-crashed", $"its process broke off (exit code {code})", $"{GoOn}; its errors are kept in its folder");

    public static Failure Gone() => new("job-crashed", "its process is gone, and nobody saw how it ended", GoOn);

    public static Failure NeverBegan() => new("job-crashed", "its process was never seen: the service ended while it was begun", GoOn);

    public static Failure NoDocument(int code) => new("job-without-document", $"it ended with exit code {code}, and left no document", "its errors are kept in its folder");

    private static string NameOf(int signal) => signal switch
    {
        4 => " (illegal instruction)",
        6 => " (abort: the program broke off by itself)",
        7 or 11 => " (memory that is not there)",
        9 => " (kill: somebody, or the system for want of memory)",
        15 => " (termination)",
        _ => "",
    };
}
