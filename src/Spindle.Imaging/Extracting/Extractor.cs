// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Spindle.Files;
using Spindle.Files.Names;
using Spindle.Files.Patterns;
using Spindle.Files.Targets;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Imaging.Contents;
using Spindle.Media;

namespace Spindle.Imaging.Extracting;

/// <summary>Takes files out of a disc, and never writes outside the directory that it was given.</summary>
/// <remarks>
/// Names become safe ones; no directory that is a symbolic link is ever entered; links are made last, so that nothing is
/// written through them, and only where they stay inside. Files appear under their names when they are whole.
/// </remarks>
public sealed partial class Extractor
{
    private const int BufferSize = 1 << 20;
    private const int PermissionBits = 0x1FF;
    private const int UnixTooLarge = 27; // EFBIG
    private const string DamagedSuffix = ".damaged";

    private readonly Volume _volume;
    private readonly ExtractionRequest _request;
    private readonly IProgress<WorkProgress> _progress;
    private readonly IReadOnlyList<PathPattern> _patterns;
    private readonly string _root;
    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly Dictionary<string, string> _entered = new(StringComparer.Ordinal); // directories by the path that they should have; no one is a link
    private ExtractedNames _names = new(NameRules.Any);
    private readonly HashSet<string> _suffixed = new(StringComparer.Ordinal); // of what was written, what is named as an unfinished file
    private readonly List<(string Path, VolumeEntry Entry)> _links = [];
    private readonly List<(string Path, VolumeEntry Entry)> _directories = [];
    private readonly List<DamagedFile> _damaged = [];
    private readonly List<Failure> _skipped = [];
    private long _files;
    private long _symlinks;
    private long _bytes;

    private Extractor(Volume volume, ExtractionRequest request, IProgress<WorkProgress> progress)
    {
        _volume = volume;
        _request = request;
        _progress = progress;
        _patterns = [.. request.Patterns.Select(pattern => PathPattern.Parse(pattern))];
        _root = Path.GetFullPath(request.Target);
    }

    /// <summary>Takes out what is asked for.</summary>
    /// <param name="volume">The view to take it from.</param>
    /// <param name="request">What, and where to.</param>
    /// <param name="progress">Told after every file.</param>
    /// <param name="cancellationToken">Stops between two pieces of a file; files that are whole stay.</param>
    /// <exception cref="OperationFailedException">The target can't be written.</exception>
    public static Task<ExtractionResult> RunAsync(
        Volume volume, ExtractionRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken) =>
        Task.Run(() => new Extractor(volume, request, progress).Run(cancellationToken), cancellationToken);

    private ExtractionResult Run(CancellationToken cancellationToken)
    {
        TargetFailure.Told(_root, () => Directory.CreateDirectory(_root));
        using (TargetTree target = TargetTree.Open(_root, new()))
        {
            _names = new(NameProbe.Of(target));
        }

        _entered.Add(_root, _root);
        foreach (VolumeEntry entry in _volume.Walk().Where(IsMeant))
        {
            cancellationToken.ThrowIfCancellationRequested();
            TryTake(entry, () => Take(entry, cancellationToken));
        }

        if (Incompleteness.Of(_volume) is { } missing)
        {
            _skipped.Add(missing);
        }

        _filesWithStreamsLeftOut += _volume.Root.Streams.Count > 0 ? 1 : 0; // there is no name beside which a record of the root could lie
        TellStreams();

        MakeLinks();
        FinishDirectories();
        return new()
        {
            Files = _files,
            Directories = _directories.Count,
            Symlinks = _symlinks,
            Forks = _forks,
            ForksLeftOut = _forksLeftOut,
            Bytes = _bytes,
            Damaged = _damaged,
            Skipped = _skipped,
            Warnings = [.. Incompleteness.OfOtherTrees(_volume), .. Incompleteness.OfNames(_volume) is { } names ? [names] : Array.Empty<Failure>(), .. _names.Told() is { } changed ? [changed] : Array.Empty<Failure>()],
        };
    }

