// SPDX-License-Identifier: MIT
using Spindle.Archiving.Planning;

namespace Spindle.Archiving.Tests.Planning;

public sealed class DiscLoadTests
{
    private readonly DirectoryCosts _costs = new();

    [Fact]
    public void Directories_above_are_counted_once_on_a_disc_the_root_too()
    {
        int root = _costs.Add(-1, 10, 0);
        int middle = _costs.Add(root, 10, 0);
        int first = _costs.Add(middle, 100, 1);
        int second = _costs.Add(middle, 200, 1);
        int beside = _costs.Add(root, 300, 1);
        _costs.Complete();
        DiscLoad disc = new(_costs);
        List<long> sectors = [];

        foreach (int directory in (int[])[first, second, beside])
        {
            disc.Add(new(directory, directory + 1, -1, _costs.Sectors(directory, directory + 1)));
            sectors.Add(disc.Sectors);
        }

        // Six sectors for each directory: that of the item, and those above that are not there yet.
        Assert.Equal([100 + (3 * 6), 100 + 200 + (4 * 6), 100 + 200 + 300 + (5 * 6)], sectors);
        Assert.Equal(DiscLoad.MostFor(_costs, disc.Items[0]), sectors[0]);
    }
}
