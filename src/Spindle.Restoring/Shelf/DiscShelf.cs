// SPDX-License-Identifier: MIT
using System.IO.Enumeration;
using Spindle.Catalogue.Documents;
using Spindle.Files.Windows;
using Spindle.Formats.Analysis;
using Spindle.Formats.Images;
using Spindle.Formats.Volumes;
using Spindle.Media;

namespace Spindle.Restoring.Shelf;

/// <summary>The discs of an archive that are at hand.</summary>
public sealed class DiscShelf : IDisposable
{
    private const int LongestFolder = 1000; // characters: nobody keeps discs further down, and a path has an end, which would be an exception

    private static readonly string[] ImageSuffixes = [".iso", ".img", ".udf", ".bin", ".raw"];

    private readonly Func<string, ISectorReader> _open;
    private readonly List<ArchiveDisc> _discs = [];
    private readonly List<Failure> _refused = [];
    private readonly List<Failure> _others = [];

    /// <summary>Makes an empty shelf.</summary>
    /// <param name="openMedium">Opens a drive, a device or an image file; null where image files are all there is.</param>
    public DiscShelf(Func<string, ISectorReader>? openMedium = null) =>
        _open = openMedium ?? (path => RawImage.Unwrap(ImageFile.Open(path)));

    /// <summary>What was found, in the order of the sources. Copies of one disc may be among them.</summary>
    public IReadOnlyList<ArchiveDisc> Discs => _discs;

    /// <summary>What was named and is no disc of an archive, or can't be read; and what lies in a folder, looks like a disc by its name, and may be what is left of one.</summary>
    public IReadOnlyList<Failure> Refused => _refused;

    /// <summary>Images in folders that are whole discs, and none of an archive.</summary>
    public IReadOnlyList<Failure> Others => _others;

    /// <summary>Whether a folder that may hold many discs is among the sources.</summary>
    public bool HasFolders { get; private set; }

    /// <summary>Looks for discs.</summary>
    /// <param name="source">An image file, a drive or device, a mounted disc, or a folder with any number of images and mounted discs.</param>
    public void Add(string source)
    {
        int before = _discs.Count;
        if (ExtendedPath.IsOpticalDrive(source) || !Directory.Exists(source))
        {
            AddImage(source, isNamed: true);
            return;
        }

        if (FolderDisc.Open(source) is { } mounted)
        {
            _discs.Add(mounted);
            return;
        }

        HasFolders = true;
        foreach (string folder in Directory.EnumerateDirectories(source).Order(StringComparer.Ordinal))
        {
            if (FolderDisc.Open(folder) is { } below)
            {
                _discs.Add(below);
            }
            else if (IsNamedAsImage(folder) || Directory.Exists(Path.Combine(folder, "ARCHIVE")))
            {
                _refused.Add(new("no-archive-disc", $"{folder} is a folder, and not a disc of an archive as far as can be seen", "if it is a mounted disc, its ARCHIVE/disc.json is lost: name its image, or the drive"));
            }
        }

        int refused = _refused.Count;
        EnumerationOptions deep = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Device };
        FileSystemEnumerable<string> files = new(source, (ref FileSystemEntry entry) => entry.ToFullPath(), deep)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref FileSystemEntry entry) => entry.Directory.Length + entry.FileName.Length < LongestFolder,
        };
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            bool isBelowDisc = _discs.Skip(before).Any(disc => file.StartsWith(disc.Name + Path.DirectorySeparatorChar, StringComparison.Ordinal));
            if (!isBelowDisc && IsNamedAsImage(file))
            {
                AddImage(file, isNamed: false);
            }
        }

        if (_discs.Count == before && _refused.Count == refused)
        {
            _refused.Add(new("no-archive-disc", $"{source} holds no disc of an archive", "name an image, a drive, or where a disc is mounted"));
        }
    }

    /// <summary>Gives all discs back: what is in a drive may be changed.</summary>
    public void Clear()
    {
        _discs.ForEach(disc => disc.Dispose());
        _discs.Clear();
        _refused.Clear();
        _others.Clear();
        HasFolders = false;
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();

    private static bool IsNamedAsImage(string path) => ImageSuffixes.Contains(Path.GetExtension(path).ToLowerInvariant());

    /// <summary>Whether a medium is all that it says that it is.</summary>
    private static bool IsWholeDisc(ISectorReader medium) =>
        DiscAnalyzer.Analyze(medium) is { ContainsKnownFileSystem: true, SmallerThanExpected: false, Findings.Items.Count: 0 };

    /// <param name="file">What to open.</param>
    /// <param name="isNamed">Whether the user named it, and wants to know what it is not.</param>
    private void AddImage(string file, bool isNamed)
    {
        ISectorReader? medium = null;
        try
        {
            medium = _open(file);
            if (ImageDisc.Open(file, medium) is { } disc)
            {
                _discs.Add(disc);
                return;
            }

            if (Volume.Open(medium)?.Find("PARITY/set.tsv") is not null)
            {
                _others.Add(new("other-disc", $"{file} is a parity disc: it has no files", "'spindle parity check' reads it, with the discs of its set"));
            }
            else if (!isNamed && IsWholeDisc(medium))
            {
                _others.Add(new("other-disc", $"{file} is no disc of an archive", "'spindle extract' takes files out of any disc"));
            }
            else
            {
                _refused.Add(new("no-archive-disc", $"{file} is no disc of an archive{(isNamed ? "" : ", or what is left of one")}", "'spindle audit' holds it against its record, 'spindle extract' takes files out of any disc"));
            }
        }
        catch (OperationFailedException e)
        {
            _refused.Add(e.Failure);
        }

        medium?.Dispose();
    }
}
