// SPDX-License-Identifier: MIT
using Spindle.Cli.Manuals;

namespace Spindle.Cli.Tests.Manuals;

public sealed class MdocTextTests
{
    [Theory]
    [InlineData("One thing", "One thing.\n")]
    [InlineData("One thing. Another one.", "One thing.\nAnother one.\n")]
    [InlineData("As of 2.50 e.g. this", "As of 2.50 e.g. this.\n")]
    [InlineData("These:", "These:\n")]
    [InlineData(".gitignore's rules", @"\&.gitignore's rules." + "\n")]
    [InlineData("'quoted'", @"\&'quoted'." + "\n")]
    [InlineData(@"C:\dir ~ --to 2×", @"C:\edir \(ti \-\-to 2\[u00D7]." + "\n")]
    public void Prose_is_text_whatever_is_in_it(string text, string page)
    {
        MdocText mdoc = new();
        mdoc.Prose(text);
        Assert.Equal(page, mdoc.ToString());
    }

    [Fact]
    public void No_line_of_prose_is_longer_than_mdoc_allows()
    {
        MdocText mdoc = new();
        mdoc.Prose(string.Join(' ', Enumerable.Repeat("..... 'word'", 50)));
        Assert.All(mdoc.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), line =>
        {
            Assert.InRange(line.Length, 1, 80);
            Assert.DoesNotContain(line[0], ".'");
        });
    }

    [Fact]
    public void Code_is_what_is_typed()
    {
        MdocText mdoc = new();
        mdoc.Code("./spindle --x 'a b'");
        Assert.Equal(".Bd -literal -offset indent\n" + @"\&./spindle \-\-x \(aqa b\(aq" + "\n.Ed\n", mdoc.ToString());
    }

    [Fact]
    public void A_word_is_no_macro() => Assert.Equal(@"\&No", MdocText.Word("No"));
}
