// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using Spindle.Files;
using Spindle.Files.Listing;
using Spindle.Imaging.Hashing;
using Spindle.Imaging.Records;
using Spindle.Media;

namespace Spindle.Imaging.Auditing;

/// <summary>Holds a collection of images against its records. It writes nothing into it, but for records of images that had none, where that is asked for.</summary>
/// <param name="time">The clock.</param>
/// <param name="history">Earlier audits; null where nothing is known of any.</param>
/// <param name="lists">Knows images that carry their own lists; null where none is looked for.</param>
/// <param name="random">Decides which images a sample takes, where nothing else does; null for one of its own.</param>
public sealed class Auditor(TimeProvider time, IAuditHistory? history = null, IOwnLists? lists = null, Random? random = null)
{
    private const int Waiting = 256; // images that are read ahead of the walk, and results ahead of their reader

    /// <summary>Audits a collection.</summary>
    /// <param name="request">What to audit.</param>
    /// <param name="progress">Told from several threads, one at a time.</param>
    /// <param name="cancellationToken">Stops within a second.</param>
    /// <returns>The images and records, told as each is known: those of one disk that are read in the order of their paths. Read once.</returns>
    /// <exception cref="OperationFailedException"><c>no-such-source</c>: a path is not there. Thrown at once.</exception>
    public IEnumerable<AuditedImage> Audit(AuditRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        foreach (string path in request.Paths.Concat(request.Copies))
        {
            if (!Path.Exists(path))
            {
                throw new OperationFailedException(new("no-such-source", $"there is no {path}", "check the name"));
            }
        }

        return Images(request, progress, cancellationToken);
    }

    private IEnumerable<AuditedImage> Images(AuditRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        using Run run = new(this, request, progress);
        foreach (AuditedImage image in run.All(cancellationToken))
        {
            yield return image;
        }
    }

    /// <summary>One audit: a walk that hands images to the readers of their disks, and results that come back.</summary>
    private sealed class Run(Auditor auditor, AuditRequest request, IProgress<WorkProgress> progress) : IDisposable
    {
        private readonly BlockingCollection<AuditedImage> _results = new(Waiting);
        private readonly Dictionary<long, BlockingCollection<Candidate>> _disks = [];
        private readonly List<Task> _readers = [];
        private readonly AuditSelection _selection = new(request, auditor.History, auditor.Time.GetUtcNow(), auditor.Random);
        private readonly CollectionWalk _walk = new(SourceSystem.OfThisMachine(), request.Paths);
        private readonly CopyFinder? _copies = request.Copies.Count > 0 ? new(request.Copies) : null;
        private readonly Lock _counting = new();
        private long _bytes;
        private long _total;
        private long _bad;

        public IEnumerable<AuditedImage> All(CancellationToken cancellationToken)
        {
            Look(cancellationToken);
            using CancellationTokenSource stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task walking = OnThread(() => WalkAsync(stopped.Token).GetAwaiter().GetResult());
            try
            {
                foreach (AuditedImage image in _results.GetConsumingEnumerable(CancellationToken.None))
                {
                    yield return image;
                }

                walking.GetAwaiter().GetResult();
                progress.Report(new("auditing", _bytes, _bytes, WorkProgress.Bytes) { Trouble = Trouble() });
            }
            finally
            {
                stopped.Cancel();
                foreach (AuditedImage _ in _results.GetConsumingEnumerable(CancellationToken.None))
                {
                    // Whoever waits to tell of one must end before what it works on is let go.
                }

                walking.ContinueWith(_ => { }, TaskScheduler.Default).GetAwaiter().GetResult();
            }
        }

        public void Dispose()
        {
            _results.Dispose();
            foreach (BlockingCollection<Candidate> disk in _disks.Values)
            {
                disk.Dispose();
            }
        }

        /// <summary>Counts what there is to read: else nobody could say how long it takes.</summary>
        private void Look(CancellationToken cancellationToken)
        {
            foreach (Candidate candidate in _walk.All(cancellationToken))
            {
                if (_selection.Count(candidate))
                {
                    _total += new AuditVerdict(candidate).BeforeReading() is null ? candidate.Size ?? 0 : 0;
                    progress.Report(new("looking", _selection.Due, 0, "images"));
                }
            }

            _selection.Choose();
            _total = (long)(_total * request.Share);
        }

        private async Task WalkAsync(CancellationToken cancellationToken)
        {
            try
            {
                foreach (Candidate candidate in _walk.All(cancellationToken).Where(_selection.Takes))
                {
                    if (new AuditVerdict(candidate).BeforeReading() is { } known)
                    {
                        await TellAsync(known, candidate, new(), cancellationToken);
                    }
                    else
                    {
                        DiskOf(candidate, cancellationToken).Add(candidate, cancellationToken);
                    }
                }
            }
            finally
            {
                foreach (BlockingCollection<Candidate> disk in _disks.Values)
                {
                    disk.CompleteAdding();
                }

                await Task.WhenAll(_readers).ContinueWith(_ => { }, TaskScheduler.Default);
                _results.CompleteAdding();
            }

            await Task.WhenAll(_readers);
        }

        /// <summary>Disks are read side by side, the images of one of them one after the other: a head that jumps between two reads neither of them well.</summary>
        private BlockingCollection<Candidate> DiskOf(Candidate candidate, CancellationToken cancellationToken)
        {
            if (!_disks.TryGetValue(candidate.Device, out BlockingCollection<Candidate>? disk))
            {
                _disks[candidate.Device] = disk = new(Waiting);
                _readers.AddRange(Enumerable.Range(0, request.Jobs).Select(_ => OnThread(() => ReadAsync(disk, cancellationToken).GetAwaiter().GetResult())));
            }

            return disk;
        }

