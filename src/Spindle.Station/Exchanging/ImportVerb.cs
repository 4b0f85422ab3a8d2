// SPDX-License-Identifier: MIT
using Spindle.Archiving.Discs;
using Spindle.Catalogue;
using Spindle.Catalogue.Exchange;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Exchanging;

/// <summary><c>import</c>: a working catalogue from one that was written down.</summary>
public static class ImportVerb
{
    internal const string Name = "import";

    /// <summary>The verb.</summary>
    public static Verb<ImportRequest, ImportDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = ExchangeJson.Form.ImportRequest,
        Document = ExchangeJson.Form.ImportDocument,
        RunAsync = RunAsync,
    };

    private static async Task<ImportDocument> RunAsync(ImportRequest request, Work work, CancellationToken cancellationToken)
    {
        // What is named may be a pipe, as of a program that unpacks it: to open that waits for who writes, who may never come.
        await using FileStream input = await Task.Run(() => Open(request.File), CancellationToken.None).WaitAsync(cancellationToken);
        return await Task.Run(() => Import(request, input, work, cancellationToken), CancellationToken.None);
    }

    private static ImportDocument Import(ImportRequest request, FileStream input, Work work, CancellationToken cancellationToken)
    {
        using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(request.Catalogue, CatalogueWait.ToWork(work.Progress, cancellationToken));

        // On a disc, and in what was taken from one, the description of the disc is beside its catalogue.
        Guid? teller = DiscUuid.OfFile(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(request.File))!, "disc.json"));
        ImportResult result = CatalogueImport.Read(input, database, request.Place, work.Equipment.Time, cancellationToken, teller);
        return new()
        {
            Read = Path.GetFullPath(request.File),
            Format = result.Format,
            Entries = result.Entries,
            NewEntries = result.NewEntries,
            Contents = result.Contents,
            Discs = result.Discs,
            DiscsToldOf = result.DiscsToldOf,
            Catalogue = database.Path,
        };
    }

    private static FileStream Open(string file)
    {
        try
        {
            return new(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new OperationFailedException(new("no-such-source", $"there is no file {file}", "check the name"), e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new OperationFailedException(new("source-denied", $"{file} may not be read", "check its permissions"), e);
        }
        catch (IOException e)
        {
            throw new OperationFailedException(new("source-unreadable", $"{file} cannot be read: {e.Message}", "another copy of the catalogue may be readable: every disc has one"), e);
        }
    }
}

/// <summary>What is to be imported.</summary>
/// <param name="Catalogue">The working catalogue; made where there is none.</param>
/// <param name="File">A <c>catalogue.json</c> of spindle or of odarchive (versions 1 and 2), also with <c>.gz</c>.</param>
/// <param name="Place">Where the tree of another archive is to stand in this one; null for none.</param>
public sealed record ImportRequest(string Catalogue, string File, string? Place = null);

/// <summary>A catalogue that was imported.</summary>
public sealed record ImportDocument : Document
{
    /// <summary>The file, as a full path.</summary>
    public required string Read { get; init; }

    /// <summary><c>spindle/catalogue/1</c>, or <c>odarchive</c> with its version.</summary>
    public required string Format { get; init; }

    /// <summary>Names in it, also those that are gone.</summary>
    public required long Entries { get; init; }

    /// <summary>Names that the catalogue did not know before.</summary>
    public required long NewEntries { get; init; }

    /// <summary>Different contents.</summary>
    public required long Contents { get; init; }

    /// <summary>Discs.</summary>
    public required long Discs { get; init; }

    /// <summary>Discs of the catalogue that nothing proves: they may have been written or not.</summary>
    public required long DiscsToldOf { get; init; }

    /// <summary>The working catalogue.</summary>
    public required string Catalogue { get; init; }

    /// <inheritdoc/>
    protected override string Verb => ImportVerb.Name;
}
