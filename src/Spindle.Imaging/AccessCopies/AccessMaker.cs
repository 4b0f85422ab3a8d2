// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using Spindle.Files;
using Spindle.Files.Listing;
using Spindle.Imaging.Auditing;
using Spindle.Imaging.Hashing;
using Spindle.Imaging.Records;
using Spindle.Media;
using StoredImage = Spindle.Imaging.Auditing.StoredImage;

namespace Spindle.Imaging.AccessCopies;

/// <summary>Which access copies are made, and how.</summary>
public sealed record AccessRequest
{
    /// <summary>Images, and folders with all that is below them.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Where copies are put, those of a folder as they lie in it; null for beside their images.</summary>
    public string? Target { get; init; }

    /// <summary>How they are made.</summary>
    public AccessSettings Settings { get; init; } = new();

    /// <summary>How many are made at once.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Whether what has the name of a copy is replaced by it, once that is proven.</summary>
    public bool Overwrites { get; init; }
}

/// <summary>Makes access copies of images: of films that are not scrambled, for watching.</summary>
/// <param name="programs">Those of ffmpeg.</param>
/// <param name="time">The clock.</param>
public sealed class AccessMaker(FfmpegPrograms programs, TimeProvider time)
{
    /// <summary>Makes them. What is there already is not made again.</summary>
    /// <param name="request">Which.</param>
    /// <param name="progress">Told from several threads, one at a time.</param>
    /// <param name="cancellationToken">Stops it: copies that are not proven are taken away.</param>
    /// <returns>What became of each, as it is known. Read once.</returns>
    /// <exception cref="OperationFailedException"><c>no-such-source</c>: a path is not there. Thrown at once.</exception>
    public IEnumerable<AccessCopy> Make(AccessRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        if (request.Paths.FirstOrDefault(path => !Path.Exists(path)) is { } missing)
        {
            throw new OperationFailedException(new("no-such-source", $"there is no {missing}", "check the name"));
        }

        return All(request, progress, cancellationToken);
    }

    private IEnumerable<AccessCopy> All(AccessRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        using Run run = new(this, request, progress);
        foreach (AccessCopy copy in run.All(cancellationToken))
        {
            yield return copy;
        }
    }

    /// <summary>One run: a plan, and workers that take copies from it.</summary>
    private sealed class Run(AccessMaker maker, AccessRequest request, IProgress<WorkProgress> progress) : IDisposable
    {
        private readonly BlockingCollection<AccessCopy> _results = [];
        private readonly ConcurrentQueue<PlannedCopy> _waiting = new();
        private readonly ConcurrentDictionary<string, Lazy<Task<StoredReading>>> _readings = new(StringComparer.Ordinal);
        private readonly Dictionary<string, IDisposable?> _locks = new(StringComparer.Ordinal);
        private readonly AccessCopier _copier = new(maker.Programs, request.Settings, maker.Time);
        private readonly AccessProgress _progress = new(progress);

        public IEnumerable<AccessCopy> All(CancellationToken cancellationToken)
        {
            foreach (AccessCopy known in Plan(cancellationToken))
            {
                yield return known;
            }

            _progress.Begin();
            using CancellationTokenSource stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task[] workers = [.. Enumerable.Range(0, request.Jobs).Select(_ => Task.Run(() => WorkAsync(stopped.Token), CancellationToken.None))];
            Task ended = Task.WhenAll(workers).ContinueWith(_ => _results.CompleteAdding(), TaskScheduler.Default);
            try
            {
                foreach (AccessCopy copy in _results.GetConsumingEnumerable(CancellationToken.None))
                {
                    yield return copy;
                }

                Task.WhenAll(workers).GetAwaiter().GetResult();
                _progress.End();
            }
            finally
            {
                stopped.Cancel();
                ended.GetAwaiter().GetResult();
            }
        }

        public void Dispose()
        {
            _results.Dispose();
            foreach (IDisposable? held in _locks.Values)
            {
                held?.Dispose();
            }
        }

