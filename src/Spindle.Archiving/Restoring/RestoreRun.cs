// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Archiving.Catalogue;
using Spindle.Archiving.Sources;
using Spindle.Media;

namespace Spindle.Archiving.Restoring;

/// <summary>One restoring, which is the order of things.</summary>
internal sealed partial class RestoreRun : IDisposable
{
    private readonly RestoreRequest _request;
    private readonly IProgress<RestoreProgress> _progress;
    private readonly CatalogueDatabase? _own;
    private readonly DiscShelf _shelf;
    private readonly RestoreBook _book = new();
    private readonly List<Failure> _concerns = [];
    private readonly List<DamagedFile> _damaged = [];
    private readonly List<DiscWanted> _used = [];
    private readonly List<DiscWanted> _absent = [];
    private readonly Dictionary<long, SplitFile> _splits = [];
    private CatalogueDatabase _database = null!;
    private string _catalogueName = "";
    private RestoreSelection _selection = null!;
    private Guid _archive;
    private string _disc = "";
    private long _bytesRead;
    private long _totalBytes;
    private long _others;

    public RestoreRun(CatalogueDatabase? own, RestoreRequest request, IProgress<RestoreProgress> progress)
    {
        _own = own;
        _request = request;
        _progress = progress;
        _shelf = new(request.OpenMedium);
    }

    public RestoreResult Run(CancellationToken cancellationToken)
    {
        foreach (string source in _request.Sources)
        {
            _shelf.Add(source);
        }

        ChooseCatalogue(cancellationToken);
        TellOfSources();
        _selection = RestoreSelection.Of(_database, _request, cancellationToken);
        if (!_request.IsDryRun)
        {
            Prepare(cancellationToken);
        }

        _selection.ChooseDiscs(AtHand());
        IReadOnlyList<DiscWanted> discs = _selection.Discs(AtHand());
        _totalBytes = discs.Sum(disc => disc.Bytes);
        if (_request.IsDryRun)
        {
            return DryRun(discs);
        }

        CopyWhatIsThere(cancellationToken);
        ReadDiscs([.. discs], cancellationToken);
        FinishSplits(cancellationToken);
        MakeTheRest(cancellationToken);
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

        if (archives.Count > 1)
        {
            throw new OperationFailedException(new(
                "several-archives", $"the sources are discs of {archives.Count} archives: {string.Join(", ", archives.Select(archive => archive.First().Name))}", "restore one after the other"));
        }

        (_database, CatalogueOrigin origin) = AdoptedCatalogue.Of([.. archives[0]], cancellationToken);
        _archive = archives[0].Key;
        _catalogueName = origin.Label is null ? "the lists of the discs" : $"the catalogue of disc {origin.Label}";
        if (!origin.IsWhole)
        {
            _concerns.Add(new("catalogue-mended", $"the newest catalogue is damaged: {origin.DamagedRecords} records of it were lost or taken from other discs", "add more discs of the archive, or name a catalogue with --catalogue"));
        }
    }

    /// <summary>Says what can't be used, and gives discs that don't know who they are the number that the catalogue has for their name.</summary>
    private void TellOfSources()
    {
        _concerns.AddRange(_shelf.Refused.Where(refused => !_concerns.Contains(refused)));
        using Statement number = _database.Prepare("SELECT number FROM disc WHERE label = ?1");
        foreach (ArchiveDisc disc in _shelf.Discs)
        {
            if (!disc.Identity.IsKnown && number.BindText(1, Encoding.UTF8.GetBytes(disc.Identity.Label)).Scalar() is { } known)
            {
                disc.Identify(disc.Identity with { Number = (int)known, Archive = _archive });
            }
            else if (disc.Identity.Archive != _archive)
            {
                Failure other = new("other-archive", $"{disc.Name} is a disc of another archive, and is not used", "--catalogue names that archive's catalogue");
                if (!_concerns.Contains(other))
                {
                    _concerns.Add(other);
                }
            }
        }
    }

