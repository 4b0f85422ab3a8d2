// SPDX-License-Identifier: MIT
using Spindle.Archiving.Sets;
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Station.Sets;
using Spindle.Testing;

namespace Spindle.Station.Tests.Sets;

public sealed class ParityVerbTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public ParityVerbTests()
    {
        Directory.CreateDirectory(_directory["discs"]);
        foreach (int disc in Enumerable.Range(0, 4))
        {
            File.WriteAllBytes(_directory[$"discs/Set_{disc:0000}.iso"], SimulatedDisc.Pattern(100_000 + disc));
        }
    }

    private string[] All => [_directory["discs"], _directory["parity"]];

    [Fact]
    public async Task Makes_lists_checks_and_restores()
    {
        ParityDocument made = await RunAsync(new() { Task = ParityTask.Create, Sources = [_directory["discs"]], Target = _directory["parity"], ParityDiscs = 1 });
        byte[] lost = await File.ReadAllBytesAsync(_directory["discs/Set_0002.iso"]);
        File.Delete(_directory["discs/Set_0002.iso"]);

        ParityDocument listed = await RunAsync(new() { Task = ParityTask.List, Sources = All });
        ParityDocument check = await RunAsync(new() { Task = ParityTask.Check, Sources = All });
        ParityDocument tried = await RunAsync(new() { Task = ParityTask.Repair, Sources = All, Target = _directory["out"], DryRun = true });
        ParityDocument repaired = await RunAsync(new() { Task = ParityTask.Repair, Sources = All, Target = _directory["out"] });

        Assert.Equal((Outcome.Done, "Set_S000.p01", 1), (made.Outcome, made.Sets[0].Parity[0].Name, made.Sets[0].MayLose));
        Assert.Equal((Outcome.Done, 0, SetState.Missing), (listed.Outcome, listed.Sets[0].MayLose, listed.Sets[0].Discs[2].State));
        Assert.Equal((Outcome.Done, SetState.Whole), (check.Outcome, check.Sets[0].Discs[1].State));
        Assert.Equal((Outcome.Done, null), (tried.Outcome, tried.Restored[0].Path));
        Assert.Equal((Outcome.Done, true), (repaired.Outcome, repaired.Restored[0].Agrees));
        Assert.Equal(lost, await File.ReadAllBytesAsync(_directory["out/Set_0002.iso"]));
    }

    [Fact]
    public async Task What_is_damaged_or_beyond_the_parity_is_lacking()
    {
        await RunAsync(new() { Task = ParityTask.Create, Sources = [_directory["discs"]], Target = _directory["parity"], ParityDiscs = 1, Name = "Box" });
        await File.WriteAllBytesAsync(_directory["discs/Set_0002.iso"], new byte[100_002]);
        ParityDocument check = await RunAsync(new() { Task = ParityTask.Check, Sources = All });
        File.Delete(_directory["discs/Set_0001.iso"]);

        ParityDocument repair = await RunAsync(new() { Task = ParityTask.Repair, Sources = All, Target = _directory["out"] });
        ParityDocument none = await RunAsync(new() { Task = ParityTask.Repair, Sources = All, Target = _directory["out"], Lost = ["Set_0000.iso"] });

        Assert.Equal((Outcome.Lacking, 1), (check.Outcome, check.Damaged.Count));
        Assert.Equal((Outcome.Lacking, "beyond-parity"), (repair.Outcome, repair.Concerns[0].Code));
        Assert.Equal((Outcome.Lacking, "too-many-lost", -1), (none.Outcome, none.Concerns[0].Code, none.Sets[0].MayLose));
    }

    [Fact]
    public async Task A_request_that_makes_no_sense_is_refused()
    {
        Assert.Equal("usage", await CodeAsync(new() { Task = ParityTask.Create, Sources = All, Target = "x", ParityDiscs = 9 }));
        Assert.Equal("usage", await CodeAsync(new() { Task = ParityTask.Create, Sources = All, Target = "x", Name = "a/b" }));
        Assert.Equal("usage", await CodeAsync(new() { Task = ParityTask.Create, Sources = [_directory["discs"]] }));
        Assert.Equal("usage", await CodeAsync(new() { Task = ParityTask.List, Sources = [] }));
    }

    [Fact]
    public async Task A_set_stays_open_until_it_is_closed()
    {
        ParityDocument first = await RunAsync(new() { Task = ParityTask.Create, Sources = [_directory["discs/Set_0000.iso"], _directory["discs/Set_0001.iso"]], Target = _directory["parity"], Open = true, ParityDiscs = 3 });
        ParityDocument second = await RunAsync(new() { Task = ParityTask.Create, Sources = [_directory["discs"]], Target = _directory["parity"], Open = true });
        ParityDocument listed = await RunAsync(new() { Task = ParityTask.List, Sources = [_directory["parity"]] });
        ParityDocument closed = await RunAsync(new() { Task = ParityTask.Create, Sources = [], Target = _directory["parity"], Close = true });

        Assert.Equal((true, 2, 2), (first.Sets[0].IsOpen, first.Added.Count, first.Sets[0].Discs.Count));
        Assert.Equal(["Set_0002.iso", "Set_0003.iso"], second.Added);
        Assert.Equal((true, 4), (listed.Sets[0].IsOpen, listed.Sets[0].Discs.Count));
        Assert.Equal((false, 3, true), (closed.Sets[0].IsOpen, closed.Sets[0].MayLose, closed.ReadBack is not null));
        Assert.Equal("usage", await CodeAsync(new() { Task = ParityTask.Create, Sources = All, Target = "x", Open = true, Close = true }));
    }

    public void Dispose() => _directory.Dispose();

    private static Task<ParityDocument> RunAsync(ParityRequest request) => ParityVerb.Verb.RunAsync(request, SmallCatalogue.Work, CancellationToken.None);

    private static async Task<string> CodeAsync(ParityRequest request) => (await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(request))).Failure.Code;
}
