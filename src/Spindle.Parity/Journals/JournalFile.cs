// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Parity.Journals;

/// <summary>Where the journal of an image is kept: beside it, under its name.</summary>
internal static class JournalFile
{
    /// <summary>The journal's path.</summary>
    public static string PathOf(string image) => $"{image}.spindle-journal";

    /// <summary>The journal of an unfinished change, or null; one that was not written to its end belongs to no change.</summary>
    public static JournalHeader? TryRead(string image)
    {
        string path = PathOf(image);
        if (!File.Exists(path))
        {
            return null;
        }

        using ImageFile journal = ImageFile.OpenRead(path);
        return JournalHeader.TryRead(journal, out _);
    }

    /// <summary>Refuses an image with an unfinished change.</summary>
    /// <exception cref="OperationFailedException">There is one.</exception>
    public static void RequireNone(string image) => RequireNoneBut(null, image);

    /// <summary>Refuses an image with an unfinished change of another kind.</summary>
    /// <exception cref="OperationFailedException">There is one.</exception>
    public static void RequireNoneBut(JournalOperation? operation, string image)
    {
        if (TryRead(image) is { } journal && journal.Operation != operation)
        {
            string command = journal.Operation == JournalOperation.Protect ? "protect" : "repair";
            throw Failures.UnfinishedChange(image, command);
        }
    }
}
