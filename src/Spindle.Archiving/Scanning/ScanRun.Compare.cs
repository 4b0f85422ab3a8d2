// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Catalogue;
using Spindle.Files;
using Spindle.Files.Listing;

namespace Spindle.Archiving.Scanning;

/// <content>A listed directory against what the catalogue knows, and what was read against that.</content>
internal sealed partial class ScanRun
{
    // PATH_MAX of Linux and macOS without the NUL at the end; Windows' limit of 32,767 characters no tree of names comes near.
    private static readonly int LongestPath = OperatingSystem.IsMacOS() ? 1023 : OperatingSystem.IsWindows() ? 32_766 : 4095;

    private readonly List<(int Index, KnownEntry? Known)> _differences = []; // index -1: gone
    private readonly List<(KnownEntry Known, byte[] Name)> _gone = [];

    private void Compare(WalkedDirectory walked)
    {
        byte[] path = InArchive(walked.Path);
        if (walked.Problem is { } problem)
        {
            // What is known of it stays; if it was removed meanwhile, the next scan sees that.
            _ = _update.Directory(path);
            if (!walked.IsGone)
            {
                Problem(new("unreadable-directory", $"{Shown(walked.Path)}: {problem}"));
            }

            return;
        }

        if (IsTooLong(walked.Path.Length))
        {
            walked.Directory?.Release();
            return;
        }

        (long directory, bool isNew) = _update.Directory(path);
        FindDifferences(directory, isNew, walked.Listing);
        if (!_imported.IsEmpty)
        {
            _gone.RemoveAll(gone => _imported.LeadTo(walked.Path, gone.Name));
        }

        foreach ((KnownEntry known, byte[] name) in _gone)
        {
            _hasChanged = true;
            _update.Gone(known, Joined(path, name));
        }

        // What was only read again, for it was so new, has changed no directory.
        if (_gone.Count > 0 || _differences.Exists(difference => difference.Known is null || difference.Known.Status.Inode != walked.Listing.Status(difference.Index).Inode))
        {
            NoteChangeOf(walked, path);
        }

        FileBatch? batch = null;
        foreach ((int index, KnownEntry? known) in _differences)
        {
            NodeStatus status = walked.Listing.Status(index);
            ReadOnlySpan<byte> name = walked.Listing.Name(index);
            if (IsTooLong(walked.Path.Length + 1 + name.Length))
            {
                // The walk has a handle on each directory; who writes or restores has paths.
                Problem(new(
                    "path-too-long",
                    $"{Shown(Joined(walked.Path, name))} has a path of more than {LongestPath} bytes, which no program can open, and is left out with all that is below it",
                    "scan from a directory further down, or give the directories above it shorter names"));
                continue;
            }

            if (known is { Status.Kind: EntryKind.Directory } && status.Kind != EntryKind.Directory)
            {
                _update.GoneBelow(Joined(path, name));
            }

            if (status.Kind == EntryKind.File)
            {
                Treat(new() { Directory = directory, Name = name.ToArray(), Status = status, Previous = known }, walked.Directory!, ref batch);
            }
            else
            {
                Put(directory, name, known, (Own(status), walked));
            }
        }

        if (batch is not null)
        {
            Send(batch);
        }

        walked.Directory?.Release();
    }

    /// <summary>The time of a directory with files of the catalogue's is taken over when something else in it has changed, too.</summary>
    private void NoteChangeOf(WalkedDirectory walked, byte[] path)
    {
        _hasRootChanged |= walked.Path.Length == 0;
        if (walked.Path.Length > 0 && _ownFiles.AreIn(walked.Directory!.Directory.Status))
        {
            long above = _update.Directory(ArchivePath.DirectoryOf(path)).Id;
            ReadOnlySpan<byte> name = ArchivePath.NameOf(path);
            if (_update.Find(above, name) is { Status.Kind: EntryKind.Directory } known)
            {
                ISourceDirectory source = walked.Directory.Directory;
                _hasChanged |= _update.Put(above, name, known, new(Own(source.Status), null, null, _extras.Of(source.Status, source.Attributes("."u8), null), 0));
            }
        }
    }

    /// <summary>Both sides come in the order of names. What is different is noted: while rows are read, none can be written.</summary>
    private void FindDifferences(long directory, bool isNew, DirectoryListing listing)
    {
        _differences.Clear();
        _gone.Clear();
        int index = 0;
        if (!isNew)
        {
            Statement row = _update.List(directory);
            while (row.Step())
            {
                ReadOnlySpan<byte> name = CatalogueUpdate.NameOf(row);
                int order = -1;
                while (index < listing.Count && (order = listing.Name(index).SequenceCompareTo(name)) < 0)
                {
                    Count(listing.Status(index));
                    _differences.Add((index++, null));
                }

                NodeStatus known = CatalogueUpdate.StatusOf(row);
                if (index < listing.Count && order == 0)
                {
                    Count(listing.Status(index));
                    if (!IsUnchanged(row, known, listing.Status(index)))
                    {
                        _differences.Add((index, CatalogueUpdate.Known(row, known)));
                    }

                    index++;
                }
                else
                {
                    _gone.Add((CatalogueUpdate.Known(row, known), name.ToArray()));
                }
            }
        }

        for (; index < listing.Count; index++)
        {
            Count(listing.Status(index));
            _differences.Add((index, null));
        }
    }

