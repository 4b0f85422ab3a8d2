// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Formats.Iso9660;
using Spindle.Formats.Joliet;
using Spindle.Formats.Names;
using Spindle.Formats.Udf;

namespace Spindle.Mastering.Tests;

public sealed class NameFormTests
{
    private static readonly byte[] Invalid = [(byte)'a', 0xFF, (byte)'b'];

    [Theory]
    [InlineData("README.TXT", "README.TXT;1")]
    [InlineData("readme.txt", "README.TXT;1")]
    [InlineData("Makefile", "MAKEFILE.;1")]
    [InlineData("archive.tar.gz", "ARCHIVE_TAR.GZ;1")]
    [InlineData(".profile", "_PROFILE.;1")]
    [InlineData("Größe.txt", "GR__E.TXT;1")]
    [InlineData("日本", "__.;1")]
    [InlineData("a name that is much longer than thirty-one characters.text", "A_NAME_THAT_IS_MUCH_LONG.TEXT;1")]
    [InlineData("x.an-extension-that-goes-on-and-on", "X.AN_EXTEN;1")]
    public void Makes_names_of_iso_9660(string name, string expected) =>
        Assert.Equal(expected, Text(new IsoNameForm(), name, Encoding.ASCII));

    [Theory]
    [InlineData("Größe – 日本.txt", "Größe – 日本.txt")]
    [InlineData("what? a:b*c;d\\e", "what_ a_b_c_d_e")]
    [InlineData("smile 😀!", "smile _!")]
    public void Makes_names_of_joliet(string name, string expected) =>
        Assert.Equal(expected, Text(new JolietNameForm(), name, Encoding.BigEndianUnicode));

    [Fact]
    public void Cuts_a_name_of_joliet_before_its_extension() =>
        Assert.Equal(new string('x', 60) + ".txt", Text(new JolietNameForm(), new string('x', 100) + ".txt", Encoding.BigEndianUnicode));

    [Theory]
    [InlineData(". and more words here", "_")] // the dot is the 64th character
    [InlineData(" and more words here", "_")]
    [InlineData("", "")]
    public void Leaves_nothing_at_the_end_of_a_name_of_joliet_that_windows_takes_away(string behind63, string end) =>
        Assert.Equal(new string('x', 63) + end, Text(new JolietNameForm(), new string('x', 63) + behind63, Encoding.BigEndianUnicode));

    [Theory]
    [InlineData("ends.", "ends_")]
    [InlineData("ends. .", "ends___")]
    [InlineData("ends ", "ends_")]
    public void Closes_the_end_of_a_name_of_joliet(string name, string expected) =>
        Assert.Equal(expected, Text(new JolietNameForm(), name, Encoding.BigEndianUnicode));

    [Fact]
    public void Two_names_of_joliet_that_are_cut_to_the_same_are_told_apart()
    {
        string start = new('x', 63);
        NameList names = new();
        foreach (string name in (string[])[start, start + ". and more words, one", start + ". and more words, two", start + "_"])
        {
            names.Add(Encoding.UTF8.GetBytes(name));
        }

        UniqueNames unique = new(new JolietNameForm());
        unique.Encode(names, new NodeKind[names.Count], _ => false, []);

        string[] encoded = [.. Enumerable.Range(0, names.Count).Select(index => Encoding.BigEndianUnicode.GetString(unique[index]))];
        Assert.Equal([start, new string('x', 62) + "~1", new string('x', 62) + "~2", start + "_"], encoded);
    }

    [Fact]
    public void Cuts_a_name_of_udf_to_what_a_system_takes()
    {
        // 100 characters of two bytes, and 55 bytes that are no UTF-8: 265 characters of 8 bits, of 365 bytes as UTF-8.
        byte[] name = [.. Encoding.UTF8.GetBytes(new string('é', 100)), .. Enumerable.Repeat((byte)0xE9, 55)];
        string text = Encoding.Latin1.GetString(Encode(new UdfNameForm(), name).AsSpan(1));
        string wide = Encoding.BigEndianUnicode.GetString(Encode(new UdfNameForm(), [.. Encoding.UTF8.GetBytes(new string('日', 80)), 0xFF, 0xFE, (byte)'.', (byte)'x']).AsSpan(1));

        Assert.Equal(new string('é', 100) + "%E9%E9%E9%E9%E9%E9%E9%E9%E9%E9%E9%E9%E9%E9%E9%", text[..^9]);
        Assert.Matches("^~[0-9A-F]{8}$", text[^9..]);
        Assert.Equal(255, Encoding.UTF8.GetByteCount(text));
        Assert.Equal(new string('日', 80) + "%FF%FE.x", wide); // 248 bytes
        Assert.Matches("^日{80}%FF~[0-9A-F]{8}\\.xy$", Encoding.BigEndianUnicode.GetString(Encode(new UdfNameForm(), [.. Encoding.UTF8.GetBytes(new string('日', 80)), 0xFF, 0xFE, 0xFD, 0xFC, 0xFB, .. ".xy"u8]).AsSpan(1)));
    }

