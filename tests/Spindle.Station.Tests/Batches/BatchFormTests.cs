// SPDX-License-Identifier: MIT
using Spindle.Changers;
using Spindle.Media;
using Spindle.Station.Batches;
using Spindle.Testing;

namespace Spindle.Station.Tests.Batches;

public sealed class BatchFormTests
{
    [Fact]
    public void Columns_stand_in_any_order_and_what_is_not_there_is_nothing()
    {
        IReadOnlyList<FormRow> rows = Read("\uFEFFName,slot,Notes\r\nBox 7-1,slot3,\"red, scratched\"\r\n\r\nBox 7-2,mail1,\r\n");

        Assert.Equal([new("3", "Box 7-1", null, "red, scratched"), new("mail1", "Box 7-2", null, null)], rows);
    }

    [Fact]
    public void Without_slots_the_order_of_the_stack_counts() => Assert.Equal([new(null, "a", "VOL", null), new(null, "b", null, null)], Read("name,expect\na,VOL\nb\n"));

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("name\n", "it names no disc")]
    [InlineData("slot\n1\n", "'name' must be one")]
    [InlineData("name,name\na,b\n", "once")]
    [InlineData("name,colour\na,red\n", "no column 'colour'")]
    [InlineData("name,slot\na,seven\n", "'seven' is no slot")]
    [InlineData("name,slot\na,\n", "'' is no slot")]
    [InlineData("name,slot\na,drive0\n", "is no slot")]
    [InlineData("name,slot\na,1\nb,slot1\n", "slot 1 is named twice")]
    [InlineData("name\na\nA\n", "two discs are called")]
    [InlineData("name\n../a\n", "no name of a file")]
    [InlineData("name\n\"a\nb\"\n", "no name of a file")]
    [InlineData("name,expect\n,VOL\n", "disc 1 has no name")]
    [InlineData("name\na,b\n", "more cells than columns")]
    public void What_is_odd_is_told_before_a_disc_is_moved(string text, string why)
    {
        Failure failure = Assert.Throws<OperationFailedException>(() => Read(text)).Failure;

        Assert.Equal("bad-form", failure.Code);
        Assert.Contains(why, failure.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_or_no_text_is_told()
    {
        using TempDirectory folder = new();

        Assert.Equal("bad-form", Assert.Throws<OperationFailedException>(() => BatchForm.Read(folder["none.csv"])).Failure.Code);
        Assert.Contains("UTF-8", Assert.Throws<OperationFailedException>(() => BatchForm.Read(folder.Write("latin.csv", [0x6E, 0x61, 0x6D, 0x65, 0x0A, 0xE4]))).Failure.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_made_of_slots()
    {
        RobotElement[] slots = [new(RobotPlace.Slot(7), PlaceContent.Full) { Barcode = "VOL007" }, new(RobotPlace.Slot(12), PlaceContent.Full)];

        Assert.Equal(["BOX-007-VOL007-0001", "BOX-012-slot12-0002"], BatchForm.OfSlots("BOX-{slot}-{barcode}-{number}", slots).Select(row => row.Name));
        Assert.Equal("bad-form", Assert.Throws<OperationFailedException>(() => BatchForm.OfSlots("one", slots)).Failure.Code);
    }

    [Theory]
    [InlineData("Vol 001", "VOL_001", true)]
    [InlineData("VOL001", "VOL002", false)]
    [InlineData("VOL001", null, false)]
    [InlineData("--", "", false)]
    public void A_volumes_name_is_compared_as_people_write_it(string expect, string? volume, bool isIt) => Assert.Equal(isIt, BatchImaging.IsExpected(expect, volume));

    [Fact]
    public void Any_text_is_a_list_or_none()
    {
        Random random = Seed.Random();
        const string Alphabet = "name,slot\n\"1a\r é;";
        for (int i = 0; i < 5000; i++)
        {
            string text = "name,slot\n" + string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            try
            {
                Assert.All(Read(text), row => Assert.True(row.Name.Length > 0 && !row.Name.Contains('\n')));
            }
            catch (OperationFailedException e)
            {
                Assert.Equal("bad-form", e.Failure.Code);
            }
        }
    }

    private static IReadOnlyList<FormRow> Read(string text)
    {
        using StringReader reader = new(text);
        return BatchForm.Read(reader, "form.csv");
    }
}
