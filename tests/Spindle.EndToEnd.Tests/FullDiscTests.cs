// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>A Blu-ray disc that is full of files larger than the pieces of its file systems.</summary>
public sealed class FullDiscTests : IAsyncDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task A_full_disc_is_as_large_as_planned_and_other_programs_read_its_huge_files()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("SPINDLE_LARGE_TESTS") == "1", "writes 24 GB: set SPINDLE_LARGE_TESTS=1");

        // Holes take no room; marks stand where pieces of UDF (2^30 - 2048), of ISO 9660 (2^32 - 2048), and 32-bit lengths end.
        await _workspace.ShellAsync("""
            mkdir -p tree/small; cd tree
            make() {
                truncate -s $2 $1
                for at in 0 1073739775 1073741823 2147483647 4294965247 4294967295 8589934591 $(($2 - 8)); do
                    [ $at -gt $(($2 - 8)) ] || printf "$1%07d" $((at % 9999991)) | dd of=$1 bs=1 seek=$at conv=notrunc status=none
                done
            }
            make a 1073741829; make b 2147483651; make c 4294967303; make d 9341553664; make e 7350000000
            for i in $(seq 1000); do echo $i > small/$i; done
            """);

        (await _workspace.RunAsync("archive", "tree", "bd", "--job", "Full", "--to", "discs", "--verify", "none")).EndedWith(0);

        JsonElement disc = Assert.Single((await _workspace.RunAsync("discs", "--json")).EndedWith(0).Json.GetProperty("discs").EnumerateArray());
        long sectors = disc.GetProperty("sectors").GetInt64();
        Assert.Equal(sectors * 2048, new FileInfo(_workspace["discs/Full_0000.iso"]).Length);
        Assert.InRange(sectors, 11_826_176 * 0.999, 11_826_176);
        (await _workspace.RunAsync("verify", "discs/Full_0000.iso")).EndedWith(0);
        await _workspace.ShellAsync("""
            set -o pipefail
            for file in a b c d e; do
                7z x -so -tUdf discs/Full_0000.iso DATA/$file 2> /dev/null | cmp - tree/$file
                bsdtar -xOf discs/Full_0000.iso DATA/$file | cmp - tree/$file
            done
            isoinfo -R -i discs/Full_0000.iso -x /DATA/a | cmp - tree/a # it reads no file of 2 GiB or more, whoever wrote it
            """);
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
