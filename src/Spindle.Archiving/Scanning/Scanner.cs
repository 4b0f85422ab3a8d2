// SPDX-License-Identifier: MIT
using Microsoft.Data.Sqlite;
using Spindle.Catalogue;
using Spindle.Files.Listing;
using Spindle.Media;

namespace Spindle.Archiving.Scanning;

/// <summary>Walks directories, reads what is new or changed, and writes it into a catalogue.</summary>
/// <param name="time">The clock.</param>
public sealed class Scanner(TimeProvider time)
{
    private const string Sha256 = "sha256";
    private const string Both = "sha256,sha512";

    /// <summary>How the files are looked at: by the system, or by what shows something else as a tree.</summary>
    public ISourceSystem System { get; init; } = SourceSystem.OfThisMachine();

    /// <summary>Scans.</summary>
    /// <param name="database">Open for writing. What was done is kept whenever and however it ends.</param>
    /// <param name="request">What to scan.</param>
    /// <param name="progress">Is told, some times a second, from the thread that works.</param>
    /// <param name="cancellationToken">Stops soon; the next scan goes on.</param>
    /// <exception cref="OperationFailedException">See <see cref="SourceBook"/> and <see cref="CatalogueDatabase"/>; <c>source-unreadable</c>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<ScanResult> ScanAsync(CatalogueDatabase database, ScanRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken) =>
        Task.Run(() => CatalogueDatabase.Guarded(database.Path, () => Scan(database, request, progress, cancellationToken)), CancellationToken.None);

    private ScanResult Scan(CatalogueDatabase database, ScanRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Source, string Prefix)> sources = SourceBook.Resolve(database, request);
        bool withSha512 = request.WithSha512 || database.Setting("hashes") == Both;
        using (SqliteTransaction transaction = database.BeginWriting())
        {
            Keep(database, "hashes", withSha512 ? Both : Sha256);
            Keep(database, "job", request.Job);
            Keep(database, "client", request.Client);
            transaction.Commit();
        }

        List<SourceScan> results = [];
        foreach ((string source, string prefix) in sources)
        {
            using ISourceDirectory root = Open(source);
            using ScanRun run = new(database, request with { WithSha512 = withSha512 }, (source, prefix), (System, root, time));
            results.Add(run.Run(progress, cancellationToken));
        }

        return new(results);
    }

    private static void Keep(CatalogueDatabase database, string key, string? value)
    {
        if (value is not null && value != database.Setting(key))
        {
            database.Set(key, value);
        }
    }

    private ISourceDirectory Open(string source)
    {
        try
        {
            return System.OpenRoot(source);
        }
        catch (SourceException e)
        {
            throw new OperationFailedException(new("source-unreadable", $"{source} cannot be read: {e.Message}"), e);
        }
    }
}
