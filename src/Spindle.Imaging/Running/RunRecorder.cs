// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files;
using Spindle.Formats.Analysis;
using Spindle.Formats.Volumes;
using Spindle.Imaging.Contents;
using Spindle.Imaging.Files;
using Spindle.Imaging.Hashing;
using Spindle.Imaging.Records;
using Spindle.Media;

namespace Spindle.Imaging.Running;

/// <summary>Writes the record of a run beside its image: what was done and seen, and what is on the image.</summary>
internal sealed class RunRecorder(ImagingState state, ImagingPorts ports)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly IImageFiles _files = ports.Files;
    private readonly OutputPaths _paths = state.Paths;

    /// <param name="result">What was done and seen.</param>
    /// <param name="asFailedAttempt">Whether the record of an older image is left alone.</param>
    /// <returns>The result, with the files of its record.</returns>
    public ImagingResult Write(ImagingResult result, bool asFailedAttempt)
    {
        string Named(string path) => asFailedAttempt ? _paths.AsFailedAttempt(path) : path;
        string log = Named(_paths.Log);
        string manifest = Named(_paths.Manifest);
        bool isNamed = result.ImagePath == _paths.Image;
        List<string> paths = [log, manifest, .. isNamed ? result.Readings[0].Hashes.Keys.Select(_paths.Checksum) : []];
        if (_files.Exists(isNamed ? _paths.Map : _paths.MapPart))
        {
            paths.Add(isNamed ? _paths.Map : _paths.MapPart);
        }

        paths.AddRange(HashKind.All.Select(_paths.PartChecksum).Where(_files.Exists));
        TreeSummary? tree = null;
        if (isNamed)
        {
            tree = WriteContents(result, paths);
            paths.AddRange(state.Request.Premis ? [_paths.Premis] : []);
        }

        if (_files.Exists(_paths.RunsPart) || result.Outcome == ImagingOutcome.Interrupted)
        {
            _files.WriteWhole(_paths.RunsPart, RunsText.Of(result.Runs));
            paths.AddRange(new[] { _paths.DigestsPart, _paths.RunsPart }.Where(_files.Exists));
        }

        result = result with { RecordPaths = paths, Tree = tree, Warnings = [.. state.Warnings] }; // the list of files may have added one
        _files.WriteWhole(log, LogText.Of(result));
        if (isNamed && state.Request.Premis)
        {
            _files.WriteWhole(_paths.Premis, PremisText.Of(result, result.Analysis is null ? null : IsolyzerText(result.Analysis)));
        }

        // Last but for a bag: it tells of every other file how long it is.
        _files.WriteWhole(manifest, ManifestText.Of(result, path => path == manifest ? null : _files.Length(path)));
        if (isNamed && state.Request.Bag)
        {
            new Bag(_files, _paths).Write(result, [result.ImagePath!, .. paths.Where(path => Path.GetDirectoryName(path) == _paths.Payload)]);
        }

        return result;
    }

    /// <summary>Writes the files that tell what is on the image, those that there is something to write into.</summary>
    /// <param name="result">The result, with a named image.</param>
    /// <param name="paths">Gets the files.</param>
    /// <returns>What the tree holds; null where it was not listed, or there is none.</returns>
    private TreeSummary? WriteContents(ImagingResult result, List<string> paths)
    {
        TreeSummary? tree = null;
        using ISectorReader image = state.OpenContents(result.ImagePath!);
        if (state.Request.Tree && Volume.Open(image, state.NamedAs) is { } volume)
        {
            _files.WriteWhole(_paths.Tree, stream => WriteText(stream, text => tree = TreeText.Write(volume, text, ports.Time.GetLocalNow())));
            state.Warnings.AddRange(Incompleteness.OfNames(volume) is { } unknown ? [unknown] : Array.Empty<Failure>());
            paths.Add(_paths.Tree);
        }

        if (result.Analysis is not null)
        {
            _files.WriteWhole(_paths.Isolyzer, Utf8.GetBytes(IsolyzerText(result.Analysis)));
            paths.Add(_paths.Isolyzer);
        }

        if (result.Damage is not null)
        {
            _files.WriteWhole(_paths.Damage, DamageRecord.Of(result.Damage).Write);
            paths.Add(_paths.Damage);
        }

        return tree;
    }

    private string IsolyzerText(DiscAnalysis analysis)
    {
        using StringWriter text = new();
        IsolyzerXml.Write(text, Tool.Name, Tool.Version, [new()
        {
            FileName = Path.GetFileName(_paths.Image),
            FilePath = Path.GetFullPath(_paths.Image),
            FileSize = state.Layout.Length,
            LastModified = ports.Time.GetLocalNow(),
            Analysis = analysis,
        }]);
        return text.ToString();
    }

    private static void WriteText(Stream stream, Action<TextWriter> write)
    {
        using StreamWriter text = new(stream, Utf8, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        write(text);
    }
}