    private HashSet<int> AtHand() => [.. _shelf.Discs.Where(disc => disc.Identity.Archive == _archive).Select(disc => disc.Identity.Number)];

    private FileRestorer OpenTarget()
    {
        try
        {
            return new(TargetTree.Open(_request.Target), _book);
        }
        catch (TargetException e)
        {
            throw new OperationFailedException(new("target-failed", $"{_request.Target} {e.Message}", "another --to"), e);
        }
    }

    /// <summary>Looks what is there already, and is right.</summary>
    private void Prepare(CancellationToken cancellationToken)
    {
        using FileRestorer files = OpenTarget();
        using (Statement ours = _database.Prepare("""
            SELECT d.path, e.name FROM temp.wanted w JOIN entry e ON e.id = w.entry JOIN directory d ON d.id = e.directory
            WHERE substr(e.name, -5) = x'2e70617274' OR substr(e.name, -8) = x'2e64616d61676564'
            """))
        {
            while (ours.Step())
            {
                _book.Take(ArchivePath.Join(ours.Blob(0), ours.Blob(1)));
            }
        }

        if (files.Target.IsEmpty())
        {
            return;
        }

        foreach (RestoreJob job in Jobs(null))
        {
            cancellationToken.ThrowIfCancellationRequested();
            RestoreName name = job.Names[0];
            try
            {
                if (files.Target.Look(name.Path) is not { } there)
                {
                    continue;
                }

                if (there.Kind == EntryKind.File && there.Size == job.Size && job.Content != 0 && files.IsRight(name.Path, job, cancellationToken))
                {
                    files.Refresh(name);
                }
                else if (!_request.Overwrite || there.Kind == EntryKind.Directory)
                {
                    _book.Skip(name.Entry);
                    _book.Problem(new("already-exists", $"{name.Text} is there already, and is something else", there.Kind == EntryKind.Directory ? "move it away" : "--overwrite replaces it"));
                }
            }
            catch (TargetException e)
            {
                _book.Refused(name, e);
            }
        }

        _book.MarkIn(_database);
    }

    /// <summary>Names of contents that are there under another name need no disc.</summary>
    private void CopyWhatIsThere(CancellationToken cancellationToken)
    {
        if (_book.FilesPresent == 0)
        {
            return;
        }

        using FileRestorer files = OpenTarget();
        foreach (RestoreJob job in Jobs("w.content IN (SELECT content FROM temp.wanted WHERE kind = 0 AND state = 1) AND w.content IN (SELECT content FROM temp.wanted WHERE kind = 0 AND state = 0)", withDone: true))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (job.Names.Find(name => name.IsDone && _book.IsPresent(name.Entry)) is { } leader)
            {
                files.CopyToOthers(job, leader.Path);
            }
        }

        _book.MarkIn(_database);
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

            if (_request.AskForDisc?.Invoke(wanted[0], cancellationToken) is not { } answer)
            {
                _absent.Add(wanted[0]);
                wanted.RemoveAt(0);
                continue;
            }

            _shelf.Clear();
            foreach (string source in answer.Length > 0 ? _request.Sources.Append(answer).Distinct() : _request.Sources)
            {
                if (File.Exists(source) || Directory.Exists(source))
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
        ArchiveDisc[] copies = [.. _shelf.Discs.Where(disc => disc.Identity.Archive == _archive && disc.Identity.Number == wanted.Number)];
        List<RestoreJob> jobs = [.. Jobs($"w.state = 0 AND n.disc = {wanted.Number}", needs: true)];
        foreach (RestoreJob job in jobs)
        {
            if (job.Sha256 is not null && copies[0].Index.Find(job.Sha256, job.Offset) is { } place)
            {
                job.Position = place.Sector * 2048;
            }
        }

        jobs.Sort((one, other) => one.Position.CompareTo(other.Position));
        DiscRestorer restorer = new(OpenTarget, Read);
        restorer.Run(copies[0], jobs, PartWritten, cancellationToken);
        _book.MarkIn(_database);
        using FileRestorer files = OpenTarget();
        foreach (RestoreJob suspect in restorer.Suspects.OrderBy(job => job.Position))
        {
            cancellationToken.ThrowIfCancellationRequested();
            TryEverywhere(files, suspect, wanted.Number, cancellationToken);
        }

        _book.MarkIn(_database);
    }

