// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Spindle.Catalogue;
using Spindle.Catalogue.Documents;
using Spindle.Formats.Analysis;
using Spindle.Media;
using Spindle.Parity.Protecting;
using Spindle.Restoring.Shelf;

namespace Spindle.Restoring.Verifying;

/// <summary>Reads discs of an archive and says whether they still hold what they should.</summary>
/// <param name="openMedium">Opens a drive, a device or an image file; null where image files are all there is.</param>
/// <param name="time">Says when that was, for the catalogue.</param>
public sealed class Verifier(Func<string, ISectorReader>? openMedium, TimeProvider time)
{
    /// <summary>Verifies all discs that the sources have.</summary>
    /// <param name="request">What to verify.</param>
    /// <param name="progress">Told after each piece that was read.</param>
    /// <param name="cancellationToken">Stops; the catalogue knows of the discs that were finished.</param>
    /// <exception cref="OperationFailedException">The catalogue can't be read.</exception>
    public Task<VerifyResult> RunAsync(VerifyRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken) =>
        Task.Run(() => Run(request, progress, cancellationToken), CancellationToken.None);

    private VerifyResult Run(VerifyRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        if (request.Catalogue is { } catalogue)
        {
            CatalogueDatabase.OpenForReading(catalogue).Dispose(); // what is wrong with it is said before an hour of reading
        }

        using DiscShelf shelf = new(openMedium);
        foreach (string source in request.Sources)
        {
            shelf.Add(source);
        }

        List<VerifiedDisc> discs = [];
        List<Failure> refused = [.. shelf.Refused];
        List<Failure> concerns = [.. shelf.Others];
        foreach (ArchiveDisc disc in shelf.Discs)
        {
            Known known = request.Catalogue is { } path ? Look(path, disc.Identity) : new(null, 0);
            try
            {
                discs.Add(Verify(disc, request, known, out string detail, progress, cancellationToken));
                Remember(request.Catalogue, known, (discs[^1], detail), CatalogueWait.ToEnter(progress, cancellationToken));
            }
            catch (OperationFailedException e)
            {
                bool isRead = discs.Count > 0 && discs[^1].Source == disc.Name;
                (isRead ? concerns : refused).Add(e.Failure);
            }
        }

        return new(discs, refused, concerns, shelf.HasFolders ? Missing(shelf.Discs, request.Catalogue) : []);
    }

    /// <summary>Discs of the sets of which some are there. Our own catalogue knows which were written; the newest disc, which were planned with it.</summary>
    private static List<MissingDisc> Missing(IReadOnlyList<ArchiveDisc> discs, string? catalogue)
    {
        List<MissingDisc> missing = [];
        foreach (IGrouping<Guid, ArchiveDisc> archive in discs.Where(disc => disc.Identity.IsKnown).GroupBy(disc => disc.Identity.Archive))
        {
            if (catalogue is not null)
            {
                using CatalogueDatabase database = CatalogueDatabase.OpenForReading(catalogue);
                IReadOnlyList<DiscRecord> known = new DiscStore(database).All();
                HashSet<Guid> there = [.. archive.Select(disc => disc.Identity.Disc)];
                if (known.Any(disc => there.Contains(disc.Uuid)))
                {
                    missing.AddRange(known.Where(disc => disc.Status == "written" && disc.Uuid != Guid.Empty && !there.Contains(disc.Uuid)
                        && (database.Uuid == archive.Key || IsOfSet(archive, disc))).Select(disc => new MissingDisc(disc.Number, disc.Label, WasWritten: true)));
                    continue;
                }
            }

            ArchiveDisc newest = archive.OrderByDescending(disc => disc.Identity.Planned).ThenByDescending(disc => disc.Identity.Number).First();
            HashSet<int> numbers = [.. archive.Select(disc => disc.Identity.Number)];
            missing.AddRange(DiscsOfSet.Read(newest).Where(disc => !numbers.Contains(disc.Key))
                .Select(disc => new MissingDisc(disc.Key, disc.Value, WasWritten: disc.Key < newest.Identity.Number ? true : null)));
        }

        return missing;
    }

