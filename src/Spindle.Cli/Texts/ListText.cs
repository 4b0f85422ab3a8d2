// SPDX-License-Identifier: MIT
using Spindle.Imaging.Contents;
using Spindle.Station.Contents;

namespace Spindle.Cli.Texts;

/// <summary>Entries of a disc, a line each: lists may have a million lines.</summary>
/// <param name="isLong">Whether all is told of each, or its path only.</param>
/// <param name="cancellationToken">Ends it between two lines.</param>
internal sealed class ListText(bool isLong, CancellationToken cancellationToken) : IText<ListDocument>
{
    public void Write(ListDocument document, TextLines lines)
    {
        ListingText.Write(document.Entries.Select(entry => entry.Entry), isLong, lines.Plain, cancellationToken);
        WriteMissing(document, lines);
    }

    internal static void WriteMissing(DiscListing document, TextLines lines)
    {
        if (document.Missing is { } missing)
        {
            lines.Failure(missing, isBad: false);
        }

        lines.Failures(lines.IsQuiet ? [] : document.Warnings, isBad: false);
    }
}

/// <summary>The whole tree of a disc.</summary>
/// <param name="now">Now, for how dates are shown.</param>
internal sealed class TreeText(DateTimeOffset now) : IText<TreeDocument>
{
    public void Write(TreeDocument document, TextLines lines)
    {
        Imaging.Contents.TreeText.Write(document.Volume, lines.Plain, now);
        ListText.WriteMissing(document, lines);
    }
}