        /// <summary>Looks at all images: what needs no ffmpeg is told at once, and the rest waits, so that it is known how much there is.</summary>
        private IEnumerable<AccessCopy> Plan(CancellationToken cancellationToken)
        {
            long looked = 0;
            HashSet<string> targets = new(StringComparer.Ordinal);
            foreach (string path in request.Paths.Select(Path.GetFullPath).Distinct())
            {
                foreach (Candidate candidate in Candidates(path, cancellationToken))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    progress.Report(new("looking", ++looked, 0, "images") { Item = Path.GetFileName(candidate.Image) });
                    if (candidate.Unreadable is { } why)
                    {
                        yield return new() { State = AccessState.Failed, Image = candidate.Image!, Detail = why, At = maker.Time.GetLocalNow() };
                        continue;
                    }

                    AccessPlan plan = AccessPlan.Of(ImageOf(candidate), request.Settings, FolderOf(candidate.Image!, path), cancellationToken);
                    if (plan.Verdict is { } verdict)
                    {
                        yield return Tell(plan.Image, verdict);
                    }

                    foreach (PlannedCopy planned in plan.Copies)
                    {
                        if (!targets.Add(planned.Paths.Copy))
                        {
                            yield return Result(planned, AccessState.InTheWay, $"another image of this run has a copy {Path.GetFileName(planned.Paths.Copy)}", "rename one of the images, or give each folder a --to of its own");
                        }
                        else if (Existing(planned) is { } known)
                        {
                            yield return known;
                        }
                        else
                        {
                            _waiting.Enqueue(planned);
                            _progress.Expect(planned.Film.Frames);
                        }
                    }
                }
            }
        }

        private static IEnumerable<Candidate> Candidates(string path, CancellationToken cancellationToken)
        {
            bool isFolder = Directory.Exists(path);
            bool isFound = false;
            foreach (Candidate candidate in new CollectionWalk(SourceSystem.OfThisMachine(), [path]).All(cancellationToken))
            {
                // One that is missing is a matter of audits.
                if (candidate is { Image: { } image } and ({ Size: not null } or { Unreadable: not null }) && (isFolder || image == path))
                {
                    isFound = true;
                    yield return candidate;
                }
            }

            // An image that is named counts as one, whatever its name.
            if (!isFolder && !isFound)
            {
                yield return new(path, []) { Size = new FileInfo(path).Length };
            }
        }

        private string FolderOf(string image, string path)
        {
            string folder = Path.GetDirectoryName(image)!;
            return request.Target is not { } target ? folder
                : Directory.Exists(path) ? Path.GetFullPath(Path.Combine(target, Path.GetRelativePath(path, folder)))
                : Path.GetFullPath(target);
        }

        private static ImageOfDisc ImageOf(Candidate candidate)
        {
            ImageClaim? claim = candidate.Claims.OrderBy(claim => claim.Kind).FirstOrDefault(claim => claim.Vouches && claim.Hashes.ContainsKey(HashKind.Sha256) && (claim.Size is null || claim.Size == candidate.Size));
            return new(
                candidate.Image!,
                candidate.Size ?? 0,
                new DateTimeOffset(File.GetLastWriteTimeUtc(candidate.Image!), TimeSpan.Zero),
                candidate.Claims.Select(one => one.RunId).FirstOrDefault(run => run is not null),
                claim is null ? null : (claim.Hashes[HashKind.Sha256], Path.GetFileName(claim.Record)));
        }

        private AccessCopy? Existing(PlannedCopy planned)
        {
            ExistingCopy existing = ExistingCopy.Look(planned, request.Settings);
            return existing.IsDone ? Result(planned, AccessState.Done, "it was made already", null) with
            {
                Warnings = existing.Record!.Warnings,
                Duration = existing.Record.Copy!.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                Size = existing.Record.Copy.Size,
                Sha256 = existing.Record.Copy.Sha256,
                Unread = [.. existing.Record.Unread.Select(part => new UnreadPart(TimeSpan.FromSeconds(part.FromSeconds), TimeSpan.FromSeconds(part.ToSeconds), part.Sectors))],
            }
                : existing.InTheWay is { } other && !request.Overwrites ? Result(planned, AccessState.InTheWay, other, "--overwrite replaces it, once the new copy is proven; --to puts copies elsewhere")
                : null;
        }

