// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Archiving.Sets;
using Spindle.Formats.MapFile;
using Spindle.Media;
using Spindle.Parity.Protecting;

namespace Spindle.Archiving.Tests.Sets;

public sealed class SetRepairerTests
{
    private const int Piece = 65536;

    [Fact]
    public void Any_three_of_six_and_three_come_back()
    {
        using SetOfImages set = new(6, 3);
        foreach (string[] lost in SetOfImages.WaysToLose(set.Names, 3))
        {
            set.Lose(lost);

            SetRepairResult result = set.Repair();

            Assert.Equal(lost, result.Restored.Select(restored => restored.Name));
            Assert.All(result.Restored, restored => Assert.True(restored is { Agrees: true, WasLost: true } && set.IsRestored(restored.Name), $"{restored} of {string.Join(", ", lost)}"));
            Assert.Empty(result.Concerns);
            set.Reset();
        }
    }

    [Fact]
    public void Eight_of_twelve_and_eight_come_back()
    {
        using SetOfImages set = new(12, 8);
        Random random = new(5);
        for (int round = 0; round < 10; round++)
        {
            string[] names = set.Names;
            random.Shuffle(names);
            set.Lose(names[..8]);

            Assert.All(set.Repair().Restored, restored => Assert.True(set.IsRestored(restored.Name)));
            set.Reset();
        }
    }

    [Fact]
    public void The_largest_set_comes_back()
    {
        using SetOfImages set = new(255, 3, length: 3000);
        string[] lost = ["Job_0003.iso", "Job_0254.iso", set.Names[256]];
        set.Lose(lost);

        Assert.Equal(lost, set.Repair().Restored.Select(restored => restored.Name));
        Assert.All(lost, name => Assert.True(set.IsRestored(name)));
    }

    /// <summary>One disc is lost, all others are damaged, and one parity disc: at no place more than two.</summary>
    [Fact]
    public void Damage_that_is_scattered_over_all_discs_is_mended()
    {
        using SetOfImages set = new(8, 3, length: 20 * Piece, seed: 3);
        set.Lose("Job_0000.iso");
        Random random = new(4);
        byte[] wrong = new byte[3000];
        foreach ((int index, string name) in set.Names[1..8].Index().Where(disc => set.Whole[disc.Item].Length == 20 * Piece))
        {
            random.NextBytes(wrong);
            set.Overwrite(name, (index + 1) * Piece, wrong);
        }

        set.Overwrite(set.Names[9], 65536 + (15 * Piece) + 5, 1, 2, 3);

        SetRepairResult result = set.Repair();

        Assert.Empty(result.Concerns);
        Assert.Contains(result.Restored, restored => restored is { Name: "Job_0000.iso", WasLost: true });
        Assert.All(result.Restored, restored => Assert.True(set.IsRestored(restored.Name)));
        Assert.Equal(6, result.Restored.Count); // four discs of full length, the lost one, and the second volume
    }

    [Fact]
    public void What_a_rescue_did_not_read_counts_as_missing()
    {
        using SetOfImages set = new(3, 1, length: 4 * Piece);
        set.Overwrite("Job_0002.iso", 10 * 2048, new byte[2 * 2048]);
        File.WriteAllText(Path.Combine(set.Images, "Job_0002.map"), "0x0 + 1\n0x0 0x5000 +\n0x5000 0x1000 -\n0x6000 0x3A000 +\n");

        SetRepairResult result = set.Repair();

        Assert.Equal(("Job_0002.iso", false, 4096L), (result.Restored[0].Name, result.Restored[0].WasLost, result.Restored[0].Bytes));
        Assert.True(set.IsRestored("Job_0002.iso"));
    }

    [Fact]
    public void An_image_that_ends_too_soon_is_mended()
    {
        using SetOfImages set = new(3, 1, length: 4 * Piece);
        using (FileStream file = new(set.PathOf("Job_0000.iso"), FileMode.Open))
        {
            file.SetLength(100_001);
        }

        Assert.Equal((4 * Piece) - 100_001, Assert.Single(set.Repair().Restored).Bytes); // what is left of a piece counts when the digest agrees with all of it
        Assert.True(set.IsRestored("Job_0000.iso"));
    }

