// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Media;
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>Makes again what is lost of a set, and mends what is damaged. What is left of it is read once, and never changed.</summary>
public static class SetRepairer
{
    /// <summary>Makes what can be made. Nothing is called whole that is not, read back from its storage, what its SHA-256 says.</summary>
    /// <param name="request">What is left, and where to.</param>
    /// <param name="progress">Told some times a second.</param>
    /// <param name="cancellationToken">Stops; what was written stays under a name that ends in <c>.part</c>, and the same command begins anew.</param>
    /// <exception cref="OperationFailedException">There is no set, or more than one; a file of the target exists; there is no room.</exception>
    public static SetRepairResult Repair(SetRepairRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        using SetShelf shelf = SetShelf.Open(request.Sources, request.Lost, request.Sums);
        SetPass pass = new(shelf);
        pass.TrustByHash(progress, cancellationToken);
        if (shelf.MayLose < 0)
        {
            string[] missing = [.. shelf.Missing.Select(source => source.Member.Name)];
            return new(shelf.Table, shelf.States(source => SetState.There), shelf.MayLose, [], [], [SetFailures.TooManyLost(missing, shelf.Table.Parity.Count)], shelf.Others);
        }

        if (!request.DryRun)
        {
            TargetFailure.Told(request.Target, () => Directory.CreateDirectory(request.Target));
        }

        using Run run = new(shelf, pass, request);
        run.Solve(progress, cancellationToken);
        return run.Finish(progress, cancellationToken);
    }

    private sealed class Run : IDisposable
    {
        private readonly SetShelf _shelf;
        private readonly SetPass _pass;
        private readonly SetRepairRequest _request;
        private readonly SetHeads _heads;
        private readonly SetRanges _made;
        private readonly SetRanges _beyond;
        private readonly SortedDictionary<int, SetOutput> _outputs = [];
        private readonly DiscHashes[] _hashes; // of discs, where no volume has a list of them
        private IReadOnlyList<ParFile>? _files;

        public Run(SetShelf shelf, SetPass pass, SetRepairRequest request)
        {
            (_shelf, _pass, _request) = (shelf, pass, request);
            (_heads, _made, _beyond) = (new(shelf), new(shelf), new(shelf));
            _hashes = _heads.Any is null && shelf.Sums is null ? [.. shelf.Table.Discs.Select(disc => new DiscHashes(disc.Length))] : [];
        }

        public void Solve(IProgress<WorkProgress> progress, CancellationToken cancellationToken)
        {
            for (long position = 0; position < _shelf.Table.Length; position += _pass.Solver.Window)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _pass.Read(position);
                _heads.Take(_pass.Solver, position);
                (IReadOnlyList<SetHole> made, IReadOnlyList<SetHole> left) = _pass.Solve(position);
                _made.Add(position, made);
                _beyond.Add(position, left);
                foreach (int member in made.Concat(left).Select(hole => hole.Member).Distinct())
                {
                    Open(member);
                }

                Write(position);
                progress.Report(new("solving", Math.Min(position + _pass.Solver.Window, _shelf.Table.Length), _shelf.Table.Length, WorkProgress.Bytes));
            }

            RemakeHeads();
        }

        public SetRepairResult Finish(IProgress<WorkProgress> progress, CancellationToken cancellationToken)
        {
            List<SetRestored> restored = [];
            List<Failure> concerns = [];
            foreach (int member in _shelf.Sources.Select(source => source.Index).Where(member => IsTouched(member)))
            {
                restored.Add(Finish(_shelf.Sources[member], concerns, progress, cancellationToken));
            }

            return new(_shelf.Table, _shelf.States(source => IsTouched(source.Index) ? SetState.Damaged : SetState.Whole), _shelf.MayLose, restored, _beyond.All, concerns, _shelf.Others);
        }

        public void Dispose()
        {
            _heads.Dispose();
            Array.ForEach(_hashes, hash => hash.Dispose());
            foreach (SetOutput output in _outputs.Values)
            {
                output.Dispose();
            }
        }

        private bool IsTouched(int member) => _outputs.ContainsKey(member) || _made.Of(member).Count > 0 || _beyond.Of(member).Count > 0;

        private void Open(int member)
        {
            if (!_request.DryRun && !_outputs.ContainsKey(member))
            {
                _outputs.Add(member, new(_shelf.Sources[member], _request.Target, _request.Overwrite, goesOn: _request.Sums is not null));
            }
        }

        private void Write(long position)
        {
            foreach ((int member, SetOutput output) in _outputs)
            {
                output.Write(position, _shelf.Sources[member].OfMember(WindowOf(member, position), position));
            }

            if (_hashes.Length > 0)
            {
                DiscHashes.Append(_pass.Solver, _hashes, [.. Enumerable.Range(0, _hashes.Length).Select(disc => WindowOf(disc, position).Length)]);
            }
        }

        private ReadOnlySpan<byte> WindowOf(int member, long position) =>
            _pass.Solver[member][..(int)Math.Clamp(_shelf.Sources[member].Length - position, 0, _pass.Solver.Window)];

        // A volume whose parity is good, but not its head, is made again as a whole.
        private void RemakeHeads()
        {
            foreach (SetSource source in _heads.Damaged().Where(source => !IsTouched(source.Index) && !_request.DryRun))
            {
                Open(source.Index);
                _outputs[source.Index].Write(source.Length, []);
            }
        }

        private SetRestored Finish(SetSource source, List<Failure> concerns, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
        {
            string name = source.Member.Name;
            IReadOnlyList<SetHole> beyond = _beyond.Of(source.Index);
            if (beyond.Count > 0)
            {
                concerns.Add(SetFailures.BeyondParity(name, _beyond.BytesOf(source.Index)));
            }

            long bytes = _made.BytesOf(source.Index);
            if (!_outputs.TryGetValue(source.Index, out SetOutput? output))
            {
                return new(name, null, source.Storage is null, bytes, null, null);
            }

            void Tell(long done) => progress.Report(new("verifying", Math.Min(done, source.Length), source.Length, WorkProgress.Bytes) { Item = name });
            (string Sha256, bool Agrees)? made = output.Finish(HeadOf(source), beyond, Tell, cancellationToken);
            if (made is { Agrees: false } && beyond.Count == 0)
            {
                concerns.Add(SetFailures.NotAsWritten(name));
            }

            return new(name, made is { Agrees: true } ? output.Path : made is null || source.Member is SetParity ? null : output.Path + WholeFile.PartSuffix, source.Storage is null, bytes, made?.Sha256, made?.Agrees);
        }

        private ParVolume? HeadOf(SetSource source)
        {
            if (source.Member is not SetParity parity || ParVolume.ListLength(_shelf.Table.Discs.Select(disc => disc.Name)) > ParVolume.LongestListOfOurs
                || (_heads.Any is null && _hashes.Length == 0))
            {
                return null;
            }

            SetForm form = parity.Row == 1 ? SetForm.Par1 : _shelf.Table.Form;
            _files ??= _heads.Any?.Files ?? [.. _hashes.Select((hash, place) => hash.Complete(place, _shelf.Table.Discs[place].Name).File)];
            return new() { Form = form, Number = parity.Row, Files = _files, DataLength = _shelf.Table.Length };
        }
    }
}