    [Fact]
    public void Writes_names_of_udf_with_8_bits_where_that_is_enough()
    {
        Assert.Equal([8, (byte)'G', 0xF6], Encode(new UdfNameForm(), "Gö"u8));
        Assert.Equal([16, 0x20, 0x13, 0xD8, 0x3D, 0xDE, 0x00], Encode(new UdfNameForm(), "–😀"u8));
        Assert.Equal([8, .. "a%FFb"u8], Encode(new UdfNameForm(), Invalid));
    }

    [Fact]
    public void Cuts_a_name_of_udf_and_marks_it_with_its_hash()
    {
        byte[] encoded = Encode(new UdfNameForm(), Encoding.UTF8.GetBytes("–" + new string('x', 200) + ".txt"));

        Assert.Equal(1 + (2 * 127), encoded.Length);
        Assert.Matches("^–x{113}~[0-9A-F]{8}\\.txt$", Encoding.BigEndianUnicode.GetString(encoded.AsSpan(1)));
    }

    [Fact]
    public void Gives_every_name_once_and_leaves_those_alone_that_fit()
    {
        NameList names = new();
        List<NodeKind> kinds = [];
        foreach (string name in (string[])["A", "A.", "A.TXT", "A_1.TXT", "a", "a.TXT", "a.txt", "é", "ü"])
        {
            names.Add(Encoding.UTF8.GetBytes(name));
            kinds.Add(name == "A" ? NodeKind.Directory : NodeKind.File);
        }

        UniqueNames unique = new(new IsoNameForm());
        unique.Encode(names, [.. kinds], _ => false, []);

        Assert.Equal(
            ["A", "A_1.;1", "A.TXT;1", "A_1.TXT;1", "A_2.;1", "A_3.TXT;1", "A_4.TXT;1", "_.;1", "__5.;1"],
            Enumerable.Range(0, names.Count).Select(index => Encoding.ASCII.GetString(unique[index])));
    }

    [Fact]
    public void Stays_linear_where_all_names_are_the_same_after_the_change()
    {
        NameList names = new();
        for (int index = 0; index < 100_000; index++)
        {
            names.Add(Encoding.UTF8.GetBytes($"{(char)(0x4E00 + (index / 1000))}{(char)(0x4E00 + (index % 1000))}"));
        }

        UniqueNames unique = new(new IsoNameForm());
        unique.Encode(names, new NodeKind[names.Count], _ => false, []);

        Assert.Equal(names.Count, Enumerable.Range(0, names.Count).Select(index => Encoding.ASCII.GetString(unique[index])).Distinct().Count());
    }

    [Fact]
    public void A_reserved_name_is_given_to_nobody_and_what_was_encoded_before_is_forgotten()
    {
        NameList first = new();
        first.Add("A.TXT"u8);
        NameList second = new();
        second.Add("A"u8);
        second.Add("KEPT"u8);
        second.Add("kept"u8);
        UniqueNames unique = new(new IsoNameForm());

        unique.Encode(first, [NodeKind.File], _ => false, []);
        Assert.Equal("A.TXT;1", Encoding.ASCII.GetString(unique[0]));
        unique.Encode(second, [NodeKind.Directory, NodeKind.Directory, NodeKind.Directory], _ => false, "KEPT"u8);

        string[] names = [.. Enumerable.Range(0, 3).Select(index => Encoding.ASCII.GetString(unique[index]))];
        Assert.Equal("A", names[0]);
        Assert.DoesNotContain("KEPT", names);
        Assert.Equal(3, names.Distinct().Count());
        Assert.Equal((3, 1), (unique.Count, unique.LengthOf(0)));
    }

    private static string Text(NameForm form, string name, Encoding encoding) => encoding.GetString(Encode(form, Encoding.UTF8.GetBytes(name)));

    private static byte[] Encode(NameForm form, ReadOnlySpan<byte> name)
    {
        byte[] encoded = new byte[NameForm.MaximumLength + 8];
        return encoded[..form.Encode(name, isDirectory: false, encoded, out _)];
    }
}
