// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Files;
using Spindle.Files.Listing;
using Spindle.Files.Targets;

namespace Spindle.Restoring;

/// <content>What is in the target before anything is restored.</content>
internal sealed partial class RestoreRun
{
    // Of files with several names only: which file each is, and what it is in the archive: a link group, or minus the number of a name.
    private readonly Dictionary<(long Device, long Inode), long> _filesThere = [];
    private readonly Dictionary<long, (RestoreName Name, (long Device, long Inode) File)> _groupsThere = [];

    /// <summary>Looks what is there already, and is right.</summary>
    private void Prepare(CancellationToken cancellationToken)
    {
        using (TargetTree target = OpenTree())
        {
            _names = NamesInTarget.Of(_database, NameProbe.Of(target), cancellationToken);
        }

        using FileRestorer files = OpenTarget();
        IReadOnlyList<byte[]> names = files.Target.Names();
        _isTargetOurs = names.All(IsOurs);
        if (names.Count == 0)
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
                    Keep(files, job, name, there);
                }
                else if (!_request.Overwrite || there.Kind == EntryKind.Directory)
                {
                    _book.Skip(name.Entry);
                    _book.Problem(RestoreBook.AlreadyThere(name.Text, there.Kind == EntryKind.Directory));
                }
            }
            catch (TargetException e)
            {
                _book.Refused(name, e);
            }
        }

        _book.MarkIn(_database);
    }

    /// <summary>Names that are one file, and were none in the archive, are made two; and the other way round.</summary>
    private void Keep(FileRestorer files, RestoreJob job, RestoreName name, in NodeStatus there)
    {
        if (there.Inode == 0 || (there.Links == 1 && name.LinkGroup is null))
        {
            files.Refresh(name);
            return;
        }

        (long, long) file = (there.Device, there.Inode);
        bool isLinked = name.LinkGroup is { } known && _groupsThere.TryGetValue(known, out (RestoreName, (long, long) File) group) && group.File != file;
        if (isLinked)
        {
            files.LinkTo(_groupsThere[name.LinkGroup!.Value].Name, job, name, replacesIt: true);
            _book.Present(name);
            return;
        }

        long owner = name.LinkGroup ?? -name.Entry;
        if (_filesThere.TryAdd(file, owner) || _filesThere[file] == owner)
        {
            files.Refresh(name);
        }
        else if (files.Separate(job, name) is { } separate)
        {
            file = separate;
            _filesThere[file] = owner;
        }

        if (name.LinkGroup is { } first)
        {
            _groupsThere.TryAdd(first, (name, file));
        }
    }

    /// <summary>Whether a name in the top directory is one that is to be restored there, or what an earlier run made of one.</summary>
    private bool IsOurs(byte[] name) => TargetNames.IsPartName(name) || IsWanted(name) || IsWanted(TargetNames.BehindDamaged(name));

    private bool IsWanted(ReadOnlySpan<byte> name)
    {
        if (_names is not null)
        {
            return _names.IsAtTop(name);
        }

        using Statement wanted = _database.Prepare("SELECT 1 FROM entry e JOIN temp.wanted w ON w.entry = e.id WHERE e.directory = ?1 AND e.name = ?2");
        return name.Length > 0 && wanted.Bind(1, ArchivePath.RootId).Bind(2, name).Scalar() is not null;
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

    /// <summary>Directories that were made writable have the permissions that they had, whatever ended this.</summary>
    private void Tighten()
    {
        try
        {
            using TargetTree target = _openTarget(_request.Target, _loosened);
            target.TightenDirectories();
        }
        catch (TargetException)
        {
            // The target is gone, and they are with it.
        }
    }
}
