// SPDX-License-Identifier: MIT
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>An archive on six discs and two parity discs, all with parity of their own: discs are lost and damaged, and every file comes back.</summary>
public sealed class LostDiscTests : IAsyncDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Two_discs_are_lost_and_three_others_damaged_and_all_files_come_back()
    {
        await _workspace.ShellAsync($"spindle='{SpindleProgram.Path}'\n" + """
            mkdir tree; for i in $(seq 12); do head -c 1300000 /dev/urandom > tree/f$i; done
            "$spindle" scan tree --job Family --quiet; "$spindle" plan 2500s --parity 20% --quiet; "$spindle" write --all --to discs --quiet
            "$spindle" parity create discs --to parity --parity-discs 2 --capacity 2500s --quiet
            (cd discs; sha256sum *.iso > ../sums)
            rm discs/Family_0000.iso parity/Family_S000_P1.iso
            for n in 1 3 4; do dd if=/dev/urandom of=discs/Family_000$n.iso bs=2048 seek=$((n * 200)) count=20 conv=notrunc status=none; done
            """);

        ProgramResult check = await _workspace.RunAsync("parity", "check", "discs", "parity");
        ProgramResult repair = await _workspace.RunAsync("parity", "repair", "--from", "discs", "parity", "--to", "discs", "--overwrite");

        check.EndedWith(2);
        repair.EndedWith(2); // a disc and a parity disc are lost: nothing is left for the places at which a third one is damaged
        Assert.Contains("[beyond-parity]", repair.Error, StringComparison.Ordinal);

        await _workspace.ShellAsync($"spindle='{SpindleProgram.Path}'\n" + """
            for n in 1 3 4; do "$spindle" repair discs/Family_000$n.iso --quiet; done  # each by its own parity
            "$spindle" parity repair --from discs parity --to restored --quiet
            mv restored/*.iso discs
            (cd discs; sha256sum -c --quiet ../sums)
            "$spindle" verify discs --quiet
            "$spindle" restore --from discs --to out --quiet
            diff -r tree out
            """);
    }

    [Fact]
    public async Task Restoring_makes_a_lost_and_a_damaged_disc_again_for_itself()
    {
        await _workspace.ShellAsync($"spindle='{SpindleProgram.Path}'\n" + """
            mkdir tree; for i in $(seq 6); do head -c 900000 /dev/urandom > tree/f$i; done
            "$spindle" scan tree --job Family --quiet; "$spindle" plan 2000s --parity-discs 2 --quiet; "$spindle" write --all --to discs --quiet
            rm discs/Family_0000.iso
            dd if=/dev/urandom of=discs/Family_0001.iso bs=2048 seek=400 count=40 conv=notrunc status=none
            """);

        await _workspace.ShellAsync("mkdir out.discs; echo mine > out.discs/file");
        ProgramResult refused = await _workspace.RunAsync("restore", "--from", "discs", "--to", "out");
        await _workspace.ShellAsync("rm out.discs/file; rmdir out.discs; rm -r out");
        ProgramResult restored = await _workspace.RunAsync("restore", "--from", "discs", "--to", "out");
        await _workspace.ShellAsync("diff -r tree out; test ! -e out.discs; rm -r out discs/*_P2.iso");
        ProgramResult lacking = await _workspace.RunAsync("restore", "--from", "discs", "--to", "out");

        Assert.Contains("[already-exists]", refused.EndedWith(2).Error, StringComparison.Ordinal);
        Assert.Contains("Made again:     Family_0000.iso, Family_0001.iso, by parity discs", restored.EndedWith(0).Output, StringComparison.Ordinal);
        Assert.Contains("[beyond-parity]", lacking.EndedWith(2).Error, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
