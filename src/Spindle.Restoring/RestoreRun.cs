// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Catalogue;
using Spindle.Catalogue.Documents;
using Spindle.Files.Targets;
using Spindle.Files.Windows;
using Spindle.Media;
using Spindle.Restoring.Shelf;

namespace Spindle.Restoring;

/// <summary>One restoring, which is the order of things.</summary>
internal sealed partial class RestoreRun : IDisposable
{
    private readonly RestoreRequest _request;
    private readonly IProgress<WorkProgress> _progress;
    private readonly IDiscFetcher? _fetcher;
    private readonly Func<string, LoosenedDirectories, TargetTree> _openTarget;
    private readonly CatalogueDatabase? _own;
    private readonly DiscShelf _shelf;
    private readonly List<Failure> _concerns = [];
    private readonly List<DamagedFile> _damaged = [];
    private readonly List<DiscWanted> _used = [];
    private readonly List<DiscWanted> _absent = [];
    private readonly Dictionary<long, SplitFile> _splits = [];
    private readonly Dictionary<ArchiveDisc, int> _numbers = [];
    private readonly LoosenedDirectories _loosened = new();
    private CatalogueDatabase _database = null!;
    private string _catalogueName = "";
    private RestoreBook _book = null!;
    private RestoreSelection _selection = null!;
    private NamesInTarget? _names;
    private Guid _archive;
    private string _disc = "";
    private long _bytesRead;
    private long _totalBytes;
    private long _files;
    private List<ArchiveDisc> _listsUsed = [];
    private Failure? _mended;
    private bool _isTargetOurs;
    private long _others;

    public RestoreRun(
        CatalogueDatabase? own, RestoreRequest request, (Func<string, ISectorReader>? OpenMedium, IDiscFetcher? Fetcher, Func<string, LoosenedDirectories, TargetTree> OpenTarget) ports, IProgress<WorkProgress> progress)
    {
        _own = own;
        _request = request;
        _progress = progress;
        _fetcher = ports.Fetcher;
        _openTarget = ports.OpenTarget;
        _shelf = new(ports.OpenMedium);
    }

    public RestoreResult Run(CancellationToken cancellationToken)
    {
        foreach (string source in _request.Sources)
        {
            _shelf.Add(source);
        }

        ChooseCatalogue(cancellationToken);
        _book = RestoreBook.For(_database);
        TellOfListsUsed();
        TellOfSources();
        _selection = RestoreSelection.Of(_database, _request, cancellationToken);
        if (!_request.DryRun)
        {
            try
            {
                Prepare(cancellationToken);
            }
            catch
            {
                Tighten();
                throw;
            }
        }

        _files = _selection.Files();
        _selection.ChooseDiscs(AtHand());
        IReadOnlyList<DiscWanted> discs = _selection.Discs(AtHand());
        _totalBytes = discs.Sum(disc => disc.Bytes);
        if (_request.DryRun)
        {
            return DryRun(discs);
        }

        try
        {
            CopyWhatIsThere(cancellationToken);
            ReadDiscs([.. discs], cancellationToken);
            FinishSplits(cancellationToken);
            MakeTheRest(cancellationToken);
        }
        finally
        {
            Tighten();
        }

        return Result();
    }

    public void Dispose()
    {
        _shelf.Dispose();
        if (_database is not null && !ReferenceEquals(_database, _own))
        {
            _database.Dispose();
        }
    }

    private void ChooseCatalogue(CancellationToken cancellationToken)
    {
        if (_own is not null)
        {
            (_database, _archive, _catalogueName) = (_own, _own.Uuid, _own.Path);
            return;
        }

        List<IGrouping<Guid, ArchiveDisc>> archives = [.. _shelf.Discs.Where(disc => disc.Identity.IsKnown).GroupBy(disc => disc.Identity.Archive)];
        if (archives.Count == 0)
        {
            throw new OperationFailedException(_shelf.Refused.Count > 0 ? _shelf.Refused[0] : new(
                "no-archive-disc", "none of the sources is a disc of an archive that says which one it is", "name another disc of the archive too, or a catalogue with --catalogue"));
        }

        // One that other archives were imported into knows their discs, too.
        CatalogueOrigin? origin = null;
        foreach (IGrouping<Guid, ArchiveDisc> archive in archives.OrderByDescending(archive => archive.Max(disc => disc.Identity.Planned)))
        {
            (_database, origin) = AdoptedCatalogue.Of([.. archive], cancellationToken);
            _archive = archive.Key;
            if (archives.Count == 1 || archives.Where(other => other != archive).SelectMany(other => other).All(Knows))
            {
                break;
            }

            _database.Dispose();
            origin = null;
        }

        if (origin is null)
        {
            throw new OperationFailedException(new(
                "several-archives", $"the sources are discs of {archives.Count} archives: {string.Join(", ", archives.Select(archive => archive.First().Name))}", "restore one after the other"));
        }

        _listsUsed = [.. origin.ListsUsed];
        _catalogueName = origin.Label is null ? "the lists of the discs" : $"the catalogue of disc {origin.Label}";
        if (!origin.IsWhole)
        {
            _mended = new("catalogue-mended", $"the newest catalogue is damaged, and {(origin.DamagedRecords == 1 ? "1 record" : $"{origin.DamagedRecords} records")} of it cannot be read: names, times and permissions may be wrong or lack", "add more discs of the archive, or name a catalogue with --catalogue");
        }
    }

