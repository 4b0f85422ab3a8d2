// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Catalogue;
using Spindle.Catalogue.Documents;
using Spindle.Files;
using Spindle.Files.Targets;

namespace Spindle.Restoring;

/// <summary>What comes when all discs are read.</summary>
internal sealed partial class RestoreRun
{
    /// <summary>Contents with their names.</summary>
    /// <param name="condition">Which; null for each name by itself.</param>
    /// <param name="needs">Whether they are read from a disc, in parts where they are.</param>
    /// <param name="withDone">Whether names that are done are among them.</param>
    private IEnumerable<RestoreJob> Jobs(string? condition, bool needs = false, bool withDone = false)
    {
        string order = condition is null ? "w.entry" : $"w.content, {(needs ? "n.part, " : "")}e.link_group, w.entry";
        using Statement rows = _database.Prepare($"""
            SELECT {JobRows.Columns(needs ? "n.part, n.offset, n.length" : "0, 0, coalesce(c.size, e.size)")}
            FROM temp.wanted w JOIN entry e ON e.id = w.entry JOIN directory d ON d.id = e.directory LEFT JOIN content c ON c.id = w.content
            {(needs ? "JOIN temp.need n ON n.content = w.content" : "")}
            WHERE w.kind = 0 {(withDone ? "" : "AND w.state = 0")} {(condition is null ? "" : "AND " + condition)} ORDER BY {order}
            """);
        foreach (RestoreJob job in JobRows.Read(rows, isByName: condition is null))
        {
            yield return job;
        }
    }

    /// <summary>A part of a file was written, as well as it could be read.</summary>
    private void PartWritten(RestoreJob job, ReadAttempt attempt)
    {
        if (!_splits.TryGetValue(job.Content, out SplitFile? split))
        {
            _splits[job.Content] = split = new(job) { IsContinued = attempt.IsContinued };
        }

        split.Written.Add((job.Offset, job.Length));
        foreach (ByteRange range in attempt.Unreadable)
        {
            ByteRange.Add(split.Unreadable, job.Offset + range.Offset, range.Length);
        }

        if (!attempt.IsRight)
        {
            split.Disc = _used.Count > 0 ? _used[^1].Number : 0;
        }
    }

    private bool IsPartWritten(RestoreJob job) => job.Part > 0 && _splits.TryGetValue(job.Content, out SplitFile? split) && split.Written.Exists(part => part.Offset == job.Offset);

    /// <summary>Directories, links and special files; then the attributes of directories, the deepest first, for what is made in one changes it.</summary>
    private void MakeTheRest(CancellationToken cancellationToken)
    {
        const string rows = """
            SELECT d.path, e.name, e.kind, e.target, e.modified, e.mode, e.uid, e.gid, e.extra
            FROM temp.wanted w CROSS JOIN entry e ON e.id = w.entry CROSS JOIN directory d ON d.id = e.directory
            """; // in this order: most of what is wanted are files
        using FileRestorer files = OpenTarget();
        TargetTree target = files.Target;
        using Statement directories = _database.Prepare($"{rows} WHERE w.kind = 1 ORDER BY d.path, e.name");
        while (directories.Step())
        {
            byte[] path = ArchivePath.Join(directories.Blob(0), directories.Blob(1));
            Try(path, () => target.EnsureDirectory(path));
        }

        using Statement others = _database.Prepare($"{rows} WHERE w.kind > 1 ORDER BY d.path, e.name");
        while (others.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            byte[] path = ArchivePath.Join(others.Blob(0), others.Blob(1));
            EntryKind kind = (EntryKind)others.Number(2);
            byte[]? leadsTo = others.IsNull(3) ? null : others.Blob(3).ToArray();
            (TargetAttributes attributes, _, (uint, uint) device) = Extras.Read(others, 4);
            Try(path, () => MakeOther(target, path, kind, (leadsTo, device), attributes));
        }

        using Statement deepestFirst = _database.Prepare($"{rows} WHERE w.kind = 1 ORDER BY length(d.path) + length(e.name) DESC");
        while (deepestFirst.Step())
        {
            byte[] path = ArchivePath.Join(deepestFirst.Blob(0), deepestFirst.Blob(1));
            TargetAttributes attributes = Extras.Read(deepestFirst, 4).Attributes;
            Try(path, () =>
            {
                if (target.SetAttributes(path, EntryKind.Directory, attributes) is { } refused)
                {
                    _book.AttributesRefused(path, refused);
                }

                _others++;
            });
        }

        SetRootAttributes(target);
        target.Flush();
    }

