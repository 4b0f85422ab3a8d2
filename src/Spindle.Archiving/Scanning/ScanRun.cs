// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Spindle.Catalogue;
using Spindle.Files;
using Spindle.Files.Listing;
using Spindle.Media;

namespace Spindle.Archiving.Scanning;

/// <summary>One look at one source. It works on the thread that runs it; a walk and the readers work on theirs.</summary>
internal sealed partial class ScanRun : IDisposable
{
    private const int MaximumFilesUnderWay = 8192;
    private const int MaximumBatchFiles = 64;
    private const int MaximumBatchBytes = 512 * 1024;
    private const int MaximumBatchesUnderWay = 256; // each may hold a directory open
    private const int ProblemsTold = 1000;

    private static readonly TimeSpan CommitInterval = TimeSpan.FromSeconds(0.7);
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(0.1);

    private readonly ScanRequest _request;
    private readonly string _source;
    private readonly int _sourceLength; // bytes of its path
    private readonly string _prefix;
    private readonly ISourceDirectory _root;
    private readonly TimeProvider _time;
    private readonly ISourceSystem _system;
    private readonly ScanRow _row;
    private readonly CatalogueUpdate _update;
    private readonly ExtraText _extras;
    private readonly byte[] _prefixBytes;
    private readonly ImportedPlaces _imported;
    private readonly CatalogueFiles _ownFiles;
    private readonly bool _checksSha512;
    private readonly bool _mayHaveMoved;
    private readonly long? _filesBefore;
    private readonly AutoResetEvent _woken = new(false);
    private readonly Dictionary<(long Device, long Inode), FileJob> _linkedUnderWay = [];
    private readonly Dictionary<(long Device, long Inode), FileJob> _linkedFresh = []; // read in this scan, though the next must read them again
    private readonly List<Failure> _problems = [];
    private long _files;
    private long _directories;
    private long _others;
    private long _bytes;
    private long _filesRead;
    private long _bytesRead;
    private long _problemCount;
    private long _bytesSent; // to be read
    private bool _hasChanged;
    private bool _hasRootChanged;
    private int _filesUnderWay;
    private int _batchesUnderWay;
    private FileQueue _queue = null!; // set for as long as it runs
    private WorkProgress _told;
    private CancellationToken _cancellationToken;

    public ScanRun(CatalogueDatabase database, ScanRequest request, (string Path, string Prefix) source, (ISourceSystem System, ISourceDirectory Root, TimeProvider Time) machine)
    {
        _request = request;
        (_source, _prefix) = source;
        _sourceLength = Encoding.UTF8.GetByteCount(_source);
        (_system, _root, _time) = machine;
        _prefixBytes = Encoding.UTF8.GetBytes(_prefix);
        _row = ScanRow.Begin(database, _source, _prefix, _time);
        _update = new(database, _row.Id, _prefixBytes, _time);
        _ownFiles = new(_system, database);
        _imported = new(SourceBook.Imported(database), _prefix);
        _extras = new(_system);
        using Statement incomplete = database.Prepare("SELECT EXISTS (SELECT 1 FROM content WHERE sha512 IS NULL OR sha256 IS NULL)");
        _checksSha512 = request.WithSha512 && incomplete.Scalar() == 1;
        _mayHaveMoved = _row.FirstEntry > 1;
        _filesBefore = _row.FilesBefore(_source, _prefix);
    }

    public SourceScan Run(IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        long began = _time.GetTimestamp();
        bool isRotating = _system.IsRotational(_root.Status.Device);
        int threads = _request.Threads ?? (isRotating ? 1 : Environment.ProcessorCount);
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using FileQueue queue = new(
            token => new ContentReader(_request.WithSha512, _extras, _time, token), threads, !isRotating, () => _woken.Set(), ending.Token);
        _queue = queue;
        using SourceWalk walk = new(_root, _request, (_ownFiles, _imported), () => _woken.Set(), ending.Token);
        try
        {
            walk.Start();
            PutPrefix();
            TellWhatIsHidden();
            Work(walk, progress);
        }
        catch
        {
            ending.Cancel();
            _update.CommitAfter(TimeSpan.Zero);
            throw;
        }

        _hasChanged |= _update.PartGroups();
        SourceScan result = Result(began);
        _update.Begin();
        _row.Finish(result, _request, (RootStatus(), _extras.Of(_root.Status, _root.Attributes("."u8), null)), _time);
        _update.CommitAfter(TimeSpan.Zero);
        Tell(progress, isAllListed: true);
        return result;
    }

