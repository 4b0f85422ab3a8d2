// SPDX-License-Identifier: MIT
using Spindle.Archiving.Sets;
using Spindle.Media;
using ImageFile = Spindle.Formats.Images.ImageFile;

namespace Spindle.Archiving.Tests.Sets;

/// <summary>Discs of a set that come one after the other: each is looked at, imaged, and let go.</summary>
public sealed class SetGatheringTests : IDisposable
{
    private const int Length = 1_024_000; // 500 sectors

    private readonly SetOfImages _set = new(6, 2, Length);
    private readonly string _parity;

    public SetGatheringTests()
    {
        _parity = _set["parity-discs"];
        SetMaker.Make(new() { Sources = [_set.Images], Target = _parity, Sectors = 1200 }, SetOfImages.Untold.Progress, CancellationToken.None);
    }

    private string Folder => Path.Combine(_set.Target, "gathered");

    private SetGathering Gathering => new(Folder, []);

    [Fact]
    public void Discs_come_in_any_order_two_are_lost_and_three_damaged_and_all_come_out_whole()
    {
        SetGathering gathering = Gathering;

        Assert.False(gathering.HasTable);
        Assert.Empty(Come("Job_S000_P2"));
        Assert.Equal(["Job_0003.iso"], Come("Job_0003", damaged: (100, 20)));
        Assert.Equal(["Job_0003.iso"], Come("Job_0000"));
        Assert.Equal(["Job_0000.iso", "Job_S000.p02"], SumsHave());
        Assert.Equal(["Job_0001.iso", "Job_0003.iso"], Come("Job_0001", damaged: (20, 8)));
        Assert.Equal(["Job_0001.iso", "Job_0003.iso"], Come("Job_0005"));
        Assert.Equal(["Job_0001.iso", "Job_0003.iso", "Job_S000.p01"], Come("Job_S000_P1", damagedParity: 5 * 65536));
        Assert.Equal(["Job_0002.iso", "Job_0004.iso"], gathering.Wanted([]));

        SetRepairResult result = gathering.Repair(new() { Sources = [], Target = _set.Target }, SetOfImages.Untold.Progress, CancellationToken.None);

        // Two discs are lost: where a third lacks something, nothing is left for it.
        Assert.Equal(["Job_0001.iso", "Job_0002.iso", "Job_0003.iso", "Job_0004.iso", "Job_S000.p01"], result.Beyond.Select(range => range.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.True(Directory.Exists(Folder));

        Assert.Empty(Come("Job_0002").Except(["Job_0001.iso", "Job_0003.iso", "Job_S000.p01"]));
        SetRepairResult whole = gathering.Repair(new() { Sources = [], Target = _set.Target }, SetOfImages.Untold.Progress, CancellationToken.None);

        Assert.Empty(whole.Concerns);
        Assert.Equal(["Job_0001.iso", "Job_0003.iso", "Job_0004.iso", "Job_S000.p01"], whole.Restored.Where(made => made.Agrees == true).Select(made => made.Name).Order(StringComparer.Ordinal));
        Assert.All(whole.Restored, made => Assert.True(_set.IsRestored(made.Name)));
        Assert.False(Directory.Exists(Folder));
    }

    [Theory]
    [InlineData("Job_0000", "Job_0005")]
    [InlineData("Job_0002", "Job_S000_P1")]
    [InlineData("Job_S000_P1", "Job_S000_P2")] // nothing of the discs is lost, and nothing says how the volumes were
    [InlineData("Job_0003")]
    [InlineData]
    public void What_did_not_come_is_lost_and_comes_back(params string[] lost)
    {
        SetGathering gathering = lost is ["Job_S000_P1", _] ? new(Folder, [_set.Parity]) : Gathering;
        string[] discs = [.. Names().Where(name => !lost.Contains(name)).Order(StringComparer.Ordinal).Reverse()];
        foreach (string disc in discs)
        {
            Assert.Empty(Come(disc));
        }

        SetRepairResult result = gathering.Repair(new() { Sources = [], Target = _set.Target, Overwrite = true }, SetOfImages.Untold.Progress, CancellationToken.None);

        Assert.Empty(result.Concerns);
        Assert.All(result.Restored, made => Assert.True(_set.IsRestored(made.Name)));
        Assert.Equal(lost is ["Job_S000_P1", _] ? 0 : lost.Length, result.Restored.Count);
    }

    [Fact]
    public void A_disc_that_is_not_wanted_is_told_by_its_kind()
    {
        SetGathering gathering = Gathering;
        using SetOfImages other = new(3, 2, Length);
        string otherParity = other["parity-discs"];
        SetMaker.Make(new() { Sources = [other.Images], Target = otherParity, Sectors = 1200 }, SetOfImages.Untold.Progress, CancellationToken.None);

        Assert.Equal("no-set", CodeOf(gathering, ImageOf("Job_0000"))); // nobody can tell what it is yet
        Come("Job_S000_P1");
        Come("Job_0001");

        Assert.Equal("disc-given-twice", CodeOf(gathering, ImageOf("Job_0001")));
        Assert.Equal("disc-given-twice", CodeOf(gathering, ImageOf("Job_S000_P1")));
        Assert.Equal("generation-mixed", CodeOf(gathering, Path.Combine(otherParity, "Job_S000_P1.iso")));
        string stranger = _set["stranger.iso"];
        File.WriteAllBytes(stranger, new byte[Length]);
        Assert.Equal("wrong-disc", CodeOf(gathering, stranger));
    }

    [Fact]
    public void A_folder_that_is_somebody_s_is_left_alone()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "mine"), "");

