// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Trees;

/// <summary>Walks of trees that no disc could have, or that only a hostile one has.</summary>
public class TreeOutlineTests
{
    private readonly Findings _findings = new();
    private readonly Medium _medium = new(new SimulatedDisc(new byte[64 * 2048]));

    [Fact]
    public void Sorts_by_name_and_adds_up_what_is_below()
    {
        FakeTree tree = new(directory => directory.Handle switch
        {
            0 => [File("b", 5), Directory("c", 1, 100), File("A", 7)],
            1 => [File("z", 3), Directory("d", 2, 10), File("a", 4)],
            _ => [File("x", 1)],
        });

        Assert.Equal(
            ["|130|True", "A|7|False", "b|5|False", "c|118|True", "a|4|False", "d|11|False", "x|1|True", "z|3|True"],
            new TreeOutline(_medium, tree, _findings).Lines().Select(line => $"{line.Entry.Name}|{line.Size}|{line.IsLast}"));
    }

    [Fact]
    public void Names_a_directory_that_loops_and_does_not_enter_it_again()
    {
        FakeTree tree = new(directory => directory.Handle switch
        {
            0 => [Directory("a", 1, 100)],
            _ => [Directory("again", 1, 100), File("x", 5), Directory("root", 0, 7)],
        });

        Assert.Equal(
            ["|212", "a|212", "again|212", "root|212", "x|5"],
            new TreeOutline(_medium, tree, _findings).Lines().Select(line => $"{line.Entry.Name}|{line.Size}"));
    }

    [Fact]
    public void Shows_a_directory_of_too_many_entries_in_the_order_in_which_it_is_recorded()
    {
        const int many = (int)TreeOutline.MostSorted / 300;
        FakeTree tree = new(directory => directory.Handle == 0
            ? [Directory("first", 1, 0), .. Enumerable.Range(0, many).Select(number => File($"{many - number}", 0))]
            : [File("b", 0), File("a", 0)]);

        List<OutlineEntry> lines = [.. new TreeOutline(_medium, tree, _findings).Lines()];

        Assert.Equal(["", "first", "a", "b", $"{many}", $"{many - 1}"], lines.Take(6).Select(line => line.Entry.Name));
        Assert.Equal([true], lines.Skip(4).Where(line => line.IsLast).Select(line => line.Entry.Name == "1"));
    }

    [Fact]
    public void Holds_sizes_that_are_too_large_to_be_added_up()
    {
        FakeTree tree = new(_ => [File("a", long.MaxValue), File("b", long.MaxValue)]);

        Assert.Equal(long.MaxValue, new TreeOutline(_medium, tree, _findings).Lines().First().Size);
    }

    [Fact]
    public void Ends_where_paths_become_too_long()
    {
        long next = 0;
        FakeTree tree = new(_ => [Directory(new string('n', 1000), ++next, 2048)]);

        Assert.Equal(9, new TreeWalk(_medium, tree, _findings).From(tree.Root).Count());
        Assert.Equal(VolumeRules.DepthBounded, Assert.Single(_findings.Items).Rule);
    }

    [Fact]
    public void Ends_where_directories_one_in_the_other_have_too_many_extents()
    {
        long next = 0;
        Extent[] extents = [.. Enumerable.Range(0, 60_000).Select(number => new Extent(number, 1))];
        FakeTree tree = new(_ => [Directory("n", ++next, 2048) with { Extents = extents }]);

        Assert.Equal(4, new TreeWalk(_medium, tree, _findings).From(tree.Root).Count());
        Assert.Equal(VolumeRules.DirectoriesBounded, Assert.Single(_findings.Items).Rule);
    }

    private static VolumeEntry File(string name, long size) => new() { Name = name, Type = EntryType.File, Size = size };

    private static VolumeEntry Directory(string name, long handle, long size) =>
        new() { Name = name, Type = EntryType.Directory, Handle = handle, Size = size };

    private sealed class FakeTree(Func<VolumeEntry, VolumeEntry[]> list) : FileTree
    {
        public override VolumeView View => VolumeView.Iso9660;

        public override string VolumeIdentifier => "";

        public override VolumeEntry Root { get; } = Directory("", 0, 0);

        public override IEnumerable<DiscStructure> Structures => [];

        public override IEnumerable<VolumeEntry> List(VolumeEntry directory) =>
            list(directory).Select(entry => entry with { Parent = directory, Depth = directory.Depth + 1 });
    }
}
