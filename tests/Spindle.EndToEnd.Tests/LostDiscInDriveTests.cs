// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>An archive of six discs and two parity discs; two are thrown away, three others are damaged, and all comes back from <c>/dev/sr0</c>, disc after disc.</summary>
[Trait("with", "lab")]
public sealed class LostDiscInDriveTests(Lab lab) : IClassFixture<Lab>, IAsyncDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Two_discs_are_lost_and_three_damaged_and_all_files_come_back_disc_by_disc()
    {
        await lab.DiscAsync(); // or there is no lab
        await _workspace.ShellAsync($"spindle='{SpindleProgram.Path}'\n" + """
            mkdir tree kept; for i in $(seq 12); do head -c 1300000 /dev/urandom > tree/f$i; done
            "$spindle" scan tree --job Family --quiet; "$spindle" plan 3300s --parity 20% --parity-discs 2 --quiet; "$spindle" write --all --to discs --quiet
            (cd discs; sha256sum Family_000[03].iso > ../sums; rm Family_000[03].iso)
            """);
        string discs = _workspace["discs"];

        // Nobody says which discs are lost. One comes twice, and the first is none that says what the set is.
        ProgramResult result = await Lab.RunAsync(
            _workspace["kept"],
            ["--disc", Path.Combine(discs, "Family_0005.iso")],
            $$"""
            '{{SpindleProgram.Path}}' parity repair --from /dev/sr0 --to $out/restored --json --progress none 2> $out/said & spindle=$!
            put() { for i in {1..300}; do {{Lab.DriveStatus}} | grep -q '{{Lab.TrayOpen}}' && break; sleep .1; done; lab disc 0 {{discs}}/"$@"; eject -t /dev/sr0; sleep 1; }
            put Family_S000_P2.iso
            put Family_0002.iso 300+20
            put Family_0002.iso
            put Family_0004.iso 700+10 900+3
            put Family_S000_P1.iso
            put Family_0001.iso 30+2
            put Family_0005.iso
            wait $spindle
            """);

        Assert.SkipWhen(result.Error.Contains("uml only", StringComparison.Ordinal), "this engine of the lab has no bad blocks on a changed disc");
        JsonElement told = result.EndedWith(0).Json;
        Assert.Equal(
            ["Family_S000.p02", "Family_0002.iso", "Family_0004.iso", "Family_S000.p01", "Family_0001.iso", "Family_0005.iso"],
            told.GetProperty("discsRead").EnumerateArray().Select(disc => disc.GetString()));
        Assert.Equal(["no-set", "disc-given-twice"], told.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetProperty("code").GetString()));
        await _workspace.ShellAsync($"spindle='{SpindleProgram.Path}'\n" + """
            mv kept/restored/*.iso discs; rmdir kept/restored
            (cd discs; sha256sum -c --quiet ../sums)
            "$spindle" restore --from discs --to out --quiet
            diff -r tree out
            """);
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