    /// <summary>The top directory is the user's, unless it was made for the whole archive, or had nothing in it.</summary>
    private void SetRootAttributes(TargetTree target)
    {
        using Statement root = _database.Prepare("""
            SELECT detail ->> '$.root.modified', detail ->> '$.root.mode', detail ->> '$.root.uid', detail ->> '$.root.gid', detail -> '$.root.extra'
            FROM scan WHERE prefix = x'' AND id <= ?1 AND detail ->> '$.root.mode' IS NOT NULL ORDER BY id DESC LIMIT 1
            """);
        if (_isTargetOurs && _request.Patterns.Count == 0 && root.Bind(1, _selection.Scan).Step())
        {
            TargetAttributes attributes = Extras.Read(root, 0).Attributes;
            Try([], () =>
            {
                if (target.SetAttributes([], EntryKind.Directory, attributes) is { } refused)
                {
                    _book.AttributesRefused("."u8, refused);
                }
            });
        }

        root.Reset();
    }

    private void MakeOther(TargetTree target, byte[] path, EntryKind kind, (byte[]? LeadsTo, (uint, uint) Device) what, TargetAttributes attributes)
    {
        if (target.Look(path) is { } there)
        {
            bool isSame = there.Kind == kind && (kind != EntryKind.Symlink || (target.ReadLink(path) is { } link && link.AsSpan().SequenceEqual(what.LeadsTo)));
            if (!isSame && (!_request.Overwrite || there.Kind == EntryKind.Directory))
            {
                _book.Problem(new("already-exists", $"{Encoding.UTF8.GetString(path)} is there already, and is something else", "--overwrite replaces it"));
                return;
            }

            if (!isSame)
            {
                target.Remove(path);
                target.Make(path, kind, what.LeadsTo, what.Device);
            }
        }
        else
        {
            target.Make(path, kind, what.LeadsTo, what.Device);
        }

        if (target.SetAttributes(path, kind, attributes) is { } refused)
        {
            _book.AttributesRefused(path, refused);
        }

        _others++;
    }

    private void Try(byte[] path, Action action)
    {
        try
        {
            action();
        }
        catch (TargetException e)
        {
            _book.Refused(path, e);
        }
    }

    private RestoreResult DryRun(IReadOnlyList<DiscWanted> discs)
    {
        List<MissingFile> missing = [.. _selection.Left().Where(file => file.Discs.Count == 0).Select(file => new MissingFile(Encoding.UTF8.GetString(file.Path), file.Size, [], []))];
        using Statement others = _database.Prepare("SELECT count(*) FROM temp.wanted WHERE kind > 0");
        return new()
        {
            FilesRestored = _files - missing.Count,
            FilesPresent = 0,
            OthersRestored = others.Scalar() ?? 0,
            Bytes = _totalBytes,
            DiscsUsed = discs,
            DiscsMissing = [.. discs.Where(disc => !disc.IsAtHand)],
            Missing = missing,
            Damaged = [],
            Problems = [],
            Concerns = _concerns,
            Catalogue = _catalogueName,
            IsDryRun = true,
        };
    }

    private RestoreResult Result()
    {
        TellOfLists();
        using Statement others = _database.Prepare("SELECT count(*) FROM temp.wanted WHERE kind > 0");
        List<MissingFile> missing = _book.FilesDecided == _files ? [] : [.. _selection.Left().Select(file => new MissingFile(Encoding.UTF8.GetString(file.Path), file.Size, file.Discs, RangesMissing(file.Content, file.Size)))];
        return new()
        {
            FilesRestored = _book.FilesRestored,
            FilesPresent = _book.FilesPresent,
            OthersRestored = _others,
            Bytes = _book.Bytes,
            DiscsUsed = _used,
            DiscsMissing = StillNeeded(_absent),
            Missing = missing,
            NotRestored = _files - _book.FilesRestored - missing.Count - _damaged.Count,
            OthersNotRestored = (others.Scalar() ?? 0) - _others,
            Damaged = _damaged,
            Renamed = _names?.Told ?? [],
            NamesChanged = _names?.Changed ?? 0,
            Problems = [.. _book.Problems],
            Concerns = _concerns,
            Catalogue = _catalogueName,
        };
    }
}