        private async Task ReadAsync(BlockingCollection<Candidate> disk, CancellationToken cancellationToken)
        {
            StoredImage storage = new();
            foreach (Candidate candidate in disk.GetConsumingEnumerable(cancellationToken))
            {
                long start = auditor.Time.GetTimestamp();
                AuditedImage image = candidate.Claims.Count == 0 ? await UnclaimedAsync(candidate, storage, cancellationToken) : await HoldAsync(candidate, storage, cancellationToken);
                await TellAsync(image with { Took = auditor.Time.GetElapsedTime(start) }, candidate, storage, cancellationToken);
            }
        }

        private async Task<AuditedImage> HoldAsync(Candidate candidate, StoredImage storage, CancellationToken cancellationToken)
        {
            AuditVerdict verdict = new(candidate);
            try
            {
                DateTime before = File.GetLastWriteTimeUtc(candidate.Image!);
                StoredReading reading = await storage.ReadAsync(candidate.Image!, verdict.Kinds, read => Read(read, candidate.Image!), cancellationToken);
                bool wasWritten = reading.Length != candidate.Size || File.GetLastWriteTimeUtc(candidate.Image!) != before;
                return verdict.AfterReading(reading.Hashes, reading.Unreadable, wasWritten) with { IsFromStorage = reading.IsFromStorage };
            }
            catch (IOException e)
            {
                return verdict.Unreadable($"it can't be read: {e.Message}");
            }
        }

        /// <summary>An image without a record: it may carry its own lists, or get a record.</summary>
        private async Task<AuditedImage> UnclaimedAsync(Candidate candidate, StoredImage storage, CancellationToken cancellationToken)
        {
            AuditVerdict verdict = new(candidate);
            long before = 0;
            Relay relay = new(told => Read(told.Unit == WorkProgress.Bytes && told.Done > before ? told.Done - Interlocked.Exchange(ref before, told.Done) : 0, candidate.Image!));
            if (auditor.Lists is not null && await auditor.Lists.VerifyAsync(candidate.Image!, relay, cancellationToken) is { } own)
            {
                return verdict.Of(own.IsWhole ? AuditState.Pass : AuditState.Changed, own.Detail, own.IsWhole ? null : $"'spindle verify {candidate.Image}' tells more") with
                {
                    Kind = RecordKind.OwnLists,
                    FilesHit = own.FilesHit,
                };
            }

            if (!request.Adopts)
            {
                return verdict.WithoutRecord();
            }

            try
            {
                StoredReading reading = await storage.ReadAsync(candidate.Image!, [HashKind.Md5, HashKind.Sha256], read => Read(read, candidate.Image!), cancellationToken);
                return reading.Unreadable.Count > 0 ? verdict.AfterReading(reading.Hashes, reading.Unreadable, wasWritten: false) : Adopt(candidate.Image!, reading, verdict);
            }
            catch (IOException e)
            {
                return verdict.Unreadable($"it can't be read: {e.Message}");
            }
        }

        private AuditedImage Adopt(string image, StoredReading reading, AuditVerdict verdict)
        {
            AdoptedRecord record = new()
            {
                Image = Path.GetFileName(image),
                Size = reading.Length,
                Since = auditor.Time.GetLocalNow(),
                Hashes = reading.Hashes.ToDictionary(hash => hash.Key.Name, hash => hash.Value),
                Tool = $"{Tool.Name} {Tool.Version}",
            };
            string path = image + AdoptedRecord.Ending;
            try
            {
                WholeFile.Write(path, stream => stream.Write(record.ToBytes()));
            }
            catch (OperationFailedException e)
            {
                return verdict.Of(AuditState.NoRecord, $"its record can't be made: {e.Failure.What}", e.Failure.Hint);
            }

            return verdict.Of(AuditState.Adopted, $"{Path.GetFileName(path)} vouches for it from now on, and for nothing before", null) with
            {
                Records = [path],
                Kind = RecordKind.Adopted,
                Since = record.Since,
                IsFromStorage = reading.IsFromStorage,
                Hashes = [.. reading.Hashes.Select(hash => new AuditedHash(hash.Key, null, hash.Value))],
            };
        }

        private async Task TellAsync(AuditedImage image, Candidate candidate, StoredImage storage, CancellationToken cancellationToken)
        {
            if (image.State is AuditState.Changed or AuditState.Missing or AuditState.Unreadable && image.Image is not null)
            {
                image = await Remedies.AddAsync(image, candidate, _copies, storage, cancellationToken);
            }

            lock (_counting)
            {
                _bad += image.State.NeedsPerson() ? 1 : 0;
            }

            _results.Add(image with { At = auditor.Time.GetLocalNow() }, cancellationToken);
        }

        private void Read(long bytes, string image)
        {
            lock (_counting)
            {
                _bytes += bytes;
                progress.Report(new("auditing", _bytes, Math.Max(_bytes, _total), WorkProgress.Bytes) { Item = Path.GetFileName(image), Trouble = Trouble() });
            }
        }

        private WorkTrouble? Trouble() => WorkTrouble.Of(_bad, "images needing a person");

        private static Task OnThread(Action action) =>
            Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private sealed class Relay(Action<WorkProgress> report) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => report(value);
    }

    private TimeProvider Time => time;

    private IAuditHistory? History => history;

    private IOwnLists? Lists => lists;

    private Random Random { get; } = random ?? new();
}
