// SPDX-License-Identifier: MIT
using Spindle.Formats.Analysis;

namespace Spindle.Cli.Reports;

/// <summary>Inspections as isolyzer tells them: one XML document, whatever the report is.</summary>
internal static class IsolyzerReport
{
    public static void Write(TextWriter writer, IReadOnlyList<Inspection> inspections) => IsolyzerXml.Write(
        writer, "spindle", typeof(IsolyzerReport).Assembly.GetName().Version!.ToString(fieldCount: 3), inspections.Select(ToImage));

    private static IsolyzerImage ToImage(Inspection inspection) => new()
    {
        FileName = Path.GetFileName(inspection.Source),
        FilePath = Path.GetFullPath(inspection.Source),
        FileSize = inspection.Length,
        LastModified = File.Exists(inspection.Source) ? new DateTimeOffset(File.GetLastWriteTime(inspection.Source)) : DateTimeOffset.UnixEpoch,
        Analysis = inspection.Analysis,
        FailureMessage = inspection.Failure?.What,
    };
}
