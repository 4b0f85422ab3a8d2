// SPDX-License-Identifier: MIT
using FsCheck;
using FsCheck.Fluent;
using Spindle.Archiving.Planning;

namespace Spindle.Archiving.Tests.Planning;

public sealed class DiscPackerTests
{
    private const long BluRay = 11_826_176 - 61_440;

    private static readonly Dictionary<int, IReadOnlyList<long>> NoPieces = [];

    [Theory]
    [InlineData("photos")]
    [InlineData("movies")]
    [InlineData("mixed")]
    public void Archives_as_people_have_them_take_at_most_one_disc_more_than_the_bound(string kind)
    {
        SyntheticArchive archive = kind switch
        {
            "photos" => SyntheticArchive.Photos(),
            "movies" => SyntheticArchive.Movies(),
            _ => SyntheticArchive.Mixed(),
        };
        (DirectoryCosts costs, PackingItems items, DiscBound bound) = archive.Measure(BluRay);
        int atLeast = bound.Discs();

        IReadOnlyList<DiscLoad> discs = new DiscPacker(costs, items, BluRay).Pack(atLeast);

        TestContext.Current.TestOutputHelper?.WriteLine($"{archive.Files} files, {archive.Directories} directories, {archive.Bytes / 1e12} TB: {discs.Count} discs, bound {atLeast}");
        Assert.InRange(discs.Count, atLeast, atLeast + 1);
        AssertSound(costs, discs, BluRay);

        // Nearly every file is on one disc with all others of its directory.
        HashSet<int> divided = [.. discs.SelectMany(disc => disc.Items).Where(item => item.Piece >= 0).Select(item => item.From)];
        long together = Enumerable.Range(0, costs.Count).Where(index => !divided.Contains(index)).Sum(index => (long)costs.FilesOf(index));
        Assert.InRange(together / (double)archive.Files, 0.95, 1);
    }

    [Fact]
    public void Every_directory_is_on_one_disc_and_no_disc_is_too_full() =>
        Prop.ForAll(Trees(), tree =>
        {
            DirectoryCosts costs = new();
            foreach ((int parent, long sectors) in tree)
            {
                costs.Add(parent, sectors, 1);
            }

            costs.Complete();
            AssertSound(costs, new DiscPacker(costs, new(costs, NoPieces), 2000).Pack(0), 2000);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_must_stay_together_does()
    {
        DirectoryCosts costs = new();
        costs.Add(-1, 10, 0);
        costs.Add(0, 10, 1, isUndividable: true);
        for (int i = 0; i < 9; i++)
        {
            costs.Add(1, 100, 1);
        }

        costs.Add(0, 900, 1);
        costs.Complete();

        IReadOnlyList<DiscLoad> discs = new DiscPacker(costs, new(costs, NoPieces), 1000).Pack(0);

        Assert.Contains(discs, disc => disc.Items.Any(item => item.From <= 1 && item.To >= 11));
    }

    [Fact]
    public void A_disc_is_saved_by_spreading_the_emptiest_over_the_others()
    {
        // Four halves of a disc and a bit, and a directory of small ones that fits into what they leave.
        DirectoryCosts costs = new();
        costs.Add(-1, 1, 0);
        for (int i = 0; i < 4; i++)
        {
            costs.Add(0, 700, 1);
        }

        int small = costs.Add(0, 1, 0);
        for (int i = 0; i < 10; i++)
        {
            costs.Add(small, 70, 1);
        }

        costs.Complete();

        Assert.Equal(4, new DiscPacker(costs, new(costs, NoPieces), 1000).Pack(4).Count);
    }

    private static void AssertSound(DirectoryCosts costs, IReadOnlyList<DiscLoad> discs, long capacity)
    {
        Assert.All(discs, disc => Assert.InRange(disc.Sectors, 0, capacity));
        IEnumerable<int> covered = discs.SelectMany(disc => disc.Items).Where(item => item.Piece <= 0)
            .SelectMany(item => Enumerable.Range(item.From, item.To - item.From));
        Assert.Equal(Enumerable.Range(0, costs.Count), covered.Order());
        Assert.Equal(discs.Select(disc => disc.Items[0].Order).Order(), discs.Select(disc => disc.Items[0].Order));
    }

    /// <summary>Trees in depth-first order: each directory stands in the last one or above it.</summary>
    private static Arbitrary<List<(int Parent, long Sectors)>> Trees() => Gen.Choose(0, int.MaxValue - 1).Select(seed =>
    {
        Random random = new(seed);
        List<(int Parent, long Sectors)> tree = [(-1, random.Next(1, 400))];
        int count = random.Next(1, 300);
        while (tree.Count < count)
        {
            int parent = tree.Count - 1;
            while (parent > 0 && random.Next(2) == 0)
            {
                parent = tree[parent].Parent;
            }

            // Deep trees repeat many directories on each disc: what is above takes a tenth of a disc at most here.
            int depth = 0;
            for (int above = parent; above > 0; above = tree[above].Parent)
            {
                depth++;
            }

            tree.Add((depth > 30 ? 0 : parent, random.Next(1, 1700)));
        }

        return tree;
    }).ToArbitrary();
}
