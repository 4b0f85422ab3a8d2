// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Station.Vaults;

/// <summary>What keeps objects from discs, and discs from objects, in the words that the user is shown: each code and sentence is here, and nowhere else.</summary>
internal static class Failures
{
    public static Failure Stopped { get; } = new("cancelled", "stopped; what was done is kept, and no object is in two states", "the same command goes on with the rest");

    public static Failure NotBurned { get; } = new("cancelled", "stopped before a disc was touched; the images are made", "the same command goes on");

    public static OperationFailedException OtherImage(string target) => new(
        new Failure("output-exists", $"{target} exists, and is not the image of that disc", "move it away, or name another folder with --to"));

    public static OperationFailedException ImageChanged(string source) => new(
        new Failure("image-differs", $"{source} is not any more the image that was written", "'spindle write N --overwrite' makes it again, as long as its objects are in the landing"));

    public static OperationFailedException NoRoom(long needed, long free) => new(
        new Failure("no-space", $"{needed} bytes are wanted, and where the landing is, {free} are free", "'spindle vault evict' gives room back; or ask for less at once"));

    public static Failure ObjectChanged(string bucket, string key) => new(
        "object-changed", $"{bucket}/{key} is not any more what came in: its file in the landing has changed", "have it put again; it comes onto no disc as it is");

    public static Failure TooFewCopies(int disc, int copies, int promised, string image) => new(
        "too-few-copies", $"disc {disc} has {copies} verified {(copies == 1 ? "copy" : "copies")} of {promised}, and its image is not where it was written: {image}", "'spindle burn' makes copies of an image; 'spindle verify' tells of those that there are");

    public static Failure ObjectLost(string bucket, string key, string why) => new(
        "object-lost", $"{bucket}/{key} could not be had: {why}", "another copy of its disc may have it: bring that, and ask once more");
}
