// SPDX-License-Identifier: MIT
using Spindle.Cli.Commands;
using Spindle.Cli.Terminals;
using Spindle.Imaging;
using Spindle.Station.Batches;

namespace Spindle.Cli.Tests.Commands;

public sealed class BatchCommandTests
{
    [Fact]
    public void Each_choice_comes_into_the_request()
    {
        BatchRequest request = Parse("image --robot jukebox --form f.csv --dir box7 --accept 31-33,mail1 --reject 40 --on-reject stop --operator anna --verify disc --retries 5 --catalogue c.db");

        Assert.Equal(("jukebox", "f.csv", "box7", "anna", "c.db"), (request.Robot.Name, request.Form, request.Directory, request.Operator, request.Catalogue));
        Assert.Equal(["31", "32", "33", "mail1"], request.Accept);
        Assert.Equal(["40"], request.Reject);
        Assert.Equal((RejectPolicy.Stop, VerifyMode.Disc, 5), (request.OnReject, request.Verify, request.Retries));
    }

    [Fact]
    public void What_is_not_said_is_as_usual()
    {
        BatchRequest request = Parse("image --dir box7");

        Assert.Equal((RejectPolicy.AsUsual, VerifyMode.Image, null, null), (request.OnReject, request.Verify, request.Form, request.Names));
    }

    [Theory]
    [InlineData("9-7")]
    [InlineData("0-3")]
    [InlineData("seven")]
    public void Slots_that_are_none_are_refused(string slots) =>
        Assert.Equal("usage", Assert.Throws<UsageException>(() => Parse($"image --dir box7 --reject {slots}")).Failure.Code);

    private static BatchRequest Parse(string words)
    {
        using Terminal terminal = new(() => TextReader.Null) { Output = TextWriter.Null, Error = TextWriter.Null };
        BatchCommand command = new(new(terminal));
        return command.ToRequest(command.Parse(words));
    }
}