        private AccessCopy Result(PlannedCopy planned, AccessState state, string detail, string? hint) => new()
        {
            State = state,
            Image = planned.Image.Path,
            Copy = state == AccessState.Failed ? null : planned.Paths.Copy,
            Record = state == AccessState.Done ? planned.Paths.Record : null,
            TitleSet = planned.Film.TitleSet,
            Playlist = planned.Film.Playlist,
            Titles = planned.Film.Titles,
            Detail = detail,
            Hint = hint,
            Expected = planned.Film.Duration,
            At = maker.Time.GetLocalNow(),
        };

        /// <summary>An image without a copy has a record that says why, where no other record has its name.</summary>
        private AccessCopy Tell(ImageOfDisc image, AccessVerdict verdict)
        {
            AccessCopy copy = new() { State = verdict.State, Image = image.Path, Detail = verdict.Detail, Hint = verdict.Hint, At = maker.Time.GetLocalNow() };
            if (verdict.State == AccessState.Failed)
            {
                return copy;
            }

            AccessRecord record = new()
            {
                State = verdict.State,
                Detail = verdict.Detail,
                Image = new(Path.GetFileName(image.Path), image.Size, image.Modified, image.Uuid, image.Claim?.Sha256, image.Claim?.Record),
                Started = copy.At,
                Finished = copy.At,
            };
            AccessRecord? there = AccessRecord.TryRead(verdict.Paths.Record);
            if (there is null ? File.Exists(verdict.Paths.Record) : there.Image.Name != record.Image.Name || there.State == AccessState.Made)
            {
                return copy;
            }

            try
            {
                if (there?.Detail != record.Detail || there.Image != record.Image)
                {
                    TargetFailure.Told(verdict.Paths.Folder, () => Directory.CreateDirectory(verdict.Paths.Folder));
                    WholeFile.Write(verdict.Paths.Record, stream => stream.Write(record.ToBytes()));
                }

                return copy with { Record = verdict.Paths.Record };
            }
            catch (OperationFailedException e)
            {
                return copy with { State = AccessState.Failed, Detail = $"{verdict.Detail}; its record can't be written: {e.Failure.What}", Hint = e.Failure.Hint };
            }
        }

        private async Task WorkAsync(CancellationToken cancellationToken)
        {
            while (_waiting.TryDequeue(out PlannedCopy? planned))
            {
                string item = planned.Paths.Copy;
                try
                {
                    Hold(planned.Paths.Folder);
                    AccessCopy copy = Existing(planned) // another run may have made it meanwhile
                        ?? await _copier.MakeAsync(planned, stop => HashAsync(planned.Image, stop), (what, at) => _progress.At(item, what, at, planned.Film.Frames), cancellationToken);
                    Add(copy, item, planned.Film.Frames);
                }
                catch (OperationFailedException e)
                {
                    Add(Result(planned, AccessState.Failed, e.Failure.What, e.Failure.Hint), item, planned.Film.Frames);
                }
                catch (IOException e)
                {
                    Add(Result(planned, AccessState.Failed, $"{planned.Image.Path} can't be read: {e.Message}", null), item, planned.Film.Frames);
                }
            }
        }

        private void Add(AccessCopy copy, string item, long frames)
        {
            _progress.Done(item, frames, copy.NeedsPerson);
            _results.Add(copy);
        }

        private async Task<(string? Sha256, string? From)> HashAsync(ImageOfDisc image, CancellationToken cancellationToken)
        {
            if (image.Claim is { } claim)
            {
                return claim;
            }

            StoredReading reading = await _readings.GetOrAdd(image.Path, path => new(() => new StoredImage().ReadAsync(path, [HashKind.Sha256], _ => { }, cancellationToken))).Value;
            return reading.Unreadable.Count > 0 ? (null, null) : (reading.Hashes[HashKind.Sha256], "reading");
        }

        /// <summary>Two runs that make the same copies would take each other's files away.</summary>
        private void Hold(string folder)
        {
            lock (_locks)
            {
                if (!_locks.ContainsKey(folder))
                {
                    TargetFailure.Told(folder, () => Directory.CreateDirectory(folder));
                    _locks[folder] = TargetFailure.Told(folder, () => FolderLock.TryTake(folder))
                        ?? throw new OperationFailedException(new("target-busy", $"another process is writing in {folder}", "wait until it has ended, and give the same command again"));
                }
            }
        }
    }

    private FfmpegPrograms Programs => programs;

    private TimeProvider Time => time;
}
