// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Spindle.Formats.Analysis;
using Spindle.Formats.Images;
using Spindle.Formats.Volumes;
using Spindle.Imaging.Contents;
using Spindle.Imaging.Records;
using Spindle.Imaging.Sources;
using Spindle.Media;

namespace Spindle.Imaging.Running;

/// <summary>What is on the image: its structure, its tree, and what the unreadable sectors belong to.</summary>
internal sealed partial class ImagingRun
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private DiscAnalysis? _analysis;
    private DamageReport? _damage;
    private TreeSummary? _tree;

    /// <summary>Where the last file lies, or the newest table of a disc that was written piece by piece: what is lost up to there is no run-out.</summary>
    /// <returns>0 where the last sector could be read: then nobody needs to know.</returns>
    private long SectorsOfContents(SectorMap map)
    {
        if (map[map.SectorCount - 1] != SectorState.Bad)
        {
            return 0;
        }

        using ImageFile image = ImageFile.Open(_paths.ImagePart, _layout.SectorSize);
        return Math.Min(map.SectorCount, (ContentEnd.Of(image, map, _description.VolumeOptions) + _layout.SectorSize - 1) / _layout.SectorSize);
    }

    /// <summary>What a first look could not read, the passes may have: name, file systems and sizes are those of the image.</summary>
    private void LookAgain()
    {
        if (_description.FoundUnreadable.All(sector => _state.Map[sector] != SectorState.Finished))
        {
            return;
        }

        using ImageFile image = ImageFile.Open(_paths.ImagePart, _layout.SectorSize);
        SourceStructure structure = SourceStructure.Of(DiscAnalyzer.Analyze(image, _description.AnalysisOptions with { VerifyTrees = false }));
        if (structure.FileSystems.Count >= _description.Structure.FileSystems.Count)
        {
            _description = _description with { Structure = structure };
        }
    }

    /// <summary>Looks at the written image, not at the disc: that is what will be relied on.</summary>
    private void Analyse()
    {
        using ISectorReader image = OpenContents(_paths.ImagePart);
        if (_request.Structure)
        {
            _analysis = DiscAnalyzer.Analyze(image, _description.AnalysisOptions);
            if (_analysis.EndsBeforeFiles && _runOut.IsEmpty)
            {
                _concerns.Add(new(
                    "smaller-than-file-system",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"the source has {_layout.Length:N0} bytes, and the files on it need {_analysis.SizeExpected:N0}: the end is missing"),
                    "the source was cut off when it was made or copied, or this drive cannot read the disc to its end: try another drive"));
            }
        }

        SectorMap map = new(_state.Map);
        foreach (SectorRange excused in _offTrack.Append(_runOut).Where(range => !range.IsEmpty))
        {
            map.Set(excused, SectorState.Finished);
        }

        if (map.Total(SectorState.Bad) > 0)
        {
            _damage = DamageReport.Of(image, map, NamedAs);
        }
    }

    private VolumeOptions NamedAs => _description.VolumeOptions with { Charset = _request.Charset };

    /// <summary>Writes the files that tell what is on the image.</summary>
    /// <returns>Those that there was something to write into.</returns>
    private IEnumerable<string> WriteContents(string imagePath)
    {
        using ISectorReader image = OpenContents(imagePath);
        if (_request.Tree && Volume.Open(image, NamedAs) is { } volume)
        {
            _files.WriteWhole(_paths.Tree, stream => WriteText(stream, text => _tree = TreeText.Write(volume, text, _time.GetLocalNow())));
            _warnings.AddRange(Incompleteness.OfNames(volume) is { } unknown ? [unknown] : Array.Empty<Failure>());
            yield return _paths.Tree;
        }

        if (_analysis is not null)
        {
            _files.WriteWhole(_paths.Isolyzer, Utf8.GetBytes(IsolyzerText()));
            yield return _paths.Isolyzer;
        }

        if (_damage is not null)
        {
            _files.WriteWhole(_paths.Damage, DamageRecord.Of(_damage).Write);
            yield return _paths.Damage;
        }
    }

    /// <summary>The image, in which what was not read from the disc can't be read.</summary>
    private ISectorReader OpenContents(string path)
    {
        ImageFile image = ImageFile.Open(path, _layout.SectorSize);
        return _state.Map.IsFinished ? image : new MappedSectors(image, _state.Map, ownsImage: true);
    }

    private string IsolyzerText()
    {
        using StringWriter text = new();
        IsolyzerXml.Write(text, Tool.Name, Tool.Version, [new()
        {
            FileName = Path.GetFileName(_paths.Image),
            FilePath = Path.GetFullPath(_paths.Image),
            FileSize = _layout.Length,
            LastModified = _time.GetLocalNow(),
            Analysis = _analysis,
        }]);
        return text.ToString();
    }

    private static void WriteText(Stream stream, Action<TextWriter> write)
    {
        using StreamWriter text = new(stream, Utf8, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        write(text);
    }
}
