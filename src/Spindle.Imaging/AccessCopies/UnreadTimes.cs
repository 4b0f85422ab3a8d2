// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Formats.Films;

namespace Spindle.Imaging.AccessCopies;

/// <summary>Tells of lost sectors as people find them in a copy: by minutes and seconds.</summary>
public static class UnreadTimes
{
    // A picture is made of others up to half a second away: what is closer together than that is one place to look at.
    private static readonly TimeSpan OnePlace = TimeSpan.FromSeconds(1);

    /// <summary>Places of a film, in order, those that are close together as one.</summary>
    public static IReadOnlyList<UnreadPart> Of(IReadOnlyList<LostFilm> lost)
    {
        List<UnreadPart> parts = [];
        foreach (LostFilm one in lost)
        {
            if (parts.Count > 0 && one.Begin - parts[^1].To < OnePlace)
            {
                parts[^1] = parts[^1] with { To = one.End > parts[^1].To ? one.End : parts[^1].To, Sectors = parts[^1].Sectors + one.Count };
            }
            else
            {
                parts.Add(new(one.Begin, one.End, one.Count));
            }
        }

        return parts;
    }

    /// <summary>Minutes and seconds: the second in which something begins, or the one in which it has ended.</summary>
    /// <param name="time">From the beginning of the copy.</param>
    /// <param name="isEnd">Whether it is rounded up.</param>
    public static string Text(TimeSpan time, bool isEnd)
    {
        long seconds = (long)(isEnd ? Math.Ceiling(time.TotalSeconds) : Math.Floor(time.TotalSeconds));
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:D2}");
    }
}
