// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Service.Orders;

/// <summary>What can be no job, as the user is told it: each code and sentence is here, and nowhere else.</summary>
internal static class Failures
{
    public static OperationFailedException RelativePath(string key, string path) => new(
        new("not-a-request", $"the request names {path} ({key}), and nothing says from which folder", "give the whole path, as it begins at the root"));

    public static OperationFailedException StandardOutput(string key) => new(
        new("not-a-request", $"the request writes to standard output ({key}), and a job has none", "name a file"));

    public static OperationFailedException SaysTwice(Exception cause) => new(
        new("not-a-request", $"the request says something twice: {cause.Message}", "say it once"), cause);

    public static OperationFailedException OddPriority(int priority, int most) => new(new("not-a-request", $"{priority} is no priority: those are from -{most} to {most}", "0 is usual"));

    public static OperationFailedException NoJob(string verb) => new(new("not-a-request", $"{verb} can be no job", "give it on the command line"));

    public static OperationFailedException NoName(string path) => new(
        new("not-a-request", $"{path.Replace('\0', '?')} has a character that no name has (U+0000)", "leave it out"));

    public static OperationFailedException NamesPrograms(string key) => new(
        new("not-a-request", $"{key} says where programs are, and the service runs only those that it finds itself", "leave it out; set PATH where 'spindle serve' is started"));

    public static OperationFailedException OutsideRoot(string path, IReadOnlyList<string> roots) => new(new(
        "outside-root", $"{path} is in no folder that this service works in",
        roots.Count == 0 ? "'spindle serve --root DIR' lets it work in DIR" : $"those are {string.Join(", ", roots)}; 'spindle serve --root DIR' lets it work in another one"));
}