    public void Dispose()
    {
        _update.Dispose();
        _woken.Dispose();
    }

    /// <summary>Bytes are counted as they are read, within a file, too: a disk image takes hours. How many there will be is known when all is listed.</summary>
    /// <remarks>Told only where something has moved: who shows it tells of silence.</remarks>
    private void Tell(IProgress<WorkProgress> progress, bool isAllListed)
    {
        long read = _queue.BytesRead;
        string path = _queue.UnderWay is { } file ? ShownInSource(Joined(_update.PathOf(file.Directory), file.Name)) : _source;
        string before = _filesBefore is { } files && !isAllListed ? string.Create(CultureInfo.InvariantCulture, $" of about {files}") : "";
        WorkProgress now = new("scanning", read, isAllListed ? Math.Max(read, _bytesSent) : 0, WorkProgress.Bytes)
        {
            Item = string.Create(CultureInfo.InvariantCulture, $"{path} ({_files}{before} {(_files == 1 && before.Length == 0 ? "file" : "files")} looked at)"),
            Trouble = WorkTrouble.Of(_problemCount, "problems"),
        };
        if (now != _told)
        {
            _told = now;
            progress.Report(now);
        }
    }

    /// <summary>What was read is booked first: so little waits, and a killed scan has little to do again.</summary>
    private void Work(SourceWalk walk, IProgress<WorkProgress> progress)
    {
        long reported = _time.GetTimestamp();
        while (true)
        {
            BookWhatWasRead();
            _update.CommitAfter(CommitInterval);
            if (_time.GetElapsedTime(reported) >= ProgressInterval)
            {
                reported = _time.GetTimestamp();
                Tell(progress, walk.IsOver);
            }

            _cancellationToken.ThrowIfCancellationRequested();
            if (HasRoom() && walk.TryTake(out WalkedDirectory directory))
            {
                Compare(directory);
                walk.Recycle(directory.Listing);
            }
            else if (walk.IsOver && _filesUnderWay == 0)
            {
                walk.ThrowIfFailed();
                return;
            }
            else
            {
                _woken.WaitOne(ProgressInterval);
            }
        }
    }

    private bool HasRoom() => _filesUnderWay < MaximumFilesUnderWay && _batchesUnderWay < MaximumBatchesUnderWay;

    private void BookWhatWasRead()
    {
        while (_queue.TryTake(out FileBatch batch))
        {
            foreach (FileJob job in batch.Jobs)
            {
                Book(job);
                _filesUnderWay--;
            }

            batch.Release();
            _batchesUnderWay--;
        }
    }

    private void Send(FileBatch batch)
    {
        while (!HasRoom())
        {
            _woken.WaitOne(ProgressInterval);
            _cancellationToken.ThrowIfCancellationRequested();
            BookWhatWasRead();
            _update.CommitAfter(CommitInterval);
        }

        _filesUnderWay += batch.Jobs.Count;
        _bytesSent += batch.Bytes;
        _batchesUnderWay++;
        _queue.Add(batch);
    }

    /// <summary>The directories down to where the source stands.</summary>
    private void PutPrefix()
    {
        for (int end = 0; end < _prefixBytes.Length;)
        {
            int start = end == 0 ? 0 : end + 1;
            int slash = _prefixBytes.AsSpan(start).IndexOf((byte)'/');
            byte[] above = _prefixBytes[..end];
            end = slash < 0 ? _prefixBytes.Length : start + slash;
            byte[] name = _prefixBytes[start..end];
            long directory = _update.Directory(above).Id;
            KnownEntry? known = _update.Find(directory, name);
            bool isSource = end == _prefixBytes.Length;
            NodeStatus status = isSource ? Own(_root.Status) : new(EntryKind.Directory, 0, 0, 0, 0, 0, 0x1ED, 0, 0, 1, 0, 0); // 0755
            if (isSource || known is null)
            {
                _hasChanged |= _update.Put(directory, name, known, new(status, null, null, isSource ? _extras.Of(status, _root.Attributes("."u8), null) : null, 0));
            }
        }
    }

