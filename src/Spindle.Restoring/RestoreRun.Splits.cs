// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Catalogue.Documents;

namespace Spindle.Restoring;

/// <content>Files that come in parts, and what is damaged.</content>
internal sealed partial class RestoreRun
{
    private void FinishSplits(CancellationToken cancellationToken)
    {
        using FileRestorer files = OpenTarget();
        foreach (SplitFile split in _splits.Values.Where(split => !_book.IsDecided(split.Job.Names[0].Entry)))
        {
            RestoreJob job = split.Job;
            bool isWhole = split.Unreadable.Count == 0 && files.TryFinishSplit(job, cancellationToken);
            long written = split.Written.Sum(part => part.Length);
            if (!isWhole && written >= job.Size)
            {
                Damaged(files, job, split.Disc, split.Unreadable);
            }
        }

        _book.MarkIn(_database);
    }

    /// <summary>Where an earlier run had written other parts, a file may be whole before all discs of it were read: it is looked at before one is asked for.</summary>
    /// <returns>Whether one was.</returns>
    private bool FinishContinued(CancellationToken cancellationToken)
    {
        bool isAny = false;
        FileRestorer? files = null;
        try
        {
            foreach (SplitFile split in _splits.Values.Where(split => split is { IsContinued: true, Unreadable.Count: 0 } && split.Looked < split.Written.Count && !_book.IsDecided(split.Job.Names[0].Entry)))
            {
                files ??= OpenTarget();
                split.Looked = split.Written.Count;
                isAny |= files.TryFinishSplit(split.Job, cancellationToken);
            }
        }
        finally
        {
            files?.Dispose();
        }

        _book.MarkIn(_database);
        return isAny;
    }

    /// <summary>Discs of which anything is still to be had.</summary>
    private List<DiscWanted> StillNeeded(IEnumerable<DiscWanted> discs)
    {
        Dictionary<int, (long Files, long Bytes)> left = _selection.DiscsLeft();
        return [.. discs.Where(disc => left.ContainsKey(disc.Number)).Select(disc => disc with { Files = left[disc.Number].Files, Bytes = left[disc.Number].Bytes })];
    }

    private void Damaged(FileRestorer files, RestoreJob job, int disc, IReadOnlyList<ByteRange> unreadable)
    {
        string? kept = files.KeepDamaged(job) is { } name ? Encoding.UTF8.GetString(name) : null;
        foreach (RestoreName each in job.Names)
        {
            _book.Skip(each.Entry);
            _damaged.Add(new(each.Text, job.Size, disc, unreadable, kept));
        }
    }

    /// <summary>What a file lacks of which some parts came: it keeps its part name, for when the others come.</summary>
    private List<ByteRange> RangesMissing(long content, long size)
    {
        List<ByteRange> missing = [];
        if (_splits.TryGetValue(content, out SplitFile? split))
        {
            long position = 0;
            foreach ((long offset, long length) in split.Written.OrderBy(part => part.Offset).Append((size, 0)))
            {
                ByteRange.Add(missing, position, offset - position);
                position = offset + length;
            }
        }

        return missing;
    }

    /// <summary>A file that comes in parts.</summary>
    private sealed class SplitFile(RestoreJob job)
    {
        public RestoreJob Job => job;

        public List<(long Offset, long Length)> Written { get; } = [];

        public List<ByteRange> Unreadable { get; } = [];

        /// <summary>Whether an earlier run had begun with it.</summary>
        public bool IsContinued { get; init; }

        /// <summary>How many parts were written when it was looked at last.</summary>
        public int Looked { get; set; }

        /// <summary>The last disc on which something was wrong.</summary>
        public int Disc { get; set; }
    }
}
