// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Commands;
using Spindle.Imaging.AccessCopies;
using Spindle.Station.AccessCopies;

namespace Spindle.Cli.Tests.Commands;

public sealed class AccessCommandTests
{
    [Fact]
    public void What_is_not_said_is_as_the_manual_has_it()
    {
        AccessCopiesRequest request = Request("access", "disc.iso");
        Assert.Equal(new AccessSettings(), request.Settings);
        Assert.Equal((null, 1, false), (request.Target, request.Jobs, request.Overwrite));
    }

    [Fact]
    public void Words_become_a_request()
    {
        AccessCopiesRequest request = Request("access", "a.iso", "b", "--to", "/copies", "--by", "title", "--profile", "ffv1", "--crf", "20", "--preset", "slow", "--deinterlace", "off", "--stills", "5", "--subtitles", "--jobs", "3", "--overwrite");
        Assert.Equal(
            new AccessSettings { ByTitle = true, Profile = AccessProfile.Ffv1, Crf = 20, Preset = "slow", Deinterlace = Deinterlacing.Off, Stills = 5, Subtitles = true },
            request.Settings);
        Assert.Equal(["a.iso", "b"], request.Paths);
        Assert.Equal(("/copies", 3, true), (request.Target, request.Jobs, request.Overwrite));
    }

    private static AccessCopiesRequest Request(params string[] words)
    {
        CommandContext context = new(new() { Output = TextWriter.Null, Error = TextWriter.Null });
        AccessCommand command = new(context);
        RootCommand root = [command];
        return command.ToRequest(root.Parse(words));
    }
}
