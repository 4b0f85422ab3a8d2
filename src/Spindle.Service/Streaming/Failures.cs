// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Service.Streaming;

/// <summary>What who wants to watch is refused.</summary>
internal static class Failures
{
    public static Failure TooMany { get; } = new("too-many-streams", $"{EventFeed.MostWatchers} watch already", "close pages that nobody looks at; one browser needs one stream for all of them");

    public static Failure NoEvent(string value) => new("usage", $"{value} is no number of an event", "send what 'id' was in the last event that was seen");
}
