// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Catalogue.Documents;
using Spindle.Catalogue.Sets;
using Spindle.Files;
using Spindle.Media;
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>Makes the parity discs of planned sets all of whose discs are in.</summary>
/// <param name="database">The catalogue, open for writing.</param>
/// <param name="time">Says when images were made; nothing of that is in them.</param>
public sealed class FullSets(CatalogueDatabase database, TimeProvider time)
{
    private readonly SetStore _store = new(database);

    /// <summary>Makes the parity discs of a disc's set, if it is full, beside its sums; these go then.</summary>
    /// <param name="disc">A disc that was added.</param>
    /// <param name="overwrite">Whether other images of their names are replaced.</param>
    /// <param name="progress">Told some times a second.</param>
    /// <param name="cancellationToken">Stops; the same command goes on.</param>
    /// <returns>How the set stands; null where the disc is in none.</returns>
    /// <exception cref="OperationFailedException"><c>sums-damaged</c>, <c>target-busy</c>, <c>parity-too-large</c>, <c>already-exists</c>; there is no room.</exception>
    public SetProgress? Close(int disc, bool overwrite, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        if (_store.Of(disc) is not { } set)
        {
            return null;
        }

        if (set is { Status: "closed", Sums: { } left }) // of a run that was killed
        {
            Forget(set, left);
            set = set with { Sums = null };
        }

        int[] missing = [.. Discs(set).Except(set.Members.Select(member => member.Disc))];
        if (set is not { Status: "open", Sums: { } folder } || missing.Length > 0)
        {
            return new(set, missing, WasMade: false);
        }

        using (FolderLock claim = SetAdder.Claim(folder))
        using (SetSums sums = SetSums.Open(folder))
        {
            Make(set, sums, folder, overwrite, progress, cancellationToken);
        }

        Forget(set, folder);
        return new(_store.Of(disc)!, [], WasMade: true);
    }

    private void Forget(SetRecord set, string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        _store.ForgetSums(set.Plan.Number);
    }

    private void Make(SetRecord set, SetSums sums, string folder, bool overwrite, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        using DocumentFolder documents = new(Path.ChangeExtension(folder, ".archive"));
        ArchiveSet archive = new(database, set, documents);
        SetMakeRequest request = new()
        {
            Sources = [],
            Target = Path.GetDirectoryName(folder)!,
            Rows = set.Plan.Rows,
            Name = sums.Name,
            Sectors = archive.Facts.CapacitySectors,
            Overwrite = overwrite,
            Archive = archive,
        };
        SetMakeResult made = SetAdder.Close(sums, request, progress, cancellationToken);
        _store.Close(set.Plan.Number, made.Files.Select(file => (file.Row, file.Path, file.Sectors, file.Sha256)), time.GetUtcNow());
    }

    /// <summary>The discs that a set is still meant to have.</summary>
    private IEnumerable<int> Discs(SetRecord set) =>
        new DiscStore(database).All().Where(disc => disc.Number >= set.Plan.FirstDisc && disc.Number <= set.Plan.LastDisc && disc.Status != "withdrawn").Select(disc => disc.Number);
}

/// <summary>How a planned set stands.</summary>
/// <param name="Set">The set.</param>
/// <param name="Missing">Discs that are not in it yet.</param>
/// <param name="WasMade">Whether its parity discs were made just now.</param>
public sealed record SetProgress(SetRecord Set, IReadOnlyList<int> Missing, bool WasMade);
