// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.EndToEnd.Tests.Programs;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests;

/// <summary>What discs hold: told by <c>inspect</c>, in the manifest, which its schema must know, in the catalogue, and counted.</summary>
public sealed class DiscKindTests : IAsyncDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Every_kind_is_told_in_all_places()
    {
        ForeignTool.PathOf("xorriso");
        await MakeDiscsAsync();
        Dictionary<string, string[]> kinds = new()
        {
            ["film"] = ["dvd-video", "pictures"],
            ["bluray"] = ["blu-ray"],
            ["videocd"] = ["video-cd", "photo-cd"],
            ["audio"] = ["dvd-audio", "dvd-vr"],
            ["files"] = ["data", "sound", "software"],
            ["none"] = ["empty"],
        };
        foreach ((string disc, string[] expected) in kinds)
        {
            await _workspace.ShellAsync($"xorriso -as mkisofs -quiet -R -o {disc}.iso {disc}");
            (await _workspace.RunAsync("image", $"{disc}.iso", "--dir", "out", "--filename", disc, "--catalogue", "c.db", "--json")).EndedWith(0);
            Assert.Equal(expected, Words(_workspace.Manifest(disc).GetProperty("holds").GetProperty("kinds")));
            Assert.Equal(expected, Words((await _workspace.RunAsync("inspect", $"{disc}.iso", "--json")).EndedWith(0).Json.GetProperty("images")[0].GetProperty("holds").GetProperty("kinds")));
        }

        JsonElement discs = (await _workspace.RunAsync("discs", "--kinds", "--catalogue", "c.db", "--json")).EndedWith(0).Json;
        Assert.All(discs.GetProperty("imaged").EnumerateArray(), disc => Assert.Equal(kinds[disc.GetProperty("name").GetString()!], Words(disc.GetProperty("kinds"))));
        Assert.Equal(
            kinds.Values.SelectMany(words => words).Order(),
            discs.GetProperty("kinds").EnumerateArray().Where(kind => kind.GetProperty("images").GetInt32() == 1).Select(kind => kind.GetProperty("kind").GetString()!).Order());
        ProgramResult films = (await _workspace.RunAsync("discs", "--kind", "blu-ray", "--catalogue", "c.db")).EndedWith(0);
        Assert.Contains("bluray", Assert.Single(films.Output.Trim().Split('\n')), StringComparison.Ordinal);
        (await _workspace.RunAsync("discs", "--kind", "film", "--catalogue", "c.db")).EndedWith(64);
        Assert.Contains("list 00001:", (await _workspace.RunAsync("inspect", "bluray.iso")).EndedWith(0).Output, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private static IEnumerable<string> Words(JsonElement list) => list.EnumerateArray().Select(word => word.GetString()!);

    private async Task MakeDiscsAsync()
    {
        string samples = Repository.File("tests/Spindle.Formats.Tests");
        await _workspace.ShellAsync($$"""
            mkdir -p film/VIDEO_TS film/AUDIO_TS bluray/BDMV/PLAYLIST bluray/BDMV/STREAM videocd/VCD videocd/MPEGAV videocd/PHOTO_CD/IMAGES audio/AUDIO_TS audio/DVD_RTAV files none/a/b
            cp {{samples}}/DvdVideo/samples/*.IFO film/VIDEO_TS; head -c 9000 /dev/urandom > film/cover.jpg
            cp {{samples}}/VideoCd/samples/*.VCD videocd/VCD; head -c 409600 /dev/zero > videocd/MPEGAV/AVSEQ01.DAT
            (printf PHOTO_CD; head -c 2040 /dev/zero) > videocd/PHOTO_CD/INFO.PCD; echo x > videocd/PHOTO_CD/IMAGES/IMG0001.PCD
            (printf DVDAUDIO-AMG; head -c 51 /dev/zero; printf '\001'; head -c 1984 /dev/zero) > audio/AUDIO_TS/AUDIO_TS.IFO
            (printf DVD_RTR_VMG0; head -c 2036 /dev/zero) > audio/DVD_RTAV/VR_MANGR.IFO
            echo letter > files/letter.txt; head -c 90000 /dev/urandom > files/book; head -c 50000 /dev/urandom > files/song.mp3; head -c 20000 /dev/urandom > files/setup.exe
            """);
        _workspace.Write("bluray/BDMV/index.bdmv", PlaylistBytes.Index());
        _workspace.Write("bluray/BDMV/PLAYLIST/00001.mpls", PlaylistBytes.Playlist([(0, 0)], (1, 0, 4_500_000)));
        _workspace.Write("bluray/BDMV/STREAM/00001.m2ts", new byte[6144]);
    }
}
