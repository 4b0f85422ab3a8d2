// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Json;
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Testing;

namespace Spindle.Station.Tests;

public sealed class RequestFileTests
{
    [Fact]
    public void What_was_written_down_is_read_as_it_was()
    {
        (IVerb verb, JsonElement request) = RequestFile.Parse(RequestFile.Write("verify", """{"sources":["/discs/Ä"]}"""), "it");

        Assert.Equal(("verify", """{"sources":["/discs/Ä"]}"""), (verb.Name, request.GetRawText()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{ "schema": "spindle/request/2", "verb": "verify", "request": {} }""")]
    [InlineData("""{ "schema": "spindle/request/1", "verb": "fly", "request": {} }""")]
    [InlineData("""{ "schema": "spindle/request/1", "verb": 7, "request": {} }""")]
    [InlineData("""{ "schema": "spindle/request/1", "verb": "verify" }""")]
    [InlineData("""{ "schema": "spindle/request/1", "verb": "\ud800", "request": {} }""")]
    public void Anything_else_is_refused(string text) =>
        Assert.Equal("not-a-request", Assert.Throws<OperationFailedException>(() => RequestFile.Parse(Encoding.UTF8.GetBytes(text), "it")).Failure.Code);

    [Fact]
    public void A_file_that_is_not_there_or_is_a_folder_is_told()
    {
        using TempDirectory directory = new();

        Assert.Equal("no-such-source", Assert.Throws<OperationFailedException>(() => RequestFile.Read(directory["none.json"])).Failure.Code);
        Assert.Equal("source-unreadable", Assert.Throws<OperationFailedException>(() => RequestFile.Read(directory.Path)).Failure.Code);
    }
}