    private void Read(long bytes) => _progress.Report(new(_disc, _book.FilesRestored, Interlocked.Add(ref _bytesRead, bytes), _totalBytes));

    /// <summary>Looks for a content in every place that may have it: other trees and copies of the disc, other discs.</summary>
    private void TryEverywhere(FileRestorer files, RestoreJob job, int disc, CancellationToken cancellationToken)
    {
        ReadAttempt? best = null;
        DiscContent? bestContent = null;
        foreach (DiscContent content in PlacesOf(job, disc))
        {
            bestContent?.Dispose();
            ReadAttempt attempt = files.Copy(job, content, _ => { }, cancellationToken);
            if (attempt.IsRight)
            {
                content.Dispose();
                if (job.Part > 0)
                {
                    PartWritten(job, attempt);
                }

                return;
            }

            if (best is null || attempt.Unreadable.Sum(range => range.Length) < best.Unreadable.Sum(range => range.Length))
            {
                best = attempt;
            }

            bestContent = content;
        }

        bestContent?.Dispose();
        best ??= new(IsRight: false, [new(0, job.Length)]);
        if (job.Part > 0)
        {
            PartWritten(job, best);
            return;
        }

        files.KeepDamaged(job);
        foreach (RestoreName name in job.Names)
        {
            _book.Skip(name.Entry);
            _damaged.Add(new(name.Text, job.Size, disc, best.Unreadable));
        }
    }

    private IEnumerable<DiscContent> PlacesOf(RestoreJob job, int disc)
    {
        List<(int Disc, long Part)> placements = [(disc, job.Part)];
        using (Statement others = _database.Prepare("SELECT disc FROM placement WHERE content = ?1 AND part = ?2 AND disc <> ?3"))
        {
            others.Bind(1, job.Content).Bind(2, job.Part).Bind(3, (long)disc);
            while (others.Step())
            {
                placements.Add(((int)others.Number(0), job.Part));
            }
        }

        List<byte[]> paths = PathsOf(job);
        foreach ((int number, _) in placements)
        {
            foreach (ArchiveDisc copy in _shelf.Discs.Where(copy => copy.Identity.Archive == _archive && copy.Identity.Number == number))
            {
                DiscPlace? place = job.Sha256 is null ? null : copy.Index.Find(job.Sha256, job.Offset);
                foreach (DiscContent content in paths.SelectMany((path, index) => copy.Places(index == 0 ? place : null, path, job.Length)))
                {
                    yield return content;
                }
            }
        }
    }

    /// <summary>Paths from a disc's root under which a content may lie.</summary>
    private List<byte[]> PathsOf(RestoreJob job)
    {
        const int enough = 20;
        string suffix = "";
        if (job.Part > 0)
        {
            using Statement count = _database.Prepare("SELECT max(part) FROM placement WHERE content = ?1");
            suffix = "." + new Discs.FilePart((int)job.Part, (int)(count.Bind(1, job.Content).Scalar() ?? job.Part), job.Offset, job.Length, null).Suffix;
        }

        List<byte[]> paths = [];
        using Statement names = _database.Prepare("SELECT path, name FROM entry JOIN directory ON directory.id = entry.directory WHERE content = ?1 ORDER BY entry.id LIMIT ?2");
        names.Bind(1, job.Content).Bind(2, (long)enough);
        while (names.Step())
        {
            byte[] path = [.. "DATA/"u8, .. ArchivePath.Join(names.Blob(0), names.Blob(1)), .. Encoding.ASCII.GetBytes(suffix)];
            if (!paths.Exists(known => known.AsSpan().SequenceEqual(path)))
            {
                paths.Add(path);
            }
        }

        return paths;
    }
}
