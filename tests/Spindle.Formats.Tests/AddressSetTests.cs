// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Tests;

public class AddressSetTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2048, 0)]
    [InlineData(2048L * 3, 16)]
    [InlineData(1L << 32, 4096)]
    public void Holds_what_was_added_and_nothing_else(long distance, long first)
    {
        AddressSet set = new();
        HashSet<long> expected = [];
        Random random = new(1);
        for (int count = 0; count < 20_000; count++)
        {
            long address = first + (random.Next(30_000) * distance);

            Assert.Equal(expected.Add(address), set.Add(address));
        }

        Assert.Equal(expected.Count, set.Count);
        Assert.All(Enumerable.Range(0, 30_000), number => Assert.Equal(expected.Contains(first + (number * distance)), set.Contains(first + (number * distance))));
        Assert.Equal(expected.Order(), Enumerable.Range(0, set.Capacity).Select(set.At).OfType<long>().Order());
    }

    [Fact]
    public void Gives_every_address_an_index_and_a_value_of_its_own()
    {
        AddressSet set = new(hasValues: true);
        for (long address = 0; address < 1000; address++)
        {
            set.Add(address * 512);
            set.SetValue(address * 512, address);
        }

        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(number => set.IndexOf(number * 512L)).Distinct().Count());
        Assert.All(Enumerable.Range(0, 1000), number => Assert.Equal(number, set.ValueOf(number * 512L)));
        Assert.Equal(0, set.ValueOf(7));
        Assert.Equal(-1, set.IndexOf(7));
        Assert.Equal(-1, set.IndexOf(-512));
    }
}
