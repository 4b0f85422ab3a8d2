// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Spindle.Imaging.Records;

/// <summary>The comments that a map starts with, as ddrescue writes them.</summary>
internal static class MapHeading
{
    public static IReadOnlyList<string> For(ImagingRequest request, DateTimeOffset startedAt) =>
    [
        $"# Mapfile. Created by Spindle version {Tool.Version}",
        $"# Command line: {request.CommandLine.ReplaceLineEndings(" ")}",
        string.Create(CultureInfo.InvariantCulture, $"# Start time:   {startedAt:yyyy-MM-dd HH:mm:ss}"),
    ];
}