    private bool IsUnchanged(Statement row, in NodeStatus known, in NodeStatus found)
    {
        NodeStatus now = Own(found);
        bool isSame = now.HasContentOf(known) && now.Mode == known.Mode && now.Uid == known.Uid && now.Gid == known.Gid;
        if (!isSame && known.Kind == EntryKind.Directory && now.Kind == EntryKind.Directory && _ownFiles.AreIn(found))
        {
            return now.Mode == known.Mode && now.Uid == known.Uid && now.Gid == known.Gid && now.Inode == known.Inode;
        }

        if (!isSame || known.Kind != EntryKind.File)
        {
            return isSame;
        }

        KnownEntry? entry = _checksSha512 ? CatalogueUpdate.Known(row, known) : null;
        return !_request.Rehash && !row.IsNull(11) && row.Number(13) == 0 && (entry is null || _update.HasSha512(entry.Content!.Value));
    }

    private void Count(in NodeStatus status)
    {
        switch (status.Kind)
        {
            case EntryKind.File:
                _files++;
                _bytes += status.Size;
                break;
            case EntryKind.Directory:
                _directories++;
                break;
            default:
                _others++;
                break;
        }
    }

    private void Put(long directory, ReadOnlySpan<byte> name, KnownEntry? known, (NodeStatus Status, WalkedDirectory In) found)
    {
        try
        {
            ISourceDirectory source = found.In.Directory!.Directory;
            byte[]? target = found.Status.Kind == EntryKind.Symlink ? source.ReadLink(name) : null;
            byte[]? extra = _extras.Of(found.Status, source.Attributes(name), null);
            _hasChanged |= _update.Put(directory, name, known, new(found.Status, null, target, extra, 0));
        }
        catch (SourceException e) when (e.IsGone)
        {
            // The next scan sees what became of it.
        }
        catch (SourceException e)
        {
            Problem(new("unreadable-file", $"{Shown(Joined(found.In.Path, name))}: {e.Message}"));
        }
    }

    /// <summary>A file that is new or changed: what is known by its inode, and had no status change since, need not be read.</summary>
    private void Treat(FileJob job, SharedDirectory directory, ref FileBatch? batch)
    {
        NodeStatus status = Own(job.Status);
        bool isLinked = status is { Links: > 1, Inode: not 0 };
        if (isLinked && _linkedUnderWay.TryGetValue((status.Device, status.Inode), out FileJob? first))
        {
            (first.OtherNames ??= []).Add(job);
            return;
        }

        if (isLinked && _linkedFresh.TryGetValue((status.Device, status.Inode), out FileJob? fresh) && job.Status.HasContentOf(fresh.Status))
        {
            Put(job, fresh);
            return;
        }

        bool mayBeKnown = isLinked || (_mayHaveMoved && job.Previous is null);
        if (mayBeKnown && !_request.Rehash && _update.FindUntouched(status) is { } known && (!_checksSha512 || _update.HasSha512(known.Content)))
        {
            _hasChanged |= _update.Put(job.Directory, job.Name, job.Previous, new(status, known.Content, null, known.Extra, 0));
            return;
        }

        if (isLinked)
        {
            job.LinkKey = (status.Device, status.Inode);
            _linkedUnderWay.Add((status.Device, status.Inode), job);
        }

        if (batch is not null && (batch.Jobs.Count >= MaximumBatchFiles || batch.Bytes + job.Status.Size > MaximumBatchBytes))
        {
            Send(batch);
            batch = null;
        }

        if (batch is null)
        {
            directory.Share();
            batch = new(directory.Directory, directory);
        }

        batch.Jobs.Add(job);
        batch.Bytes += job.Status.Size;
    }

    private void Book(FileJob job)
    {
        if (job.LinkKey is { } key)
        {
            _linkedUnderWay.Remove(key);
            if (job is { IsFresh: true, KeptChanging: false, Problem: null })
            {
                _linkedFresh[key] = job;
            }
        }

        _filesRead += job.Sha256 is null ? 0 : 1;
        _bytesRead += job.BytesRead;
        Put(job, job);
        foreach (FileJob other in job.OtherNames ?? [])
        {
            Put(other, job);
        }
    }

    private void Put(FileJob name, FileJob read)
    {
        if (read.IsGone)
        {
            if (name.Previous is not null)
            {
                _hasChanged = true;
                _update.Gone(name.Previous, []);
            }

            return;
        }

        long? content = read.Sha256 is null ? null : _update.Content(read.Status.Size, read.Sha256, read.Sha512);
        NodeStatus status = Own(read.Status);
        status = read.IsFresh ? status with { Changed = KnownEntry.MustRead } : status;
        _hasChanged |= _update.Put(name.Directory, name.Name, name.Previous, new(status, content, null, read.Extra, read.KeptChanging ? KnownEntry.ChangedWhileRead : 0));
        if (read.Problem is not null || read.KeptChanging)
        {
            byte[] path = Joined(_update.PathOf(name.Directory), name.Name);
            string shown = ShownInSource(path);
            Problem(read.KeptChanging
                ? new("changed-while-read", $"{shown} changed each time it was read", "scan again when nothing writes to it")
                : new("unreadable-file", $"{shown}: {read.Problem}"));
        }
    }

    private bool IsTooLong(int lengthBelowSource) => _sourceLength + 1 + lengthBelowSource > LongestPath;

    private byte[] InArchive(byte[] path) =>
        path.Length == 0 ? _prefixBytes : _prefixBytes.Length == 0 ? path : [.. _prefixBytes, (byte)'/', .. path];

    private static byte[] Joined(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name) => path.IsEmpty ? name.ToArray() : [.. path, (byte)'/', .. name];

    /// <param name="path">As the archive has it.</param>
    private string ShownInSource(byte[] path) => Shown(_prefixBytes.Length == 0 ? path : path[(_prefixBytes.Length + 1)..]);

    private string Shown(byte[] path) => Path.Combine(_source, Encoding.UTF8.GetString(path));
}
