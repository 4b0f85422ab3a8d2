// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Formats;
using Spindle.Formats.Analysis;
using Spindle.Formats.Holdings;
using Spindle.Formats.Images;
using Spindle.Formats.MapFile;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Imaging.Contents;
using Spindle.Media;

namespace Spindle.Fuzz;

/// <summary>Looks at a disc in every way in which Spindle does. Whatever the disc is, this ends, and throws nothing.</summary>
public static class DiscLook
{
    private const int FilesRead = 30;
    private const int PathsChecked = 2000;
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Inspects, lists, draws and reads a disc, and asks what damage would hit.</summary>
    /// <exception cref="InvalidOperationException">Something was promised that did not hold; other exceptions are faults as well.</exception>
    public static void At(ReadOnlyMemory<byte> image)
    {
        if (image.IsEmpty)
        {
            return;
        }

        using ImageSectors sectors = new(image);
        ISectorReader medium;
        try
        {
            medium = RawImage.Unwrap(sectors);
        }
        catch (OperationFailedException)
        {
            return; // audio
        }

        FileTally files = new();
        AnalysisOptions options = new() { MediumStart = sectors.FirstSector, Seen = files.Add };
        DiscAnalysis analysis = DiscAnalyzer.Analyze(medium, options);
        IsolyzerXml.Write(
            TextWriter.Null, "spindle", "1", [new() { FileName = "a", FilePath = "/a", FileSize = medium.Length, LastModified = Now, Analysis = analysis }]);
        Check(analysis.Findings.Items.All(finding => finding.Detail.Length <= Findings.LongestDetail), "a finding is too long");
        PlayerContents players = PlayerContents.None;
        foreach (VolumeView view in analysis.Views)
        {
            if (Volume.Open(medium, new() { View = view, MediumStart = sectors.FirstSector }) is { } volume)
            {
                players = view == analysis.Views[0] ? PlayerContents.Read(volume) : players;
                List(volume);
            }
        }

        DiscHoldings holdings = DiscHoldings.Of(players, files, analysis);
        Check(holdings.Kinds.Count > 0 && (holdings.IsComplete || !holdings.Kinds.Contains(ContentKind.Empty)), "what could not be read is called empty");

        if (medium.SectorCount > 0)
        {
            SectorMap map = new(medium.SectorCount, SectorState.Finished);
            map.Set(new(medium.SectorCount / 2, 1), SectorState.Bad);
            DamageReport.Of(medium, map, new() { MediumStart = sectors.FirstSector });
        }
    }

    /// <summary>Parses a rescue's map, and writes it again.</summary>
    public static void AtMap(ReadOnlyMemory<byte> text)
    {
        try
        {
            RescueMapFile map = RescueMapFile.Parse(new StringReader(Encoding.UTF8.GetString(text.Span)));
            using StringWriter written = new();
            map.Write(written);
            Check(RescueMapFile.Parse(new StringReader(written.ToString())).Blocks.SequenceEqual(map.Blocks), "what was written is read as something else");
            map.ToSectorMap(2048, 1 << 20);
        }
        catch (OperationFailedException)
        {
            // It is no map.
        }
    }

    private static void List(Volume volume)
    {
        ListingText.Write(volume.Walk(), isLong: true, TextWriter.Null, CancellationToken.None);
        TreeText.Write(volume, TextWriter.Null, Now);
        int files = 0;
        byte[] buffer = new byte[8192];
        foreach (VolumeEntry entry in volume.Walk().Take(PathsChecked))
        {
            CheckPath(SafePath.Of(entry));
            Check(entry.Target is null || !SafePath.StaysInside(entry) || !entry.Target.StartsWith('/'), "an absolute link stays inside");
            if (entry.Type == EntryType.File && ++files <= FilesRead)
            {
                using ContentStream content = volume.OpenContent(entry);
                Read(content, buffer);
                using ContentStream fork = volume.OpenBeside(entry, entry.Streams);
                Read(fork, buffer);
            }
        }
    }

    private static void Read(ContentStream content, byte[] buffer)
    {
        content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        content.Position = Math.Max(0, content.Length - 10);
        content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        content.Position = content.Length / 2;
        long before = content.Position;
        long skipped = content.SkipZeros();
        Check(content.Position == before + skipped && content.Position <= content.Length, "skipped to somewhere else");
    }

    private static void CheckPath(string path)
    {
        foreach (string part in path.Split('/'))
        {
            Check(part is not ("" or "." or "..") && !part.Contains('\0'), $"the path '{path}' is not safe");
        }
    }

    private static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException(what);
        }
    }
}
