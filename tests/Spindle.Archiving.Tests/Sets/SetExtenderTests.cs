// SPDX-License-Identifier: MIT
using Spindle.Archiving.Sets;
using Spindle.Media;

namespace Spindle.Archiving.Tests.Sets;

public sealed class SetExtenderTests : IDisposable
{
    private static readonly string[] Old = ["Job_0000.iso", "Job_0001.iso", "Job_0002.iso"];

    private readonly SetOfImages _set = new(5, 3, length: 200_000);
    private readonly string _before;
    private readonly string _after;

    public SetExtenderTests()
    {
        (_before, _after) = (_set["before"], _set["after"]);
        SetMaker.Make(new() { Sources = [.. Old.Select(_set.PathOf)], Target = _before, Rows = 3 }, SetOfImages.Untold.Progress, CancellationToken.None);
        _set.Lose(Old); // none of them is read again
    }

    [Fact]
    public void Parity_that_was_extended_is_the_parity_of_all_discs()
    {
        SetMakeResult made = Extend(_before);

        Assert.Equal(_set.Made.Table.ToString(), made.Table.ToString());
        foreach (string path in Directory.GetFiles(_set.Parity, "*", SearchOption.AllDirectories))
        {
            Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(Path.Combine(_after, Path.GetRelativePath(_set.Parity, path))));
        }

        Assert.Empty(Directory.GetDirectories(_after, "*.sums"));
        Assert.Equal("generation-mixed", CodeOf(() => SetChecker.List([_before, _after])));
    }

    [Fact]
    public void What_was_cut_off_goes_on()
    {
        using CancellationTokenSource stop = new();
        Assert.ThrowsAny<OperationCanceledException>(() => Extend(_before, new Stopping(stop), stop.Token));

        Assert.Equal(_set.Made.Table.ToString(), Extend(_before).Table.ToString());
    }

    [Fact]
    public void Parity_discs_are_extended_too_and_become_parity_discs()
    {
        string discs = _set["discs"];
        _set.Reset();
        SetMaker.Make(new() { Sources = [.. Old.Select(_set.PathOf)], Target = discs, Rows = 2, Sectors = 1000 }, SetOfImages.Untold.Progress, CancellationToken.None);

        SetMakeResult made = SetExtender.Extend(new() { Sources = [_set.PathOf("Job_0003.iso")], Target = _after, Extends = [discs], Sectors = 1000 }, SetOfImages.Untold.Progress, CancellationToken.None);

        Assert.Equal(["Job_S000_P1.iso", "Job_S000_P2.iso"], made.Images.Select(Path.GetFileName));
        Assert.Equal(4, made.Table.Discs.Count);
    }

    [Fact]
    public void All_of_the_old_parity_must_be_there_and_as_it_was()
    {
        string second = Path.Combine(_before, "Job_S000.p02");
        byte[] bytes = File.ReadAllBytes(second);
        bytes[^1] ^= 1;
        File.WriteAllBytes(second, bytes);
        Assert.Equal("set-incomplete", CodeOf(() => Extend(_before)));
        bytes[^1] ^= 1;
        File.WriteAllBytes(second, bytes);
        File.Move(Path.Combine(_before, "digests/Job_0001.iso.crc32c"), _set["kept"]);
        Assert.Equal("set-incomplete", CodeOf(() => Extend(_before)));
        File.Delete(second);
        Assert.Equal("set-incomplete", CodeOf(() => Extend(_before)));
        Assert.Equal("no-set", CodeOf(() => Extend(_set.Images)));
    }

    [Fact]
    public void Another_open_set_in_the_folder_is_left_alone()
    {
        SetAdder.Add(new() { Sources = [_set.PathOf("Job_0004.iso")], Target = _after, Rows = 3 }, SetOfImages.Untold.Progress, CancellationToken.None);

        Assert.Equal("several-sets", CodeOf(() => Extend(_before)));
    }

    public void Dispose() => _set.Dispose();

    private static string CodeOf(Action action) => Assert.Throws<OperationFailedException>(action).Failure.Code;

    private SetMakeResult Extend(string from, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        SetExtender.Extend(new() { Sources = [_set.PathOf("Job_0003.iso"), _set.PathOf("Job_0004.iso")], Target = _after, Extends = [from] }, progress ?? SetOfImages.Untold.Progress, cancellationToken);

    private sealed class Stopping(CancellationTokenSource stop) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
            if (value is { Stage: "adding", Item: "Job_0003.iso" })
            {
                stop.Cancel();
            }
        }
    }
}
