// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using Spindle.Files;
using Spindle.Files.Listing;
using Spindle.Files.Patterns;

namespace Spindle.Archiving.Scanning;

/// <summary>A directory that was listed.</summary>
/// <param name="Path">From the source, without '/' at either end; empty: the source itself.</param>
/// <param name="Directory">Open; null where it could not be opened, or is not to be gone into.</param>
/// <param name="Listing">Its names in order, without those that are left out.</param>
/// <param name="Problem">Why it could not be listed, in the system's words; null where it could.</param>
/// <param name="IsGone">It is not there any more.</param>
internal sealed record WalkedDirectory(byte[] Path, SharedDirectory? Directory, DirectoryListing Listing, string? Problem = null, bool IsGone = false);

/// <summary>Lists a tree, directory by directory, depth first, on a thread of its own.</summary>
/// <remarks>It holds one listing and the directories that are still to come on the way down, never the tree.</remarks>
internal sealed class SourceWalk : IDisposable
{
    private const int NamesAhead = 16 * 1024;
    private const int OpenDirectoriesAhead = 64;

    private readonly ISourceDirectory _root;
    private readonly IgnoreRules _ignored;
    private readonly bool _oneFileSystem;
    private readonly CatalogueFiles _catalogue;
    private readonly ImportedPlaces _imported;
    private readonly Action _wake;
    private readonly ConcurrentQueue<WalkedDirectory> _listed = new();
    private readonly ConcurrentQueue<DirectoryListing> _emptied = new();
    private readonly SemaphoreSlim _room = new(1);
    private readonly Thread _thread;
    private readonly CancellationToken _cancellationToken;
    private int _namesListed;
    private Exception? _failure;
    private volatile bool _isOver;

    public SourceWalk(ISourceDirectory root, ScanRequest request, (CatalogueFiles Catalogue, ImportedPlaces Imported) leftOut, Action wake, CancellationToken cancellationToken)
    {
        _root = root;
        _ignored = new(request.Excludes);
        _oneFileSystem = request.OneFileSystem;
        (_catalogue, _imported) = leftOut;
        _wake = wake;
        _cancellationToken = cancellationToken;
        _thread = new(Walk) { IsBackground = true, Name = "walk" };
    }

    /// <summary>Everything was listed, and taken.</summary>
    public bool IsOver => _isOver && _listed.IsEmpty;

    public void Start() => _thread.Start();

    /// <summary>Takes the next directory, if one is ready.</summary>
    public bool TryTake(out WalkedDirectory directory)
    {
        if (_listed.TryDequeue(out directory!))
        {
            Interlocked.Add(ref _namesListed, -directory.Listing.Count);
            _room.Release();
            return true;
        }

        return false;
    }

    /// <summary>Takes a listing back that is done with.</summary>
    public void Recycle(DirectoryListing listing)
    {
        if (listing.TryClear())
        {
            _emptied.Enqueue(listing);
        }
    }

    /// <summary>Throws what stopped the walk, where it was no cancellation.</summary>
    public void ThrowIfFailed()
    {
        if (_isOver && _failure is { } failure and not OperationCanceledException)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Waits for its thread, which ends soon after it is over or cancelled.</summary>
    public void Dispose()
    {
        _thread.Join();
        _room.Dispose();
        while (_listed.TryDequeue(out WalkedDirectory? left))
        {
            left.Directory?.Release();
        }
    }

    private void Walk()
    {
        try
        {
            Stack<(byte[] Path, bool IsEntered)> pending = new();
            pending.Push(([], true));
            while (pending.TryPop(out (byte[] Path, bool IsEntered) next))
            {
                WalkedDirectory walked = next.IsEntered ? List(next.Path) : new(next.Path, null, new());
                for (int index = walked.Listing.Count - 1; index >= 0; index--)
                {
                    NodeStatus status = walked.Listing.Status(index);
                    if (status.Kind == EntryKind.Directory)
                    {
                        pending.Push((Below(next.Path, walked.Listing.Name(index)), !_oneFileSystem || status.Device == _root.Status.Device));
                    }
                }

                Hand(walked);
            }
        }
#pragma warning disable CA1031 // it is thrown where the walk is waited for
        catch (Exception e)
#pragma warning restore CA1031
        {
            _failure = e;
        }
        finally
        {
            _isOver = true;
            _wake();
        }
    }

    private static byte[] Below(byte[] path, ReadOnlySpan<byte> name) => path.Length == 0 ? name.ToArray() : [.. path, (byte)'/', .. name];

    private WalkedDirectory List(byte[] path)
    {
        DirectoryListing listing = _emptied.TryDequeue(out DirectoryListing? emptied) ? emptied : new();
        ISourceDirectory? directory = null;
        try
        {
            directory = _root.OpenDirectory(path);
            directory.List(listing);
            listing.Sort();
            bool holdsCatalogue = _catalogue.AreIn(directory.Status);
            if (!_ignored.IsEmpty || holdsCatalogue || !_imported.IsEmpty)
            {
                NodeStatus own = directory.Status;
                listing.Remove(index =>
                    (holdsCatalogue && _catalogue.Have(own, listing.Name(index))) || _imported.Have(path, listing.Name(index))
                    || _ignored.Ignores(path, listing.Name(index), listing.Status(index).Kind == EntryKind.Directory));
            }

            return new(path, new(directory), listing);
        }
        catch (SourceException e)
        {
            directory?.Dispose();
            return new(path, null, new(), e.Message, e.IsGone && path.Length > 0);
        }
    }

    /// <summary>Goes on while little is waiting; a large directory waits alone.</summary>
    private void Hand(WalkedDirectory walked)
    {
        Interlocked.Add(ref _namesListed, walked.Listing.Count);
        _listed.Enqueue(walked);
        _wake();
        while (Volatile.Read(ref _namesListed) > NamesAhead || _listed.Count > OpenDirectoriesAhead)
        {
            _room.Wait(_cancellationToken);
        }

        _cancellationToken.ThrowIfCancellationRequested();
    }
}
