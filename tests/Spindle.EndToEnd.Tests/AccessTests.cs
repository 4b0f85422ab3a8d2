// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests;

/// <summary>Access copies by the built program: stopped, killed, gone on with; and of a disc that was scratched.</summary>
[Trait("with", "clock")]
[Slow("a film that is copied in no time can't be stopped in the midst of it")]
public sealed class AccessTests : IAsyncDisposable
{
    private const int Seconds = 6; // of each film

    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stopped_or_killed_outright_the_same_command_goes_on(bool isKilled)
    {
        await MakeDiscAsync("disc.iso");
        string[] words = ["access", "disc.iso", "--to", "copies", "--by", "title", "--progress", "json"];
        using (RunningProgram program = _workspace.Start(words))
        {
            await program.SaysAsync("\"disc_t02.mp4, "); // it is in the midst of the second one
            if (isKilled)
            {
                program.Kill();
            }
            else
            {
                program.Interrupt();
            }

            ProgramResult stopped = await program.EndAsync();
            Assert.Equal(isKilled ? 137 : 130, stopped.ExitCode);
        }

        Assert.False(File.Exists(_workspace["copies/disc_t02.mp4"]));
        DateTime first = File.GetLastWriteTimeUtc(_workspace["copies/disc_t01.mp4"]);
        if (!isKilled)
        {
            Assert.Empty(Directory.GetFiles(_workspace["copies"], ".*"));
        }

        JsonElement[] copies = [.. (await _workspace.RunAsync([.. words, "--json"])).EndedWith(0).Json.GetProperty("copies").EnumerateArray()];
        Assert.Equal(["done", "made", "made"], copies.Select(copy => copy.GetProperty("state").GetString()));
        Assert.Equal(first, File.GetLastWriteTimeUtc(_workspace["copies/disc_t01.mp4"]));
        Assert.Empty(Directory.GetFiles(_workspace["copies"], ".*"));
        foreach (string copy in Directory.GetFiles(_workspace["copies"], "*.mp4"))
        {
            Assert.Equal(25 * Seconds, int.Parse(ForeignProgram.Run("ffprobe", "-v", "error", "-count_frames", "-select_streams", "v", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", copy).Trim(), CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public async Task Of_a_scratched_disc_the_seconds_that_are_missing_are_named()
    {
        await MakeDiscAsync("disc.iso");
        string[] films = ForeignProgram.Run("isoinfo", "-l", "-i", _workspace["disc.iso"]).Split('\n').Where(line => line.Contains("VTS_01_1.VOB", StringComparison.Ordinal)).ToArray();
        int first = int.Parse(films[0].Split('[')[1].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
        int sectors = (int)(new FileInfo(_workspace["dvd/VIDEO_TS/VTS_01_1.VOB"]).Length / 2048);
        Dictionary<string, string?> damaged = await UnreadableSectors.OfAsync(_workspace, _workspace["disc.iso"], $"{first + (sectors / 2)}:5"); // in the midst of the second of three titles
        using (RunningProgram imaging = new(SpindleProgram.Path, ["image", "disc.iso", "--dir", "discs", "--filename", "scratched", "--retries", "0", "--hash", "md5,sha256", "--quiet"], _workspace.Path, damaged))
        {
            (await imaging.EndAsync()).EndedWith(2);
        }

        (await _workspace.RunAsync("audit", "discs", "--json")).EndedWith(0);
        ProgramResult result = (await _workspace.RunAsync("access", "discs", "--preset", "ultrafast", "--json")).EndedWith(2);
        JsonElement copy = result.Json.GetProperty("copies")[0];
        Assert.Equal("made", copy.GetProperty("state").GetString());
        JsonElement unread = Assert.Single(copy.GetProperty("unread").EnumerateArray());
        Assert.Equal(5, unread.GetProperty("sectors").GetInt32());
        Assert.Matches(@"^0:(0[6-9]|1[012])$", unread.GetProperty("from").GetString());

        // Whose hash it is, is told: the manifest vouches for the image as it was read.
        JsonElement record = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(copy.GetProperty("record").GetString()!));
        Assert.Equal("scratched_manifest.json", record.GetProperty("image").GetProperty("sha256From").GetString());
        Assert.Equal(ForeignProgram.Run("sha256sum", _workspace["discs/scratched/scratched.iso"]).Split(' ')[0], record.GetProperty("image").GetProperty("sha256").GetString());
        Assert.NotNull(record.GetProperty("image").GetProperty("uuid").GetString());

        // It is told once: what is done needs no person again.
        Assert.Contains("0:", (await _workspace.RunAsync("access", "discs", "--preset", "ultrafast")).EndedWith(0).Output, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    /// <summary>A disc of three titles of one title set.</summary>
    private async Task MakeDiscAsync(string name)
    {
        foreach (string program in (string[])["ffmpeg", "dvdauthor", "genisoimage"])
        {
            ForeignProgram.PathOf(program);
        }

        await _workspace.ShellAsync($"""
            ffmpeg -v error -f lavfi -i testsrc2=size=720x576:rate=25 -f lavfi -i sine=frequency=440:sample_rate=48000 -t {Seconds} -target pal-dvd -c:a ac3 -b:a 128k a.mpg
            cp a.mpg b.mpg
            cp a.mpg c.mpg
            echo '<dvdauthor><vmgm/><titleset><titles><video format="pal"/><pgc><vob file="a.mpg"/></pgc><pgc><vob file="b.mpg"/></pgc><pgc><vob file="c.mpg"/></pgc></titles></titleset></dvdauthor>' > dvd.xml
            VIDEO_FORMAT=PAL dvdauthor -o dvd -x dvd.xml > dvdauthor.log 2>&1
            genisoimage -quiet -dvd-video -V DISC -o {name} dvd
            """);
    }
}