        Assert.Equal("already-exists", Assert.Throws<OperationFailedException>(() => Gathering).Failure.Code);
        Assert.True(Directory.Exists(Folder));
    }

    [Fact]
    public void Whoever_is_killed_while_a_disc_is_added_goes_on_with_its_image()
    {
        SetGathering gathering = Gathering;
        Come("Job_S000_P1");
        Copy("Job_0002", null);
        using CancellationTokenSource stop = new();
        Assert.ThrowsAny<OperationCanceledException>(() => gathering.Take(new Stopping(stop), stop.Token));

        Assert.Empty(Gathering.Take(SetOfImages.Untold.Progress, CancellationToken.None));

        Assert.Equal(["Job_0002.iso", "Job_S000.p01"], SumsHave());
        Assert.False(Directory.Exists(Path.Combine(Folder, "Job_0002")));
    }

    public void Dispose() => _set.Dispose();

    private static string[] Names() => [.. Enumerable.Range(0, 6).Select(disc => $"Job_{disc:D4}"), "Job_S000_P1", "Job_S000_P2"];

    private static string CodeOf(SetGathering gathering, string image)
    {
        using ImageFile disc = ImageFile.Open(image);
        Assert.Null(gathering.Identify(disc, out Failure? failure));
        return failure!.Code;
    }

    private string ImageOf(string name) => name.Contains("_P", StringComparison.Ordinal) ? Path.Combine(_parity, name + ".iso") : _set.PathOf(name + ".iso");

    private IEnumerable<string> SumsHave() => File.ReadLines(Path.Combine(Folder, "sums", "sums.tsv")).Skip(1).Select(line => line.Split('\t')[6]).Order(StringComparer.Ordinal);

    /// <summary>Puts a disc in: it is looked at, imaged and taken.</summary>
    /// <returns>The members that stay as images.</returns>
    private IReadOnlyList<string> Come(string name, (int From, int Count)? damaged = null, int? damagedParity = null)
    {
        using (ImageFile disc = ImageFile.Open(ImageOf(name)))
        {
            string? member = Gathering.Identify(disc, out Failure? failure);
            Assert.Null(failure);
            Assert.Equal((Folder, name), Gathering.PlaceOf(member!));
        }

        Copy(name, damaged);
        if (damagedParity is { } position)
        {
            string image = Path.Combine(Folder, name, name + ".iso");
            byte[] bytes = File.ReadAllBytes(image);
            bytes[bytes.AsSpan().IndexOf(_set.Whole[$"Job_S000.p0{name[^1]}"].AsSpan(65536 + position, 64))] ^= 1;
            File.WriteAllBytes(image, bytes);
        }

        return [.. Gathering.Take(SetOfImages.Untold.Progress, CancellationToken.None).Order(StringComparer.Ordinal)];
    }

    private void Copy(string name, (int From, int Count)? damaged)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;
        byte[] bytes = File.ReadAllBytes(ImageOf(name));
        if (damaged is var (from, count))
        {
            bytes.AsSpan(from * 2048, count * 2048).Clear();
            File.WriteAllText(Path.Combine(folder, name + ".map"), FormattableString.Invariant(
                $"0x0 + 1\n{(from == 0 ? "" : $"0x0 0x{from * 2048:X} +\n")}0x{from * 2048:X} 0x{count * 2048:X} -\n0x{(from + count) * 2048:X} 0x{bytes.Length - ((from + count) * 2048):X} +\n"));
        }

        File.WriteAllBytes(Path.Combine(folder, name + ".iso"), bytes);
    }

    private sealed class Stopping(CancellationTokenSource stop) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
            if (value.Stage == "adding")
            {
                stop.Cancel();
            }
        }
    }
}
