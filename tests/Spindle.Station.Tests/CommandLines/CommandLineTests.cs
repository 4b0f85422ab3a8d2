// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Station.CommandLines;

namespace Spindle.Station.Tests.CommandLines;

/// <summary>Requests as command lines. That each of them is read as the same request again is tested where command lines are read.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("plain-word_1.iso", "plain-word_1.iso")]
    [InlineData("two words", "'two words'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("a;rm", "'a;rm'")]
    [InlineData("", "''")]
    public void Quotes_as_a_shell_needs_it(string word, string expected) => Assert.Equal(expected, ShellWord.Quote(word));

    [Theory]
    [InlineData("image", """{"source":"/dev/sr0","directory":"/discs","name":"box 12","eject":false,"verify":"disc"}""", "spindle image /dev/sr0 --dir /discs --filename 'box 12' --verify disc --no-eject")]
    [InlineData("image", """{"source":"-rf","directory":".","name":"-x"}""", "spindle image --filename=-x -- -rf")]
    [InlineData("write", """{"catalogue":"a.db","disc":null,"how":{"directory":"out"}}""", "spindle write --all --to out --catalogue a.db")]
    [InlineData("count", """{"catalogue":"a.db"}""", "spindle run request.json")]
    public void A_request_is_a_line_without_what_is_usual(string verb, string request, string line) =>
        Assert.Equal(line, CommandLine.Of(verb, JsonDocument.Parse(request).RootElement));
}
