// SPDX-License-Identifier: MIT
using Spindle.Archiving.Sets;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Archiving.Tests.Sets;

public sealed class SetMakerTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public void Parity_comes_out_the_same_again()
    {
        using SetOfImages set = new(5, 4);

        SetMaker.Make(new() { Sources = [set.Images], Target = set["again"], Rows = 4 }, SetOfImages.Untold.Progress, CancellationToken.None);

        Assert.Equal(["Job_S000.c02", "Job_S000.c03", "Job_S000.c04", "Job_S000.p01", "README.TXT", "format.txt", "set.tsv", "setparity.c", "setparity.py"], Directory.GetFiles(set.Parity).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (string path in Directory.GetFiles(set.Parity, "*", SearchOption.AllDirectories))
        {
            Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(Path.Combine(set["again"], Path.GetRelativePath(set.Parity, path))));
        }
    }

    [Fact]
    public void The_first_row_is_the_exclusive_or_of_all_images()
    {
        using SetOfImages set = new(4, 1);
        byte[] expected = new byte[40_960];
        foreach (string name in set.Names[..4])
        {
            foreach ((int at, byte value) in set.Whole[name].Index())
            {
                expected[at] ^= value;
            }
        }

        Assert.Equal(expected, set.Whole[set.Names[4]][65536..]);
    }

    [Theory]
    [InlineData("Photos", "Photos_0000.iso", "Photos_0001.iso")]
    [InlineData("Family 2019", "Family 2019-1.iso", "Family 2019-2.iso")]
    [InlineData("Set", "a.iso", "b.iso")]
    [InlineData("alone", "alone.iso")]
    public void A_set_is_called_what_its_discs_have_in_common(string expected, params string[] names)
    {
        foreach (string name in names)
        {
            _directory.Write(name, "x"u8);
        }

        Assert.Equal($"{expected}_S000.p01", Make(rows: 1).Table.Parity[0].Name);
    }

    [Fact]
    public void A_name_that_is_not_ASCII_is_listed_by_another_one_and_found_by_it()
    {
        _directory.Write("Fotos_Ä.iso", "abc"u8);
        _directory.Write("Fotos_B.iso", "def"u8);

        SetMakeResult made = Make(rows: 1);

        Assert.Equal("name-not-ascii", Assert.Single(made.Warnings).Code);
        Assert.Contains(made.Table.Discs, disc => disc.Name == "Fotos__.iso");
        Assert.Equal(1, SetChecker.List([_directory.Path, _directory["parity"]]).MayLose);
    }

    [Fact]
    public void What_can_t_be_protected_is_refused_and_nothing_is_left()
    {
        Assert.Equal("no-images", CodeOf(2));
        _directory.Write("a.iso", new byte[5000]);
        _directory.Write("b.iso", []);
        Assert.Equal("empty-source", CodeOf(2));
        _directory.Write("b.iso", new byte[5000]);
        _directory.Write("b.map", "0x0 + 1\n0x0 0x800 +\n0x800 0xb88 -\n"u8);
        Assert.Equal("payload-unreadable", CodeOf(2));
        File.Delete(_directory["b.map"]);
        _directory.Write("B.img", new byte[50]);
        _directory.Write("b.img", new byte[50]);
        Assert.Equal("disc-given-twice", CodeOf(2));
        File.Delete(_directory["b.img"]);
        Make(rows: 2);
        Assert.Equal("already-exists", CodeOf(2));
        Assert.Equal("no-such-source", Assert.Throws<OperationFailedException>(() => SetMaker.Make(new() { Sources = ["/none"], Target = _directory["parity"] }, SetOfImages.Untold.Progress, CancellationToken.None)).Failure.Code);
        foreach (int disc in Enumerable.Range(0, 256))
        {
            _directory.Write($"{disc}.iso", [1]);
        }

        Assert.Equal("set-too-large", CodeOf(1));
        Assert.Empty(Directory.GetFiles(_directory["parity"], "*.part"));
    }

    [Fact]
    public void Names_that_are_too_long_for_a_list_are_refused()
    {
        foreach (int disc in Enumerable.Range(0, 200))
        {
            _directory.Write($"{disc:000}{new string('x', 150)}.iso", [1]);
        }

        Assert.Equal("set-too-large", CodeOf(1));
    }

    public void Dispose() => _directory.Dispose();

    private SetMakeResult Make(int rows) =>
        SetMaker.Make(new() { Sources = [_directory.Path], Target = _directory["parity"], Rows = rows }, SetOfImages.Untold.Progress, CancellationToken.None);

    private string CodeOf(int rows) => Assert.Throws<OperationFailedException>(() => Make(rows)).Failure.Code;
}
