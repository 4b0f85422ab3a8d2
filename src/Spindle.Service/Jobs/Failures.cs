// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Service.Jobs;

/// <summary>What the register can't do, as the user is told it: each code and sentence is here, and nowhere else.</summary>
internal static class Failures
{
    public static OperationFailedException NotARegister(string path, Exception? cause = null) => new(
        new("not-a-register", $"{path} is not a register of jobs of spindle", "move it away: a new one is made"), cause);

    public static OperationFailedException Newer(string path, long version, int known) => new(new(
        "register-newer", $"{path} was written by a newer spindle: its version is {version}, this program knows {known}", "use that one"));

    public static OperationFailedException Damaged(string path, Exception cause) => new(
        new("register-damaged", $"{path} is damaged", $"end spindle, and move it away with {path}-wal: a new one is made; images and their records are not in it"), cause);

    public static OperationFailedException ReadOnly(string path, Exception? cause = null) => new(
        new("register-read-only", $"{path} cannot be written", "give this user permission to change it and its directory, or keep it where it can be written"), cause);

    public static OperationFailedException NoRoom(string path, Exception cause) => new(new("no-space", $"there is no room left for {path}", "make room, and give the same command again"), cause);

    public static OperationFailedException Busy(string path, TimeSpan waited, Exception cause) => new(
        new("register-busy", $"other programs have been changing {path} for {Figures.Count((long)waited.TotalSeconds, "second", "seconds")}", "try again; if it lasts, end the program that does not let go of it"), cause);

    public static OperationFailedException Failed(string path, Exception cause) => new(new("register-failed", $"{path}: {cause.Message}"), cause);

    public static OperationFailedException BatchClosed(string batch) => new(new("batch-closed", $"batch {batch} is closed, and takes no jobs any more", "open it again, or name another one"));

    public static OperationFailedException StationTaken(string station) => new(new(
        "station-taken", $"another program works as the station {station} now, or this one never said that it does", "end one of the two, or give it another name"));
}