    /// <summary>What the source has under the name of an imported archive can't be shown beside that.</summary>
    private void TellWhatIsHidden()
    {
        foreach (byte[] path in _imported.Paths)
        {
            try
            {
                _root.OpenDirectory(path).Dispose();
                Problem(new("place-taken", $"{Shown(path)} is left out: an archive that was imported stands at its place", "rename it, or scan it by itself, with --as NAME"));
            }
            catch (SourceException)
            {
                // It is not there, as it should be.
            }
        }
    }

    /// <summary>What the catalogue itself puts into the root changes the root's time: that is no news.</summary>
    private NodeStatus RootStatus()
    {
        NodeStatus now = _root.Status;
        return !_hasRootChanged && _ownFiles.AreIn(now) && _row.RootModified() is { } before ? now with { Modified = before } : now;
    }

    /// <summary>The number of the source's own device may be another one after the next start of the system; it counts as 0.</summary>
    private NodeStatus Own(in NodeStatus status) => status.Device == _root.Status.Device ? status with { Device = 0 } : status;

    private void Problem(Failure problem)
    {
        _problemCount++;
        if (_problems.Count < ProblemsTold)
        {
            _problems.Add(problem);
        }
    }

    private SourceScan Result(long began) => new()
    {
        Scan = _row.Id,
        Source = _source,
        Prefix = _prefix,
        IsResumed = _row.IsResumed,
        Totals = new(_files, _directories, _others, _bytes),
        Changes = _hasChanged || _row.IsResumed ? _row.Changes() : default,
        FilesRead = _filesRead,
        BytesRead = _bytesRead,
        ProblemCount = _problemCount,
        Problems = _problems,
        Concerns = [.. Concerns()],
        Duration = _time.GetElapsedTime(began),
    };

    private IEnumerable<Failure> Concerns()
    {
        if (_extras.FarTimes is > 0 and long times)
        {
            yield return new(
                "far-times",
                $"{(times == 1 ? "1 name has a time" : $"{times} names have times")} before 1677-09-21 or after 2262-04-11",
                "'spindle restore' gives them back; what the discs show, and restore.sh, have the nearest time that they can");
        }

        if (_system.IsReduced)
        {
            yield return new(
                "attributes-not-read",
                "this version of the system answers otherwise than is known: owners, hard links and attributes, resource forks among them, are not read",
                "report it with the system's version; until then, pack what needs them into an archive file of the system, and scan that");
        }

        if (_extras.AttributesLeftOut is > 0 and long attributes)
        {
            yield return new(
                "attributes-left-out",
                $"{(attributes == 1 ? "1 name has an attribute" : $"{attributes} names have attributes")}, such as a resource fork, of more than 16 MiB, which {(attributes == 1 ? "is" : "are")} not kept",
                "pack what needs them into an archive file of macOS, such as a disk image, and scan that");
        }

        if (_extras.StreamsLeftOut is > 0 and long streams)
        {
            yield return new(
                "streams-not-kept",
                $"{(streams == 1 ? "1 name has" : $"{streams} names have")} streams of Windows (NTFS) beside the content, such as where a download came from; they are not kept",
                "'dir /r' shows them; pack what needs them into an archive file that keeps streams, such as a disk image (VHDX), and scan that");
        }

        if (_extras.AccessListsLeftOut is > 0 and long lists)
        {
            yield return new(
                "access-lists-not-kept",
                $"{(lists == 1 ? "1 name has an access list" : $"{lists} names have access lists")} (ACL) of {(lists == 1 ? "its" : "their")} own; {(lists == 1 ? "it is" : "they are")} not kept, and who may read what is restored is for its new place to say",
                "'icacls FOLDER /save FILE /t' on Windows, or 'ls -leR' on macOS, writes them down; keep that with the archive");
        }
    }
}
