// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files.Names;

namespace Spindle.Files.Tests.Names;

public class TargetNameMapTests
{
    private readonly TargetNameMap _map = new(NameRules.Windows);
    private readonly List<string> _changed = [];

    [Fact]
    public void The_first_of_several_that_would_be_one_keeps_its_name()
    {
        Add("", "A", "B", "a", "Á", "á");

        Assert.Equal(["A", "B", "a~2", "Á", "á~2"], Maps("A", "B", "a", "Á", "á"));
        Assert.Equal(["a > a~2", "á > á~2"], _changed);
    }

    [Fact]
    public void A_name_that_is_taken_as_it_is_stays_beside_one_that_becomes_the_same()
    {
        Add("", "a:b", "a?b", "a_b", "a_b~2");

        Assert.Equal(["a_b~3", "a_b~4", "a_b", "a_b~2"], Maps("a:b", "a?b", "a_b", "a_b~2"));
    }

    [Fact]
    public void What_is_below_goes_where_its_directory_goes()
    {
        Add("", "DIR", "dir", "e:");
        Add("dir", "X", "x");
        Add("DIR", "x");

        Assert.Equal(["DIR/x", "dir~2/X", "dir~2/x~2", "dir~2/y/z_", "e_/x"], Maps("DIR/x", "dir/X", "dir/x", "dir/y/z.", "e:/x"));
        Assert.Equal([], _map.Map([]));
    }

    [Fact]
    public void It_is_the_same_each_time_and_each_name_is_its_own()
    {
        string[] names = [.. Enumerable.Range(0, 2000).Select(number => string.Concat("aAbB.: é".Where((_, bit) => (number >> bit & 1) == 1)) + (number >> 8)).Distinct().Order(StringComparer.Ordinal)];
        Add("", names);
        string[] first = Maps(names);
        TargetNameMap again = new(NameRules.Windows);
        again.Add([], names.Select(Encoding.UTF8.GetBytes), (_, _) => { });

        Assert.Equal(first, names.Select(name => Encoding.UTF8.GetString(again.Map(Encoding.UTF8.GetBytes(name)))));
        Assert.Equal(names.Length, first.Select(name => name.ToUpperInvariant()).Distinct().Count());
    }

    private void Add(string directory, params string[] names) => _map.Add(
        Encoding.UTF8.GetBytes(directory), names.Select(Encoding.UTF8.GetBytes), (name, other) => _changed.Add($"{Encoding.UTF8.GetString(name)} > {Encoding.UTF8.GetString(other)}"));

    private string[] Maps(params string[] paths) => [.. paths.Select(path => Encoding.UTF8.GetString(_map.Map(Encoding.UTF8.GetBytes(path))))];
}
