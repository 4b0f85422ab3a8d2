// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Parity.DiscSet;
using Spindle.Testing;

namespace Spindle.Parity.Tests.DiscSet;

public sealed class SetTableTests
{
    private static readonly string Sum = new('a', 64);

    private static readonly string Whole =
        "set\t1\t4096\tpar1\t7d444840-9dc0-11d1-b245-5ffdce74fad2\n" +
        $"disc\t1\t4096\t{Sum}\tPhotos_0000.iso\t0101\n" +
        $"disc\t2\t100\t{Sum}\tPhotos 0001.iso\t0102\n" +
        $"parity\t1\t4096\t{Sum}\tPhotos_S000.p01\t65536\n" +
        $"parity\t2\t4096\t{Sum}\tPhotos_S000.p02\t65536\n";

    [Fact]
    public void What_is_read_is_written()
    {
        SetTable table = Read(Whole)!;

        Assert.Equal(Whole, table.ToString());
        Assert.Equal([1, 2], table.Discs[1].Coefficients);
        string withInner = Whole.Replace("parity\t1", $"inner\t2\t42\t510\t{Sum}\nparity\t1", StringComparison.Ordinal);
        Assert.Equal(withInner, Read(withInner)!.ToString());
        Assert.Equal(new(42, 510, Sum), Read(withInner)!.Discs[1].Inner);
        Assert.Null(Read(withInner.Replace("inner\t2", "inner\t3", StringComparison.Ordinal)));
        Assert.Null(Read(withInner.Replace("\t42\t", "\t7\t", StringComparison.Ordinal)));
        Assert.Null(Read(withInner.Replace("\t510\t", "\t0\t", StringComparison.Ordinal)));
        Assert.Equal((2, 65536L), (table.Parity[1].Row, table.Parity[1].Offset));
        Assert.Equal(Whole, Read(Whole.Replace("\n", "\r\n", StringComparison.Ordinal) + "note\tof a later version\n")!.ToString());
    }

    [Theory]
    [InlineData("set\t1", "set\t2")]
    [InlineData("par1", "par9")]
    [InlineData("7d444840-9dc0-11d1-b245-5ffdce74fad2", "someone")]
    [InlineData("4096\tpar1", "4097\tpar1")] // longer than its longest disc
    [InlineData("disc\t2", "disc\t3")]
    [InlineData("\t100\t", "\t-100\t")]
    [InlineData("\t100\t", "\t9223372036854775808\t")]
    [InlineData("\t100\t", "\t4398046511105\t")] // more than 4 TiB
    [InlineData("Photos 0001.iso", "../Photos.iso")]
    [InlineData("Photos 0001.iso", "/etc/passwd")]
    [InlineData("Photos 0001.iso", ".hidden")]
    [InlineData("Photos 0001.iso", "Photos_S000.P02")] // the same as another one, where letters are
    [InlineData("Photos 0001.iso", "Fotos_Ä.iso")]
    [InlineData("\t0102\n", "\t01\n")] // fewer coefficients than rows
    [InlineData("\t0102\n", "\t01020304050607080900\n")]
    [InlineData("\t0102\n", "\t010g\n")]
    [InlineData("\t0102\n", "\n")]
    [InlineData("p02\t65536", "p02\t9223372036854775807")]
    [InlineData("aaaa\tPhotos_0000", "AAAA\tPhotos_0000")]
    public void What_contradicts_itself_is_no_table(string text, string instead) => Assert.Null(Read(Whole.Replace(text, instead, StringComparison.Ordinal)));

    [Fact]
    public void A_table_without_discs_or_parity_is_none()
    {
        string[] lines = Whole.Split('\n');
        Assert.Null(Read(""));
        Assert.Null(Read(lines[0]));
        Assert.Null(Read(string.Join('\n', lines[..3])));
        Assert.Null(Read(string.Join('\n', [lines[0], .. lines[3..]])));
        Assert.Null(Read(Whole + Whole));
    }

    [Fact]
    public void Any_text_is_survived()
    {
        Random random = Seed.Random();
        byte[] whole = Encoding.ASCII.GetBytes(Whole);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = [.. whole];
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)"\t\n09af-x\0"[random.Next(9)];
            }

            SetTable.TryRead(bytes.AsSpan(0, random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length));
        }
    }

    private static SetTable? Read(string text) => SetTable.TryRead(Encoding.UTF8.GetBytes(text));
}