    private void Take(VolumeEntry entry, CancellationToken cancellationToken)
    {
        string path = Path.Combine(_root, _names.PathOf(entry));
        switch (entry.Type)
        {
            case EntryType.Directory:
                if (Enter(path, entry) is { } directory)
                {
                    _directories.Add((directory, entry));
                    if (entry.Streams.Count > 0 || entry.AreStreamsLost)
                    {
                        TryTake(entry, () => WriteForks(directory, entry, cancellationToken));
                    }
                }

                break;
            case EntryType.Symlink:
                _links.Add((path, entry));
                break;
            case EntryType.File:
                if (Enter(Path.GetDirectoryName(path)!, entry) is { } parent)
                {
                    string own = _names.OwnPath(Path.Combine(parent, Path.GetFileName(path)), entry);
                    Write(own, entry, cancellationToken);
                    TryTake(entry, () => WriteForks(own, entry, cancellationToken));
                }

                break;
            case EntryType.Unknown:
                Skip(entry, "description-lost", "cannot be taken out: what describes it is lost");
                break;
            default:
                Skip(entry, "not-a-file", "is a device, pipe or socket, which is not made again");
                break;
        }
    }

    /// <summary>What this system can't hold is left out; the others are still wanted.</summary>
    private void TryTake(VolumeEntry entry, Action take)
    {
        try
        {
            take();
        }
        catch (OperationFailedException e) when (e.InnerException is PathTooLongException)
        {
            Skip(entry, "name-too-long", "has a name or path that is too long for this system");
        }
        catch (OperationFailedException e) when (e.InnerException is IOException { HResult: UnixTooLarge })
        {
            Skip(entry, "file-too-large", $"says that it has {entry.Size} bytes, which are too many for the target");
        }
    }

    private bool IsMeant(VolumeEntry entry) =>
        entry.Parent is not null && (_patterns.Count == 0 || _patterns.Any(pattern => pattern.Matches(entry.Path)));

    /// <summary>Makes a directory, and looks that neither it nor one above it is a link to somewhere else.</summary>
    /// <returns>Where it is: where something else of the disc has its name already, it has another one. Null where it cannot be made.</returns>
    private string? Enter(string directory, VolumeEntry entry)
    {
        if (_entered.TryGetValue(directory, out string? known))
        {
            return known;
        }

        if (Enter(Path.GetDirectoryName(directory)!, entry) is not { } parent)
        {
            return null;
        }

        string path = _names.OwnPath(Path.Combine(parent, Path.GetFileName(directory)), entry);
        FileInfo there = new(path);
        if (there.LinkTarget is not null || there.Exists)
        {
            Skip(entry, "target-blocked", $"cannot be written: {path} is {(there.Exists ? "a file" : "a link")}");
            return null;
        }

        TargetFailure.Told(path, () => Directory.CreateDirectory(path));
        _entered.Add(directory, path);
        return path;
    }

    private void Write(string path, VolumeEntry entry, CancellationToken cancellationToken)
    {
        if (entry.IsSystemCompressed)
        {
            Skip(entry, "system-compressed", "is stored compressed by macOS (decmpfs), and its content is not where that of a file is; a Mac reads it");
            return;
        }

        using ContentStream content = _volume.OpenContent(entry);
        if (WriteContent(path, entry, [], content, cancellationToken))
        {
            Count(entry, content);
            _progress.Report(new("extracting", _bytes, 0, WorkProgress.Bytes) { Item = entry.Path });
        }
    }

