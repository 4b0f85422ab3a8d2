// SPDX-License-Identifier: MIT
using Spindle.Archiving.Health;
using Spindle.Archiving.Planning;
using Spindle.Catalogue;
using Spindle.Catalogue.Health;
using Spindle.Media;
using Spindle.Parity;
using Spindle.Parity.Health;
using Spindle.Parity.Protecting;
using Spindle.Testing;

namespace Spindle.Archiving.Tests.Health;

public sealed class ParityChecksTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task What_parity_found_is_remembered_in_the_words_of_the_catalogue()
    {
        using CatalogueDatabase database = GeneratedCatalogue.Create(_directory["catalogue.db"], 1, 1, _ => 1000);
        await new Planner(database, TimeProvider.System).RunAsync(new() { Capacity = new("2000s", 2000), Tool = "spindle test" }, new Progress<WorkProgress>(), CancellationToken.None);
        CheckHistory history = new(database);

        history.Add(0, "B", "/dev/sr0", Found, DateTimeOffset.UnixEpoch);

        DiscCheck check = Assert.Single(history.Of(0));
        Assert.Equal(("copy-now", "B", "/dev/sr0", 40), (check.Verdict, check.Copy, check.Drive, check.Roots));
        Assert.Equal((7, 5, 3, 41, 0.25), (check.SectorsMissing, check.ChecksumMismatches, check.SilentErrors, check.WorstBlock, check.CopyNowShare));
        Assert.Equal([9, 1], check.BlocksByWrongSectors.Take(2));
    }

    public void Dispose() => _directory.Dispose();

    private static CheckResult Found
    {
        get
        {
            long[] blocks = new long[256];
            (blocks[0], blocks[1], blocks[41]) = (9, 1, 1);
            return new(
                new() { Format = ParityFormat.Rs03Image, PayloadBytes = 1, Blocks = 11, Roots = 40, TotalSectors = 11 * 255 },
                new() { SectorsMissing = 7, ChecksumMismatches = 5, SilentErrors = 3, BlocksIntact = 9, BlocksRestorable = 1, BlocksRestorableUnproven = 0, BlocksLost = [], WrongInLayer = [] },
                new()
                {
                    BlocksByWrongSectors = blocks,
                    WorstBlock = 41,
                    MeanWrongSectors = 3.8,
                    WorstMargin = -1,
                    LongestBearableBurst = 0,
                    Verdict = HealthVerdict.CopyNow,
                    Thresholds = HealthThresholds.Usual,
                });
        }
    }
}
