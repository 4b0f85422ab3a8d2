// SPDX-License-Identifier: MIT
namespace Spindle.Files.Tests;

public sealed class CsvRecordTests
{
    [Fact]
    public void Cells_are_read_as_they_are_written()
    {
        string[] cells = ["plain", "with, comma", "two\nlines", "a \"mark\"", ""];
        using StringReader reader = new($"{string.Join(',', cells.Select(CsvCell.Of))}\r\nsecond,record");
        List<string> read = [];

        Assert.True(CsvRecord.Read(reader, ',', read));
        Assert.Equal(cells, read);
        Assert.True(CsvRecord.Read(reader, ',', read));
        Assert.Equal(["second", "record"], read);
        Assert.False(CsvRecord.Read(reader, ',', read));
    }

    [Fact]
    public void A_mark_that_is_not_closed_takes_the_rest()
    {
        using StringReader reader = new("a,\"b\nc");
        List<string> read = [];

        Assert.True(CsvRecord.Read(reader, ',', read));
        Assert.Equal(["a", "b\nc"], read);
        Assert.False(CsvRecord.Read(reader, ',', read));
    }
}
