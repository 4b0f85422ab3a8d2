// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Spindle.Imaging.AccessCopies;

/// <summary>Where everything about one access copy is written.</summary>
/// <param name="folder">The folder.</param>
/// <param name="name">The copy's name without its ending.</param>
/// <param name="ending">Its ending, with the dot.</param>
internal sealed class AccessPaths(string folder, string name, string ending)
{
    public string Folder { get; } = folder;

    public string Copy => InFolder(name + ending);

    public string Record => InFolder(name + AccessRecord.Ending);

    public string Log => InFolder(name + ".access.log");

    /// <summary>The copy while it is made: hidden, and of a name that no program takes for a whole film.</summary>
    public string CopyPart => InFolder($".{name}.partial{ending}");

    public string LogPart => InFolder($".{name}.partial.log");

    /// <summary>What ffmpeg is told of names and chapters.</summary>
    public string TextPart => InFolder($".{name}.partial.txt");

    public string Still(int number) => InFolder(string.Create(CultureInfo.InvariantCulture, $"{name}_still{number:D2}.jpg"));

    public string StillPart(int number) => InFolder(string.Create(CultureInfo.InvariantCulture, $".{name}.partial_still{number:D2}.jpg"));

    /// <summary>Packs of subtitles (VobSub).</summary>
    public string Sub => InFolder(name + ".sub");

    /// <summary>When each is shown.</summary>
    public string Index => InFolder(name + ".idx");

    /// <summary>Subtitles of a Blu-ray Disc (Matroska).</summary>
    public string Captions => InFolder(name + ".mks");

    public string CaptionsPart => InFolder($".{name}.partial.mks");

    public string SubPart => InFolder($".{name}.partial.sub");

    public string IndexPart => InFolder($".{name}.partial.idx");

    /// <summary>Packs of subtitles as they come, those of all streams among one another.</summary>
    public string PacksPart => InFolder($".{name}.partial.packs");

    /// <summary>The same evidence of an attempt that failed, under names that leave all else alone.</summary>
    public (string Record, string Log) Failed(DateTimeOffset at)
    {
        string attempt = $"{name}.failed-{at.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)}";
        return (InFolder(attempt + AccessRecord.Ending), InFolder(attempt + ".access.log"));
    }

    /// <summary>All that is there only while the copy is made.</summary>
    public IEnumerable<string> Parts(int stills) => [CopyPart, LogPart, TextPart, SubPart, IndexPart, PacksPart, CaptionsPart, .. Enumerable.Range(1, stills).Select(StillPart)];

    private string InFolder(string file) => Path.Combine(Folder, file);
}
