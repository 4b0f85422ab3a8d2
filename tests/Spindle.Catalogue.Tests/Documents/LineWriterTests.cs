// SPDX-License-Identifier: MIT
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Spindle.Catalogue.Documents;
using Spindle.Archiving.Discs;
using Spindle.Testing;

namespace Spindle.Catalogue.Tests.Documents;

public sealed class LineWriterTests
{
    [Theory]
    [InlineData("plain name", "plain name")]
    [InlineData("tab\tline\nreturn\rback\\slash", "tab\\tline\\nreturn\\rback\\\\slash")]
    [InlineData("\u0001\u007f", "\\0001\\0177")]
    [InlineData("größe 日本 😀", "größe 日本 😀")]
    public void Names_become_one_column_of_text(string name, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(Written(writer => writer.Escaped(Encoding.UTF8.GetBytes(name)))));

    [Fact]
    public void Bytes_that_are_no_text_are_escaped() =>
        Assert.Equal("a\\0377b\\0303"u8.ToArray(), Written(writer => writer.Escaped([(byte)'a', 0xFF, (byte)'b', 0xC3])));

    [Fact]
    public void A_shell_gets_the_bytes_back() =>
        Prop.ForAll(Gen.Choose(1, 255).Select(value => (byte)value).NonEmptyListOf().ToArbitrary(), name =>
        {
            byte[] bytes = [.. name];
            byte[] escaped = Written(writer => writer.Escaped(bytes));
            byte[] output = new ForeignProgram("sh", "-c", "read -r line; printf '%b' \"$line\"") { Input = [.. escaped, (byte)'\n'] }.Run().Output;

            // The shell's own read trims blanks at both ends; the script reads with a tab as the only separator, and does not.
            Assert.Equal(Encoding.Latin1.GetString(bytes).Trim(' '), Encoding.Latin1.GetString(output));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Numbers_and_hashes_are_as_everywhere() =>
        Assert.Equal("-12\t00ff\t-\n"u8.ToArray(), Written(writer => writer.Number(-12).Tab().Hex([0, 255]).Tab().Hex(null).End()));

    private static byte[] Written(Action<LineWriter> write)
    {
        using MemoryStream output = new();
        using (LineWriter writer = new(output))
        {
            write(writer);
        }

        return output.ToArray();
    }
}
