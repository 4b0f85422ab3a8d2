// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Burning.Sequences;
using Spindle.Drives.Mmc;

namespace Spindle.Burning.Xorriso;

/// <summary>The words with which xorriso burns an image: closed, nothing behind it, all at once where our own way is that.</summary>
internal static class XorrisoCommand
{
    /// <summary>The words.</summary>
    /// <param name="drive">The drive.</param>
    /// <param name="image">The image.</param>
    /// <param name="disc">The kind of disc in it, and how ours burn that.</param>
    /// <param name="speed">In multiples of the disc's own; null for what xorriso thinks best.</param>
    public static IReadOnlyList<string> Of(string drive, string image, (Profile Profile, BurningMethod Method) disc, int? speed)
    {
        List<string> words = ["-abort_on", "FAILURE", "-return_with", "SORRY", "32", "-as", "cdrecord", "-v", $"dev={drive}", "padsize=0"];
        if (disc.Method.Before.Contains(BurningAction.SetDiscAtOnce))
        {
            words.Add("-sao");
        }

        if (!disc.Method.ClosesDisc)
        {
            words.Add("blank=as_needed"); // what can be written anywhere is formatted first
        }

        if (speed is { } times)
        {
            char unit = disc.Profile.Family() switch { DiscFamily.Cd => 'c', DiscFamily.Dvd => 'd', _ => 'b' };
            words.Add(string.Create(CultureInfo.InvariantCulture, $"speed={times}{unit}"));
        }

        words.Add(Path.GetFullPath(image)); // never a word that begins with a dash
        return words;
    }
}
