// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Formats.Trees;

namespace Spindle.Imaging.Extracting;

/// <summary>What a file or directory has beside its content.</summary>
public sealed partial class Extractor
{
    private long _forks;
    private long _forksLeftOut;
    private long _filesWithStreamsLeftOut;

    /// <summary>Writes <c>._NAME</c> beside what has a resource fork or named streams, or of which the Finder keeps something.</summary>
    private void WriteForks(string path, VolumeEntry entry, CancellationToken cancellationToken)
    {
        if (entry.AreStreamsLost)
        {
            _damaged.Add(new($"{entry.Path} (named streams)", 0));
        }

        if (entry.IsSystemCompressed || !AppleDouble.Has(entry))
        {
            return; // of a compressed file, the fork is a part of what was refused
        }

        if (!_request.Forks)
        {
            _forksLeftOut += entry.ResourceForkSize > 0 || entry.Streams.Count > 0 ? 1 : 0;
            return;
        }

        AppleDouble record = new(entry);
        _filesWithStreamsLeftOut += record.Streams.Count < entry.Streams.Count ? 1 : 0;
        if (!record.Fits)
        {
            Skip(entry, "file-too-large", $"has a resource fork of {entry.ResourceForkSize} bytes, which no AppleDouble file can hold");
            return;
        }

        using ContentStream content = _volume.OpenBeside(entry, record.Streams);
        string beside = Path.Combine(Path.GetDirectoryName(path)!, AppleDouble.Prefix + Path.GetFileName(path));
        if (!WriteContent(beside, entry, record.Header(), content, cancellationToken))
        {
            return;
        }

        if (content.Unreadable.Count > 0)
        {
            _damaged.Add(new($"{entry.Path} ({(entry.Streams.Count == 0 ? "resource fork" : "streams")})", content.Unreadable.Sum(range => range.Length)));
        }
        else
        {
            _forks++;
        }
    }

    private void TellStreams()
    {
        if (_filesWithStreamsLeftOut > 0)
        {
            _skipped.Add(new(
                "streams-left-out",
                string.Create(CultureInfo.InvariantCulture, $"{_filesWithStreamsLeftOut} {(_filesWithStreamsLeftOut == 1 ? "file has" : "files have")} named streams beside the content that no AppleDouble file can hold, and that are not extracted"),
                "a system that mounts the disc may show them"));
        }
    }
}
