// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Catalogue.Documents;
using Spindle.Media;
using Spindle.Parity.Protecting;

namespace Spindle.Archiving.Discs;

/// <summary>Lays a disc out to the sector, as the plan did, with all hashes and lists that it carries.</summary>
/// <param name="database">The catalogue, open for writing.</param>
/// <param name="places">As of <see cref="ContentFiles"/>.</param>
internal sealed class DiscPreparer(CatalogueDatabase database, Func<long, byte[]?>? places)
{
    /// <param name="disc">The disc.</param>
    /// <param name="folder">Keeps its lists until it is written.</param>
    /// <param name="progress">Told some times a second.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationFailedException"><c>plan-outdated</c>: it would not be the disc that was planned.</exception>
    public async Task<PreparedDisc> RunAsync(DiscRecord disc, DocumentFolder folder, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        DiscFacts facts = DiscFacts.Of(database, disc.Number)!; // the disc is known
        IReadOnlyList<SourceProblem> problems = await Task.Run(
            () => new PartHasher(database, places).Hash(disc.Number, progress, cancellationToken), CancellationToken.None);
        DiscAssembly assembly = await AssembleAsync(facts, folder);
        long sectors = facts.Detail.ParityPercent is { } percent
            ? Redundancy.OfPercent(percent).ImageSectorsFor(assembly.Layout.Sectors)
            : assembly.Layout.Sectors;
        if (sectors != disc.Sectors)
        {
            CheckSize(disc, facts, assembly.Layout.Sectors);
            disc = disc with { Sectors = sectors, Files = assembly.Facts.Files, Bytes = assembly.Facts.Bytes };
        }

        return new(disc, assembly, problems);
    }

    /// <summary>Lays the disc out, while another thread copies the catalogue over a connection of its own.</summary>
    private async Task<DiscAssembly> AssembleAsync(DiscFacts facts, DocumentFolder folder)
    {
        Task<CatalogueCopy> catalogue = Task.Run(() =>
        {
            using CatalogueDatabase reading = CatalogueDatabase.OpenForReading(database.Path);
            return CatalogueCopy.Make(reading, facts, folder);
        });
        Task<DiscAssembly> assembly = Task.Run(() => DiscAssembly.Create(database, facts.Number, catalogue, folder));

        // Whichever fails: nobody writes into the folder any more when it is taken away.
        await Task.WhenAll(catalogue, assembly);
        return await assembly;
    }

    /// <summary>A disc that was never written may have other lists, of another program, as long as it holds them; one that was must come out as it was.</summary>
    private static void CheckSize(DiscRecord disc, DiscFacts facts, long sectors)
    {
        if (disc.Status == "written")
        {
            throw new OperationFailedException(new(
                "plan-outdated", $"disc {disc.Number} was written with {disc.Sectors} sectors and would have {sectors}", $"{facts.Detail.Tool} planned it: use that one"));
        }

        if (sectors > facts.Detail.ImageSectors)
        {
            throw new OperationFailedException(new(
                "plan-outdated", $"disc {disc.Number} may have {facts.Detail.ImageSectors} sectors and would have {sectors}", $"{facts.Detail.Tool} planned it: use that one"));
        }
    }
}
