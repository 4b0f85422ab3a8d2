// SPDX-License-Identifier: MIT
using Spindle.Archiving.Catalogue;
using Spindle.Archiving.Discs;
using Spindle.Archiving.Planning;
using Spindle.Archiving.Scanning;
using Spindle.Mastering;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Archiving.Tests.Planning;

public sealed class ArchiveMeasureTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task What_the_lists_say_of_directories_is_not_estimated_too_small()
    {
        // Long paths of names that ISO 9660 can have: nothing but the table of files tells of them.
        string above = Path.Combine([_directory["source"], .. Enumerable.Range(0, 5).Select(level => $"LEVEL_{level}_{new string('L', 22)}")]);
        for (int number = 0; number < 1000; number++)
        {
            Directory.CreateDirectory(Path.Combine(above, $"DIRECTORY_{number:D4}_{new string('D', 15)}"));
        }

        using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(_directory["catalogue.db"]);
        await new Scanner(TimeProvider.System).ScanAsync(database, new() { Sources = [_directory["source"]], Job = "Measured" }, new Progress<WorkProgress>(), default);
        PlanRequest request = new() { Capacity = new("10000s", 10_000), Tool = "spindle test" };
        ArchiveMeasure measure = new(database, new(database, withRoot: true), 9000, request, CancellationToken.None);
        PlanResult plan = new Planner(database, TimeProvider.System).Plan(request, new Progress<WorkProgress>(), CancellationToken.None);
        DiscAssembly disc = DiscAssembly.Create(
            database, Assert.Single(plan.Discs).Number, Task.FromResult(CatalogueCopy.Measure(database, scan: 1, plan: 1, isCompressed: false)), new LengthsOnly());

        MetadataCost cost = disc.Layout.Metadata;
        long lists = disc.Documents.Where(document => document.Name is "ARCHIVE/files.tsv" or "ARCHIVE/names.tsv" or "ARCHIVE/SHA256SUMS").Sum(document => document.Length);
        long tables = 2 * (cost.IsoPathTableBytes + cost.JolietPathTableBytes);
        Assert.InRange(lists, 200_000, 400_000);
        Assert.InRange(
            measure.Costs.Sectors(0, measure.Costs.Count),
            cost.UdfSectors + cost.IsoSectors + cost.JolietSectors + ((lists + tables) / 2048),
            cost.UdfSectors + cost.IsoSectors + cost.JolietSectors + ((2 * (lists + tables)) / 2048));
    }

    public void Dispose() => _directory.Dispose();
}
