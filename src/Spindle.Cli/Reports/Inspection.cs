// SPDX-License-Identifier: MIT
using Spindle.Formats.Analysis;
using Spindle.Media;

namespace Spindle.Cli.Reports;

/// <summary>What was found on one source, or why nothing was.</summary>
internal sealed record Inspection(string Source, long Length, DiscAnalysis? Analysis, Failure? Failure)
{
    /// <summary>First sectors of the sessions, as far as they are known.</summary>
    public IReadOnlyList<long> SessionStarts { get; init; } = [];

    /// <summary>First sector of the session that was looked at; null for the source's own.</summary>
    public long? SessionStart { get; init; }

    /// <summary>Sectors that the map of an image does not know as read.</summary>
    public long UnreadSectors { get; init; }

    /// <summary>Whether there is a file system that is known, and all of it, with all of its names.</summary>
    public bool IsWhole => Analysis is { ContainsKnownFileSystem: true, SmallerThanExpected: false, LosesFiles: false } && UnreadSectors == 0;
}

/// <summary>How inspections are told.</summary>
internal enum InspectionFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>One JSON document.</summary>
    Json,

    /// <summary>isolyzer's XML.</summary>
    Isolyzer,
}
