// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Formats.Volumes;

namespace Spindle.Imaging.Extracting;

/// <summary>What a file has beside its content.</summary>
public sealed partial class Extractor
{
    private long _forks;
    private long _forksLeftOut;
    private long _filesWithStreams;

    /// <summary>Writes <c>._NAME</c> beside a file that has a resource fork, or of which the Finder keeps something.</summary>
    private void WriteForks(string path, VolumeEntry entry, CancellationToken cancellationToken)
    {
        _filesWithStreams += entry.HasNamedStreams ? 1 : 0;
        if (entry.IsSystemCompressed || !AppleDouble.Has(entry))
        {
            return; // of a compressed file, the fork is a part of what was refused
        }

        if (!_request.Forks)
        {
            _forksLeftOut += entry.ResourceForkSize > 0 ? 1 : 0;
            return;
        }

        using ContentStream fork = _volume.OpenResourceFork(entry);
        if (fork.Length > uint.MaxValue)
        {
            Skip(entry, "file-too-large", $"has a resource fork of {fork.Length} bytes, which no AppleDouble file can hold");
            return;
        }

        string beside = Path.Combine(Path.GetDirectoryName(path)!, AppleDouble.Prefix + Path.GetFileName(path));
        if (!WriteContent(beside, entry, AppleDouble.Header(entry, fork.Length), fork, cancellationToken))
        {
            return;
        }

        if (fork.Unreadable.Count > 0)
        {
            _damaged.Add(new($"{entry.Path} (resource fork)", fork.Unreadable.Sum(range => range.Length)));
        }
        else
        {
            _forks++;
        }
    }

    private void TellStreams()
    {
        if (_filesWithStreams > 0)
        {
            _skipped.Add(new(
                "streams-left-out",
                string.Create(CultureInfo.InvariantCulture, $"{_filesWithStreams} {(_filesWithStreams == 1 ? "file has" : "files have")} named streams beside the content, which are not extracted"),
                "a system that mounts the disc may show them"));
        }
    }
}
