// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Mastering;

/// <summary>What can't be laid out or written, in the words that the user is shown: each code and sentence is here, and nowhere else.</summary>
internal static class Failures
{
    /// <param name="sectors">What the entries and names would take.</param>
    public static OperationFailedException MetadataTooLarge(long sectors) => new(new(
        "metadata-too-large",
        $"{sectors} sectors of file entries and names are more than the metadata file of UDF 2.50 holds in one extent",
        "use UDF 2.01, or put fewer files on a disc"));

    /// <param name="name">The content.</param>
    /// <param name="end">Where it ends now.</param>
    /// <param name="size">Its bytes at the scan.</param>
    public static Failure ContentShorter(string name, long end, long size) => new(
        "content-changed", $"{name} is shorter than it was: it ends after {end} of {size} bytes", "scan again, and plan anew");

    public static Failure ContentChanged(string name) => new("content-changed", $"{name} is not what it was when it was scanned", "scan again, and plan anew");

    public static Failure ContentMissing(string name) => new("content-missing", $"{name} is not there any more", "scan again, and plan anew");

    public static Failure ContentUnreadable(string name, Exception cause) => new("content-unreadable", $"{name} cannot be read: {cause.Message}", "permissions, the disk");
}