    /// <summary>A catalogue that others were imported into numbers their discs anew: those of a set have the set's name.</summary>
    private static bool IsOfSet(IEnumerable<ArchiveDisc> archive, DiscRecord disc) =>
        archive.Any(other => DiscsOfSet.Read(other).Values.Contains(disc.Label));

    private static VerifiedDisc Verify(
        ArchiveDisc disc, VerifyRequest request, Known known, out string detail, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        using DiscContents contents = DiscContents.Read(disc);
        if (request.Catalogue is { } catalogue && known.Number is { } number)
        {
            using CatalogueDatabase database = CatalogueDatabase.OpenForReading(catalogue);
            contents.CompareWith(database, number);
        }

        List<FileDamage> damage = [.. contents.Damage];
        long count = request.Share >= 1 ? contents.Count : (long)Math.Ceiling(contents.Count * request.Share);
        long first = request.Share >= 1 || contents.Count == 0 ? 0 : known.Next % contents.Count;
        long total = contents.Bytes(first, count);
        long done = 0;
        long whole = 0;
        using FileVerifier verifier = new(disc, bytes => progress.Report(new("verifying", done += bytes, Math.Max(done, total), WorkProgress.Bytes) { Item = disc.Identity.Label }), cancellationToken);
        foreach (ListedFile file in contents.Files(first, count))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (verifier.Verify(file) is not { } wrong)
            {
                whole++;
                continue;
            }

            whole += wrong.Kind == DamageKind.List ? 1 : 0; // the file is whole, the list is not
            damage.Add(wrong);
        }

        detail = new JsonObject { ["next"] = request.Share >= 1 ? known.Next : first + count, ["checked"] = count, ["files"] = contents.Count }.ToJsonString();
        DiscAnalysis? structure = disc is ImageDisc image ? DiscAnalyzer.Analyze(image.Reader) : null;
        bool? hasParityHeader = disc is ImageDisc { Identity.HasParity: true } protectedDisc ? HasParityHeader(protectedDisc) : null;
        return new(disc.Identity, disc.Name, whole, contents.Count - count, damage, structure, hasParityHeader);
    }

    /// <summary>Whether check data follow, as long as their header says. Whether they are right, only a check of all of the disc tells.</summary>
    private static bool HasParityHeader(ImageDisc disc) =>
        ParityHeader.Read(disc.Reader) is { } layout && disc.Reader.Length >= layout.TotalSectors * Capacity.SectorSize;

    /// <summary>What the catalogue has of a disc.</summary>
    private static Known Look(string path, DiscIdentity identity)
    {
        using CatalogueDatabase database = CatalogueDatabase.OpenForReading(path);
        if (!identity.IsKnown || new DiscStore(database).All().FirstOrDefault(disc => disc.Uuid == identity.Disc) is not { } disc)
        {
            return new(null, 0);
        }

        long next = 0;
        using Statement last = database.Prepare("SELECT detail FROM event WHERE disc = ?1 AND kind = 'verified' AND detail IS NOT NULL ORDER BY id DESC LIMIT 1");
        last.Bind(1, disc.Number);
        if (last.Step())
        {
            next = NextOf(last.Text(0)!);
        }

        return new(disc.Number, next);
    }

    private static long NextOf(string detail)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(detail);
            return document.RootElement.TryGetProperty("next", out JsonElement next) && next.TryGetInt64(out long number) ? Math.Max(0, number) : 0;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return 0;
        }
    }

    private void Remember(string? catalogue, Known known, (VerifiedDisc Disc, string Detail) verified, CatalogueWait wait)
    {
        if (catalogue is not null && known.Number is { } number)
        {
            // Open for a moment only: reading a disc takes an hour, in which others may want to write.
            using CatalogueDatabase database = CatalogueDatabase.OpenToEnter(catalogue, wait);
            using SqliteTransaction transaction = database.BeginWriting();
            (VerifiedDisc disc, string detail) = verified;
            new DiscStore(database).AddEvent(number, "verified", disc.IsWhole ? "whole" : "damaged", disc.Source, detail, time.GetUtcNow());
            transaction.Commit();
        }
    }

    /// <param name="Number">Null where the catalogue does not know the disc.</param>
    /// <param name="Next">Where the next sample begins.</param>
    private sealed record Known(int? Number, long Next);
}