    private bool Knows(ArchiveDisc disc)
    {
        using Statement known = _database.Prepare("SELECT 1 FROM disc WHERE uuid = ?1");
        return known.BindText(1, Encoding.UTF8.GetBytes(disc.Identity.Disc.ToString())).Scalar() is not null;
    }

    /// <summary>Says what can't be used, and which number the catalogue has for each disc: one of an archive that was imported has another one there.</summary>
    private void TellOfSources()
    {
        TellOfRefused();
        _numbers.Clear();
        using Statement byUuid = _database.Prepare("SELECT number FROM disc WHERE uuid = ?1");
        using Statement byLabel = _database.Prepare("SELECT number FROM disc WHERE label = ?1");
        foreach (ArchiveDisc disc in _shelf.Discs)
        {
            DiscIdentity identity = disc.Identity;
            long? number = identity.IsKnown
                ? byUuid.BindText(1, Encoding.UTF8.GetBytes(identity.Disc.ToString())).Scalar() ?? (identity.Archive == _archive ? identity.Number : null)
                : byLabel.BindText(1, Encoding.UTF8.GetBytes(identity.Label)).Scalar();
            if (number is { } known)
            {
                _numbers.Add(disc, (int)known);
            }
            else if (!identity.IsKnown && !identity.IsOdarchive)
            {
                TellUnsure(new("no-archive-disc", $"{disc.Name} does not say which disc it is, and is not used", "--catalogue names the archive's catalogue, which may know it by its label"));
            }
            else
            {
                Failure other = new("other-archive", $"{disc.Name} is a disc of another archive, and is not used", "--catalogue names that archive's catalogue");
                if (!_concerns.Contains(other))
                {
                    _concerns.Add(other);
                }
            }
        }
    }

    private HashSet<int> AtHand() => [.. _numbers.Values];

    private IEnumerable<ArchiveDisc> CopiesOf(int disc) => _shelf.Discs.Where(copy => _numbers.TryGetValue(copy, out int number) && number == disc);

    private FileRestorer OpenTarget()
    {
        TargetTree target = OpenTree();
        return new(_names is null ? target : new MappedTarget(target, _names.Map), _book, _request.Overwrite);
    }

    private TargetTree OpenTree()
    {
        try
        {
            return _openTarget(_request.Target, _loosened);
        }
        catch (TargetException e)
        {
            throw new OperationFailedException(new("target-failed", $"{_request.Target} {e.Message}", "another --to"), e);
        }
    }

    private void ReadDiscs(List<DiscWanted> wanted, CancellationToken cancellationToken)
    {
        while (wanted.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (wanted.Find(disc => AtHand().Contains(disc.Number)) is { } next)
            {
                _used.Add(next with { IsAtHand = true });
                wanted.Remove(next);
                ReadDisc(next, cancellationToken);
                continue;
            }

            if (FinishContinued(cancellationToken) && (wanted = StillNeeded(wanted)).Count == 0)
            {
                continue;
            }

            if (_fetcher?.Fetch(wanted[0], cancellationToken) is not { } answer)
            {
                _absent.Add(wanted[0]);
                wanted.RemoveAt(0);
                continue;
            }

            TellOfLists();
            _shelf.Clear();
            foreach (string source in answer.Length > 0 ? _request.Sources.Append(answer).Distinct() : _request.Sources)
            {
                if (File.Exists(source) || Directory.Exists(source) || ExtendedPath.IsOpticalDrive(source))
                {
                    _shelf.Add(source);
                }
            }

            TellOfSources();
        }
    }

    private void ReadDisc(DiscWanted wanted, CancellationToken cancellationToken)
    {
        _disc = wanted.Label;
        ArchiveDisc disc = CopiesOf(wanted.Number).First();
        using (_database.Snapshot()) // or each question would lock and unlock the file
        using (ListedJobs listed = new(_database, disc, wanted.Number))
        {
            new DiscRestorer(OpenTarget, Read).Run(disc, listed.Windows(), PartWritten, cancellationToken);
        }

        if (_book.FilesDecided == _files)
        {
            return; // as nearly always: what is left over need not be sought
        }

        _book.MarkIn(_database);
        using FileRestorer files = OpenTarget();
        foreach (RestoreJob left in Jobs($"w.state = 0 AND n.disc = {wanted.Number}", needs: true).Where(job => !IsPartWritten(job)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            TryEverywhere(files, left, wanted.Number, cancellationToken);
        }

        _book.MarkIn(_database);
    }

    private void Read(long bytes) => _progress.Report(new("restoring", Interlocked.Add(ref _bytesRead, bytes), _totalBytes, WorkProgress.Bytes) { Item = _disc });
}