    [Fact]
    public void What_is_beyond_the_parity_is_named_and_stays_a_part_with_a_map()
    {
        using SetOfImages set = new(3, 1, length: 4 * Piece);
        set.Lose("Job_0000.iso");
        set.Overwrite("Job_0002.iso", (2 * Piece) + 9, 1, 2, 3, 4);

        SetRepairResult result = set.Repair();

        Assert.Equal([new("Job_0000.iso", 2 * Piece, Piece), new("Job_0002.iso", 2 * Piece, Piece)], result.Beyond);
        Assert.Equal(["beyond-parity", "beyond-parity"], result.Concerns.Select(concern => concern.Code));
        Assert.All(result.Restored, restored => Assert.Equal((false, true), (restored.Agrees, restored.Path!.EndsWith(".iso.part", StringComparison.Ordinal))));
        Assert.False(File.Exists(Path.Combine(set.Target, "Job_0000.iso")));
        string part = Path.Combine(set.Target, "Job_0000.iso.part");
        SectorMap map = ImageMaps.ReadBeside(part, 2048, 4 * Piece)!;
        Assert.Equal([new(64, 32)], map.RangesOf(SectorState.Bad));
        byte[] expected = [.. set.Whole["Job_0000.iso"]];
        expected.AsSpan(2 * Piece, Piece).Clear();
        Assert.Equal(expected, File.ReadAllBytes(part));

        File.WriteAllBytes(set.PathOf("Job_0002.iso"), set.Whole["Job_0002.iso"]); // another copy was found
        set.Repair();
        Assert.True(set.IsRestored("Job_0000.iso"));
        Assert.Equal(["Job_0000.iso", "Job_0002.iso.part", "Job_0002.map.part"], Directory.GetFiles(set.Target).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Too_many_lost_are_named_and_nothing_is_written()
    {
        using SetOfImages set = new(4, 2);
        set.Lose("Job_0000.iso", "Job_0003.iso", set.Names[5]);

        SetRepairResult result = set.Repair();

        Failure concern = Assert.Single(result.Concerns);
        Assert.Equal("too-many-lost", concern.Code);
        Assert.Contains("Job_0000.iso, Job_0003.iso, Job_S000.p02", concern.What, StringComparison.Ordinal);
        Assert.False(Directory.Exists(set.Target));
    }

    [Fact]
    public void A_dry_run_tells_the_same_and_writes_nothing()
    {
        using SetOfImages set = new(4, 2);
        set.Overwrite("Job_0000.iso", 5, 1, 2, 3);

        SetRepairResult result = set.Repair(["Job_0002.iso"], dryRun: true);

        Assert.Equal([("Job_0000.iso", false), ("Job_0002.iso", true)], result.Restored.Select(restored => (restored.Name, restored.WasLost)));
        Assert.All(result.Restored, restored => Assert.Equal((null, null), (restored.Path, restored.Agrees)));
        Assert.False(Directory.Exists(set.Target));
    }

    [Fact]
    public void Without_digests_each_member_is_held_against_its_hash()
    {
        using SetOfImages set = new(4, 2);
        Directory.Delete(Path.Combine(set.Parity, "digests"), recursive: true);
        set.Overwrite("Job_0000.iso", 5, 1, 2, 3);
        set.Lose("Job_0003.iso");

        Assert.Equal(["Job_0000.iso", "Job_0003.iso"], set.Repair().Restored.Select(restored => restored.Name));
        Assert.True(set.IsRestored("Job_0000.iso") && set.IsRestored("Job_0003.iso"));
    }

    [Fact]
    public void Digests_that_lie_make_no_wrong_image_whole()
    {
        using SetOfImages set = new(4, 1, length: 2 * Piece);
        set.Overwrite("Job_0000.iso", 5, 1, 2, 3);
        byte[] image = File.ReadAllBytes(set.PathOf("Job_0000.iso"));
        Spindle.Parity.DiscSet.PieceSums sums = new(image.Length);
        sums.Set(0, image);
        File.WriteAllBytes(Path.Combine(set.Parity, "digests", "Job_0000.iso.crc32c"), sums.ToBytes());
        File.Delete(Path.Combine(set.Parity, "digests", "Job_0003.iso.crc32c"));
        set.Lose("Job_0003.iso");

        SetRepairResult result = set.Repair();

        Assert.Equal("restored-differs", Assert.Single(result.Concerns).Code);
        Assert.False(Assert.Single(result.Restored).Agrees);
        Assert.False(File.Exists(Path.Combine(set.Target, "Job_0003.iso")));
    }

    [Fact]
    public void A_volume_whose_head_is_damaged_is_made_again()
    {
        using SetOfImages set = new(4, 1);
        set.Overwrite(set.Names[4], 20, 1, 2, 3);

        Assert.True(Assert.Single(set.Repair().Restored).Agrees);
        Assert.True(set.IsRestored(set.Names[4]));
    }

    [Fact]
    public void An_image_with_another_name_is_known_by_its_digests()
    {
        using SetOfImages set = new(4, 1, length: 8 * Piece);
        Directory.CreateDirectory(Path.Combine(set.Images, "found in a box"));
        File.Move(set.PathOf("Job_0002.iso"), Path.Combine(set.Images, "found in a box", "disc.iso"));
        set.Lose("Job_0000.iso");

        Assert.True(Assert.Single(set.Repair().Restored).Agrees);
        Assert.True(set.IsRestored("Job_0000.iso"));
    }

    /// <summary>Discs with parity of their own: the set covers what that follows from.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_parity_within_a_disc_is_made_again(bool isOpen)
    {
        using SetOfImages set = new(3, 1, length: 400 * 2048);
        string folder = set["discs"];
        foreach ((int disc, string name) in set.Names[..3].Index().Where(disc => set.Whole[disc.Item].Length % 2048 == 0))
        {
            string path = Path.Combine(Directory.CreateDirectory(folder).FullName, name);
            File.WriteAllBytes(path, [.. HandmadeVolume(disc)]);
            Protector.Protect(new() { Image = path, Redundancy = disc == 0 ? Redundancy.OfPercent(20) : Redundancy.ToFill(700) });
        }

        string lost = Path.Combine(folder, "Job_0002.iso");
        byte[] whole = File.ReadAllBytes(lost);
        SetMakeRequest request = new() { Sources = [folder], Target = set["made"], Rows = 1 };
        if (isOpen)
        {
            SetAdder.Add(request, SetOfImages.Untold.Progress, CancellationToken.None);
        }

        SetMakeResult made = isOpen
            ? SetAdder.Close(request with { Sources = [] }, SetOfImages.Untold.Progress, CancellationToken.None)
            : SetMaker.Make(request, SetOfImages.Untold.Progress, CancellationToken.None);
        File.Delete(lost);

        SetRepairResult result = SetRepairer.Repair(new() { Sources = [folder, set["made"]], Target = set.Target }, SetOfImages.Untold.Progress, CancellationToken.None);

        Assert.Equal((400 * 2048, 2), (made.Table.Length, made.Table.Discs.Count(disc => disc.Inner is not null)));
        Assert.Equal(made.Table.Discs[1].Inner!.Sha256, Assert.Single(result.Restored).Sha256);
        Assert.True(result.Restored[0].Agrees);
        Assert.Equal(whole, File.ReadAllBytes(Path.Combine(set.Target, "Job_0002.iso")));
    }

    [Fact]
    public void What_does_not_belong_together_is_refused()
    {
        using SetOfImages set = new(3, 1);
        using SetOfImages other = new(4, 1, seed: 99);
        string stranger = Path.Combine(set.Images, "stranger.iso");
        File.WriteAllBytes(stranger, new byte[5000]);
        File.Copy(set.PathOf("Job_0001.iso"), Path.Combine(set.Parity, "Job_0001.iso"));

        Assert.Equal("generation-mixed", CodeOf(set.Images, set.Parity, other.Parity));
        Assert.Equal("disc-given-twice", CodeOf(set.Images, set.Parity));
        File.Delete(Path.Combine(set.Parity, "Job_0001.iso"));
        Assert.Equal("no-set", CodeOf(set.Images));
        Assert.Equal("no-such-source", CodeOf(set["nowhere"]));
        Assert.Equal("not-in-set", Assert.Throws<OperationFailedException>(() => set.Repair("Job_0009.iso")).Failure.Code);
        Assert.Equal("wrong-disc", Assert.Single(set.Check().Others).Code);
        set.Lose("Job_0002.iso");
        set.Repair();
        Assert.Equal("already-exists", Assert.Throws<OperationFailedException>(() => set.Repair()).Failure.Code);
        File.WriteAllText(Path.Combine(set.Parity, "set.tsv"), "set\t1\t2\n");
        Assert.Equal("set-table-damaged", CodeOf(set.Images, set.Parity));
    }

    /// <summary>400 sectors that begin as ISO 9660 does, so that parity is looked for behind them.</summary>
    private static byte[] HandmadeVolume(int seed)
    {
        byte[] volume = new byte[400 * 2048];
        new Random(seed).NextBytes(volume.AsSpan(20 * 2048));
        Span<byte> descriptor = volume.AsSpan(16 * 2048, 2048);
        "\u0001CD001\u0001"u8.CopyTo(descriptor);
        BinaryPrimitives.WriteInt32LittleEndian(descriptor[80..], 400);
        BinaryPrimitives.WriteInt32BigEndian(descriptor[84..], 400);
        (descriptor[129], descriptor[130]) = (8, 8);
        Span<byte> end = volume.AsSpan(17 * 2048, 2048);
        end[0] = 0xFF;
        "CD001\u0001"u8.CopyTo(end[1..]);
        return volume;
    }

    private static string CodeOf(params string[] sources) =>
        Assert.Throws<OperationFailedException>(() => SetChecker.List(sources)).Failure.Code;
}
