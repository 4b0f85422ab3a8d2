// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Spindle.Catalogue;
using Spindle.Media;

namespace Spindle.Vault.Objects;

/// <summary>The vault's tables of a catalogue, for many who ask at once.</summary>
/// <remarks>
/// One thread writes, and what is asked of it at the same moment is one transaction, stored once, before anybody is told that it is done. What fails takes
/// nothing else with it. Who reads has a connection of its own. A command that works with the catalogue is waited for: its transactions are short.
/// </remarks>
public sealed class VaultDatabase : IAsyncDisposable
{
    private const int MostAtOnce = 256; // changes in a transaction
    private const int MostReaders = 4;
    private const int CacheKibibytes = 16 * 1024; // of each reader

    private readonly string _path;
    private readonly CancellationTokenSource _over = new();
    private readonly Channel<IChange> _changes = Channel.CreateUnbounded<IChange>(new() { SingleReader = true });
    private readonly ConcurrentBag<VaultRows> _readers = [];
    private readonly SemaphoreSlim _readersFree = new(MostReaders);
    private readonly Thread _writer;

    private VaultDatabase(string path, CatalogueDatabase database)
    {
        _path = path;
        _writer = new(() => Write(database)) { IsBackground = true, Name = "vault" };
        _writer.Start();
    }

    /// <summary>Opens the vault of a catalogue.</summary>
    /// <param name="path">The catalogue.</param>
    /// <exception cref="OperationFailedException">It can't be opened.</exception>
    public static VaultDatabase Open(string path) => new(path, CatalogueDatabase.OpenToEnter(path, CatalogueWait.ToEnter(new Untold(), CancellationToken.None)));

    /// <summary>Changes something: it is stored when this returns.</summary>
    /// <param name="change">Changes it; what it throws undoes what it did, and nothing else.</param>
    /// <exception cref="OperationFailedException">It can't be stored.</exception>
    public Task<T> WriteAsync<T>(Func<VaultRows, T> change)
    {
        Change<T> queued = new(change);
        if (!_changes.Writer.TryWrite(queued))
        {
            throw new OperationCanceledException("the vault is closed");
        }

        return queued.Done;
    }

    /// <summary>Looks something up.</summary>
    /// <exception cref="OperationFailedException">The catalogue can't be read.</exception>
    public T Read<T>(Func<VaultRows, T> read)
    {
        _readersFree.Wait();
        try
        {
            VaultRows rows = _readers.TryTake(out VaultRows? free) ? free : NewReader();
            T result = CatalogueDatabase.Guarded(_path, () => read(rows));
            _readers.Add(rows); // not so where it threw: nobody knows in what state it is
            return result;
        }
        finally
        {
            _readersFree.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _changes.Writer.TryComplete();
        await Task.Run(_writer.Join);
        await _over.CancelAsync();
        while (_readers.TryTake(out VaultRows? rows))
        {
            rows.Dispose();
        }

        _readersFree.Dispose();
        _over.Dispose();
    }

    private VaultRows NewReader()
    {
        CatalogueDatabase database = CatalogueDatabase.OpenForReading(_path);
        database.Run($"PRAGMA cache_size = -{CacheKibibytes}");
        return new(database);
    }

    private void Write(CatalogueDatabase database)
    {
        using VaultRows rows = new(database);
        List<IChange> changes = [];
        while (_changes.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (changes.Count < MostAtOnce && _changes.Reader.TryRead(out IChange? change))
            {
                changes.Add(change);
            }

            try
            {
                CatalogueDatabase.Guarded(_path, () =>
                {
                    using SqliteTransaction transaction = database.BeginWriting();
                    foreach (IChange change in changes)
                    {
                        database.Run("SAVEPOINT change");
                        change.Do(rows);
                        database.Run(change.HasFailed ? "ROLLBACK TO change; RELEASE change" : "RELEASE change");
                    }

                    transaction.Commit();
                    return true;
                });
                changes.ForEach(change => change.Tell());
            }
#pragma warning disable CA1031 // it is told to all who asked
            catch (Exception e)
#pragma warning restore CA1031
            {
                changes.ForEach(change => change.Fail(e));
            }

            changes.Clear();
        }
    }

    private interface IChange
    {
        bool HasFailed { get; }

        void Do(VaultRows rows);

        void Tell();

        void Fail(Exception failure);
    }

    private sealed class Change<T>(Func<VaultRows, T> change) : IChange
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _failure;

        public Task<T> Done => _done.Task;

        public bool HasFailed => _failure is not null;

        public void Do(VaultRows rows)
        {
            try
            {
                _result = change(rows);
            }
#pragma warning disable CA1031 // it is told to who asked
            catch (Exception e)
#pragma warning restore CA1031
            {
                rows.Reset();
                _failure = e;
            }
        }

        public void Tell()
        {
            if (_failure is { } failure)
            {
                _done.TrySetException(failure);
            }
            else
            {
                _done.TrySetResult(_result!);
            }
        }

        public void Fail(Exception failure) => _done.TrySetException(_failure ?? failure);
    }

    private sealed class Untold : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
            // Nobody watches.
        }
    }
}
