// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Service.Titles;
using Spindle.Testing;

namespace Spindle.Service.Tests.Titles;

public sealed class TitleListTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Theory]
    [InlineData("a/1,Board minutes\n", "a/1", "Board minutes")]
    [InlineData("call,title,year\r\na/1,\"Minutes, \"\"first\"\" part\",1999\r\n", "A/1", "Minutes, \"first\" part")]
    [InlineData("a/1,\"two\nlines\"\na/2,next", " a/2 ", "next")]
    [InlineData("\ufeffa/1,Ærø\n", "a/1", "Ærø")]
    [InlineData("a/1,first\na/1,second\n", "a/1", "first")]
    [InlineData("a/1,\na/2\n\n,nothing\n", "a/2", null)]
    [InlineData("a/1,\n", "a/1", null)]
    [InlineData("", "a/1", null)]
    [InlineData("a/1,\"never closed\na/2,x", "a/2", null)]
    public void A_title_is_found_by_its_call_number(string table, string identifier, string? title)
    {
        File.WriteAllText(_directory["titles.csv"], table);

        Assert.Equal(title, TitleList.Open(_directory["titles.csv"]).Find(identifier));
    }

    [Fact]
    public void Where_its_name_says_so_there_are_tabs()
    {
        File.WriteAllText(_directory["titles.tsv"], "a/1\tMinutes, first part\tx\n");

        Assert.Equal("Minutes, first part", TitleList.Open(_directory["titles.tsv"]).Find("a/1"));
    }

    [Fact]
    public void What_was_changed_is_read_again()
    {
        string path = _directory["titles.csv"];
        File.WriteAllText(path, "a,old\n");
        TitleList list = TitleList.Open(path);
        Assert.Equal("old", list.Find("a"));

        File.WriteAllText(path, "a,newer\n");

        Assert.Equal("newer", list.Find("a"));
    }

    [Fact]
    public void What_cannot_be_read_is_told_at_once_and_when_it_is_gone()
    {
        Assert.Equal("titles-unreadable", Code(() => TitleList.Open(_directory["nothing.csv"])));
        using (FileStream large = File.Create(_directory["large.csv"]))
        {
            large.SetLength((64 << 20) + 1);
        }

        Assert.Equal("titles-unreadable", Code(() => TitleList.Open(_directory["large.csv"])));
        File.WriteAllText(_directory["titles.csv"], "a,b\n");
        TitleList list = TitleList.Open(_directory["titles.csv"]);
        File.Delete(_directory["titles.csv"]);
        Assert.Equal("titles-unreadable", Code(() => list.Find("a")));
    }

    private static string Code(Action act) => Assert.Throws<OperationFailedException>(act).Failure.Code;

    public void Dispose() => _directory.Dispose();
}
