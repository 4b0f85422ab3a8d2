// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Media;

namespace Spindle.Imaging.Contents;

/// <summary>Says that what was listed or taken out is not all that there is.</summary>
public static class Incompleteness
{
    /// <summary>What to tell of a volume after it was listed.</summary>
    /// <returns>Null where no name is missing, as far as anybody can know.</returns>
    public static Failure? Of(Volume volume) => volume.Missing.FirstOrDefault() is { } finding
        ? new("names-missing", $"names are missing: {EntryText.Printable(finding.Detail)} ({finding.Rule.Id})", HintFor(volume))
        : volume.LostDescriptions.FirstOrDefault() is { } lost
        ? new("description-lost", $"what describes an entry is lost: {EntryText.Printable(lost.Detail)} ({lost.Rule.Id})", HintFor(volume))
        : null;

    /// <summary>What other trees of the disc have that this one lacks, as far as that was looked at.</summary>
    public static IEnumerable<Failure> OfOtherTrees(Volume volume)
    {
        if (volume.Richer is var (view, what))
        {
            yield return new("other-tree-has-more", $"the {NameOf(view)} tree of this disc has more of the same files: {what}", $"--view {NameOf(view)}");
        }

        if (!volume.View.IsApple() && volume.OtherViews.Where(view => view.IsApple()).Select(NameOf).FirstOrDefault() is { } apple)
        {
            yield return new("other-tree-has-more", $"this disc has an {apple} tree, too, for Macintosh: there may be other files in it", $"--view {apple}");
        }
    }

    /// <summary>Says that nobody knows in what charset names are.</summary>
    /// <returns>Null where that was no question so far.</returns>
    public static Failure? OfNames(Volume volume) => !volume.NamesAreUnknown ? null : new(
        "charset-unknown",
        "names are not UTF-8, and are shown byte by byte" + (volume.CharsetGuessed is { } guess ? $"; they look like {guess}" : ""),
        $"--charset {volume.CharsetGuessed ?? "NAME"}");

    private static string HintFor(Volume volume)
    {
        const string hint = "'spindle inspect' tells all that is wrong; another drive or copy may have it whole";
        string[] others = [.. volume.OtherViews.Select(NameOf)];
        return others.Length == 0 ? hint : $"the disc has other trees, which may have them: --view {string.Join(" or ", others)}; {hint}";
    }

    private static string NameOf(VolumeView view) => view.ToString().ToLowerInvariant();
}