    /// <returns>Whether it is there now, whole or damaged; not, where something was in the way.</returns>
    private bool WriteContent(string path, VolumeEntry entry, byte[] prefix, ContentStream content, CancellationToken cancellationToken)
    {
        FileInfo there = new(path);
        if (Directory.Exists(path) || ((there.Exists || there.LinkTarget is not null) && !_request.Overwrite))
        {
            Skip(entry, "already-exists", $"is there already: {path}");
            return false;
        }

        string part = FreeName(path, WholeFile.PartSuffix);
        try
        {
            TargetFailure.Told(part, () =>
            {
                Copy(prefix, content, part, cancellationToken);
                SetAttributes(part, entry, isDirectory: false);
                return true;
            });
            bool isDamaged = content.Unreadable.Count > 0 || entry.IsDescriptionLost;
            string final = isDamaged ? FreeName(path, DamagedSuffix) : path;
            TargetFailure.Told(final, () =>
            {
                File.Move(part, final, overwrite: true);
                return true;
            });
            if (final.EndsWith(WholeFile.PartSuffix, StringComparison.Ordinal) || final.EndsWith(DamagedSuffix, StringComparison.Ordinal))
            {
                _suffixed.Add(final);
            }

            return true;
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    private void Count(VolumeEntry entry, ContentStream content)
    {
        _bytes += content.Length;
        if (content.Unreadable.Count > 0 || entry.IsDescriptionLost)
        {
            _damaged.Add(new(entry.Path, content.Unreadable.Sum(range => range.Length)));
        }
        else
        {
            _files++;
        }
    }

    /// <summary>A path with a suffix, under which nothing is that must not be lost.</summary>
    /// <remarks>A disc may hold both <c>x</c> and <c>x.part</c>, and names as long as they may be: then the suffix takes their end.</remarks>
    private string FreeName(string path, string suffix)
    {
        const int longestName = 255; // bytes: of nearly all systems
        string name = Path.GetFileName(path);
        for (int attempt = 0; ; attempt++)
        {
            string end = attempt == 0 ? suffix : string.Create(CultureInfo.InvariantCulture, $".{attempt}{suffix}");
            int length = name.Length;
            while (length > 1 && Encoding.UTF8.GetByteCount(name.AsSpan(0, length)) + end.Length > longestName)
            {
                length -= length > 2 && char.IsLowSurrogate(name[length - 1]) ? 2 : 1;
            }

            string free = Path.Combine(Path.GetDirectoryName(path)!, name[..length] + end);
            bool isThere = Path.Exists(free) || new FileInfo(free).LinkTarget is not null;
            if (!isThere || (_request.Overwrite && !_suffixed.Contains(free) && !Directory.Exists(free)))
            {
                return free;
            }
        }
    }

    private void Copy(byte[] prefix, ContentStream content, string part, CancellationToken cancellationToken)
    {
        // A link that lies in wait under the part file's name is removed, not followed.
        File.Delete(part);
        using FileStream file = new(part, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 });
        SetLength(file, prefix.Length + content.Length);
        file.Write(prefix);
        while (content.Position < content.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (content.SkipZeros() > 0)
            {
                file.Position = prefix.Length + content.Position;
                continue;
            }

            file.Write(_buffer.AsSpan(0, content.Read(_buffer)));
        }
    }

    private static void SetLength(FileStream file, long length)
    {
        try
        {
            file.SetLength(length);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new IOException(e.Message, UnixTooLarge); // which is how the library tells of that error
        }
    }

    private void MakeLinks()
    {
        foreach ((string path, VolumeEntry entry) in _links)
        {
            TryTake(entry, () => MakeLink(path, entry));
        }
    }

    private void MakeLink(string wanted, VolumeEntry entry)
    {
        if (entry.IsDescriptionLost)
        {
            Skip(entry, "description-lost", "is a link, and a part of what says where it leads is lost");
        }
        else if (!SafePath.StaysInside(entry))
        {
            Skip(entry, "link-leads-outside", $"is a link that leads outside, to {entry.Target}");
        }
        else if (Enter(Path.GetDirectoryName(wanted)!, entry) is { } parent)
        {
            string path = _names.OwnPath(Path.Combine(parent, Path.GetFileName(wanted)), entry);
            FileInfo there = new(path);
            if (Directory.Exists(path) || ((there.Exists || there.LinkTarget is not null) && !_request.Overwrite))
            {
                Skip(entry, "already-exists", $"is there already: {path}");
                return;
            }

            TargetFailure.Told(path, () =>
            {
                File.Delete(path);
                bool isOfDirectory = Directory.Exists(Path.Combine(parent, entry.Target!)); // which Windows must be told of
                return isOfDirectory ? Directory.CreateSymbolicLink(path, entry.Target!) : File.CreateSymbolicLink(path, entry.Target!);
            });
            if (new FileInfo(path).LinkTarget is null)
            {
                Skip(entry, "not-a-file", "is a link, which this system did not make, and said nothing");
                return;
            }

            _symlinks++;
        }
    }

    /// <summary>Times and permissions of directories, the deepest first: what is written into one changes it.</summary>
    private void FinishDirectories()
    {
        foreach ((string path, VolumeEntry entry) in Enumerable.Reverse(_directories))
        {
            TargetFailure.Told(path, () =>
            {
                SetAttributes(path, entry, isDirectory: true);
                return true;
            });
        }
    }

    private static void SetAttributes(string path, VolumeEntry entry, bool isDirectory)
    {
        if (entry.Modified is { } modified)
        {
            Action<string, DateTime> set = isDirectory ? Directory.SetLastWriteTimeUtc : File.SetLastWriteTimeUtc; // Windows opens the two in two ways
            set(path, modified.UtcDateTime);
        }

        if (entry.Mode is { } mode && !OperatingSystem.IsWindows())
        {
            // Its owner can go on using it; set-user-ID and the like are not taken from a disc.
            UnixFileMode ours = isDirectory
                ? UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                : UnixFileMode.UserRead | UnixFileMode.UserWrite;
            File.SetUnixFileMode(path, (UnixFileMode)(mode & PermissionBits) | ours);
        }
    }

    private void Skip(VolumeEntry entry, string code, string why) => _skipped.Add(new(code, $"{entry.Path} {why}"));
}
