// SPDX-License-Identifier: MIT
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>The service with two drives of a real kernel, whose discs begin by themselves.</summary>
[Trait("with", "lab")]
public sealed class ServiceInLabTests(Lab lab) : IClassFixture<Lab>, IAsyncDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Discs_begin_as_they_are_put_in_and_the_batch_tells_of_each()
    {
        string disc = await lab.DiscAsync();
        string other = await DiscAsync("SECOND"), third = await DiscAsync("THIRD"), cut = await DiscAsync("CUT"), stuck = await DiscAsync("STUCK");
        await using (FileStream file = new(cut, FileMode.Open))
        {
            file.SetLength(file.Length / 2 / 2048 * 2048);
        }

        string sound = _workspace.Write("sound.bin", new byte[9_000 * 2048]);

        // An audio disc and four others come into one drive, a blank one into the second. The third hangs in its disc, for 25 seconds at each sector, and holds up nobody.
        ProgramResult result = await Lab.RunAsync(
            _workspace.Path,
            ["--disc", sound, "--track", "1:audio:0+9000", "--disc", disc, "--profile", "dvd-r", "--state", "blank", "--disc", stuck, "--sluggish", "900+100:25"],
            $$"""
            ip link set lo up 2> /dev/null || ifconfig lo 127.0.0.1 up
            address=http://127.0.0.1:8099
            spindle serve --urls $address --state /tmp/station --no-token --root $out 2> /tmp/said > /tmp/told &
            until curl -sf -o /dev/null $address/api/health; do sleep .1; done
            for drive in $(spindle drives --json | sed -n 's/.*"identity": "\(.*\)",/\1/p'); do
              curl -sf -o /dev/null --data-urlencode 'template=box{batch}-{nn}' -d batch=7 -d eject=yes -d verify=image -d "directory=$out/images" "$address/station/arm?drive=$drive"
            done
            ended() { curl -s "$address/batches.csv?batch=7" | grep -c '^[0-9].*,ended,'; }
            opened() { for i in {1..150}; do {{Lab.DriveStatus}} | grep -q '{{Lab.TrayOpen}}' && return; sleep .2; done; }
            wanted=2
            for next in {{disc}} {{cut}} {{other}} {{third}}; do
              for i in {1..150}; do [ $(ended) -ge $wanted ] && break; sleep .2; done
              opened; lab disc 0 $next; eject -t /dev/sr0; wanted=$((wanted + 1))
            done
            for i in {1..150}; do [ $(ended) -ge $wanted ] && break; sleep .2; done
            opened; sleep 5
            curl -s "$address/batches.csv?batch=7"; cat /tmp/said >&2
            stuck=$(curl -s "$address/api/jobs?state=running&limit=1" | sed -n 's/ *"number": \([0-9]*\),.*/\1/p')
            until curl -s $address/jobs/$stuck | grep -o 'nothing has moved for'; do sleep 1; done
            curl -s --json '{"hard": true}' -o /dev/null $address/api/jobs/$stuck/stop
            """);

        Assert.SkipWhen(result.Error.Contains("uml only", StringComparison.Ordinal), "this engine of the lab has no such disc");
        string[] lines = [.. result.EndedWith(0).Output.Split("\r\n").Where(line => line.Contains(",image,", StringComparison.Ordinal))];
        Assert.True(lines.Length == 7, result.Output + result.Error);
        Assert.Single(lines, line => line.Contains(",running,", StringComparison.Ordinal));
        Assert.Contains("nothing has moved for", result.Output, StringComparison.Ordinal);
        Assert.Single(lines, line => line.Contains(",failed,", StringComparison.Ordinal) && line.Contains("audio CD", StringComparison.Ordinal));
        Assert.Single(lines, line => line.Contains(",failed,", StringComparison.Ordinal) && line.Contains("is blank", StringComparison.Ordinal));
        Assert.Single(lines, line => line.Contains("box7-05,ended,", StringComparison.Ordinal) && !line.Contains(",done,", StringComparison.Ordinal)); // half a disc
        Assert.Equal(3, lines.Count(line => line.Contains(",ended,done,", StringComparison.Ordinal)));
        Assert.True(Files.AreIdentical(disc, _workspace["images/box7-04/box7-04.iso"]));
        Assert.True(Files.AreIdentical(third, _workspace["images/box7-07/box7-07.iso"]));
        Assert.True(Files.AreIdentical(other, _workspace["images/box7-06/box7-06.iso"]));
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private async Task<string> DiscAsync(string name)
    {
        string files = Directory.CreateDirectory(_workspace[$"of-{name}"]).FullName;
        Files.WriteRandom(Path.Combine(files, "a.bin"), 3_000_000, seed: name.Length);
        await ForeignTool.AcceptsAsync("xorriso", _workspace.Path, "-as", "mkisofs", "-quiet", "-R", "-J", "-V", name, "-o", $"{name}.iso", files);
        return _workspace[$"{name}.iso"];
    }
}
