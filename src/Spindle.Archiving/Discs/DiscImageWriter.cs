// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Mastering.Writing;
using Spindle.Media;

namespace Spindle.Archiving.Discs;

/// <summary>Writes the image of a disc from front to back, each file held against the catalogue on its way.</summary>
/// <param name="database">Knows where the scanned files are.</param>
/// <param name="places">As of <see cref="ContentFiles"/>.</param>
internal sealed class DiscImageWriter(CatalogueDatabase database, Func<long, byte[]?>? places)
{
    /// <param name="assembly">Where everything lies.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="progress">Told some times a second.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<WrittenImage> RunAsync(DiscAssembly assembly, string path, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        ImageWriteResult written = await WriteAsync(assembly, path, progress, cancellationToken);
        using ContentFiles files = new(database, assembly.Facts.Number, places);
        return new(written.Sha256, [.. written.Failures.Select(failure => new SourceProblem(assembly.SourceOf(failure.Content, files).Name, failure.Failure))]);
    }

    private async Task<ImageWriteResult> WriteAsync(
        DiscAssembly assembly, string path, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        using IDisposable snapshot = database.Snapshot(); // else each of the million questions for a path locks the catalogue anew
        using ContentFiles files = new(database, assembly.Facts.Number, places);
        using FileStream target = Open(path);
        return await ImageWriter.WriteAsync(
            new() { Layout = assembly.Layout, Source = content => assembly.SourceOf(content, files), Target = target, TargetName = path },
            progress,
            cancellationToken);
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperationFailedException(new("target-denied", $"{path} can't be written: {e.Message}", "name another directory with --to"), e);
        }
    }
}
