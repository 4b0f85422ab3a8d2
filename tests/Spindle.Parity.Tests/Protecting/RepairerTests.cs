// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.Protecting;
using Spindle.Parity.Tests.Rs03;
using Spindle.Testing;

namespace Spindle.Parity.Tests.Protecting;

public sealed class RepairerTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Theory]
    [InlineData("dmg-a-dead53.iso")]
    [InlineData("dmg-c-hdr.iso")]
    [InlineData("dmg-d-crclayer.iso")]
    [InlineData("dmg-e-flip.iso")]
    [InlineData("dmg-f-truncated.iso")]
    [InlineData("dmg-g-all.iso")]
    public void Mends_the_golden_damaged_images_in_place_and_in_a_copy(string name)
    {
        byte[] damaged = Vectors.Read(name);
        string image = _directory.Write("image.iso", damaged);

        RepairResult copied = Run.Repair(new() { Image = image, Target = _directory["mended.iso"] });
        Assert.Equal(Payloads.Sha256(damaged), Payloads.Sha256(File.ReadAllBytes(image)));
        RepairResult mended = Run.Repair(new() { Image = image });

        string expected = Payloads.Sha256(Vectors.Read("aug-b-400of510.iso"));
        Assert.Equal(expected, Payloads.Sha256(File.ReadAllBytes(_directory["mended.iso"])));
        Assert.Equal(expected, Payloads.Sha256(File.ReadAllBytes(image)));
        Assert.True(copied.IsWhole && mended.IsWhole);
        Assert.Equal(copied.SectorsRestored, mended.SectorsRestored);
        Assert.Equal(["image.iso", "mended.iso"], Directory.GetFiles(_directory.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Mends_what_can_be_mended_and_names_the_rest()
    {
        string image = _directory.Write("image.iso", Vectors.Read("dmg-b-dead54.iso"));

        RepairResult result = Run.Repair(new() { Image = image });

        LostBlock lost = Assert.Single(result.Found.Damage.BlocksLost);
        Assert.Equal(0, lost.Number);
        Assert.Equal(Enumerable.Range(15, 54).Select(layer => layer * 2L), lost.ImageSectors);
        Assert.Equal(53, result.SectorsRestored);
        Assert.False(result.IsWhole);
    }

    [Fact]
    public void Takes_from_a_map_what_was_not_read()
    {
        byte[] whole = Rs03EncoderTests.EncodeImage(Payloads.Raw300, 600);
        byte[] damaged = [.. whole];
        SectorMap map = new(510, SectorState.Finished);
        for (int sector = 100; sector < 306; sector++)
        {
            // Nothing in the image tells that these are wrong but the checksums, which are gone as well.
            damaged.AsSpan(sector * 2048, 2048).Fill(0xEE);
            map.Set(new(sector, 1), sector % 3 == 0 ? SectorState.Bad : SectorState.NonTried);
        }

        string image = _directory.Write("image.img", damaged);

        RepairResult result = Run.Repair(new() { Image = image, Map = map });

        Assert.True(whole.AsSpan().SequenceEqual(File.ReadAllBytes(image)));
        Assert.Equal(206, result.SectorsRestored + result.SectorsRestoredUnproven);
        Assert.Equal(0, result.Found.Health.WorstMargin);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Mends_payload_and_parity_file(bool headerIsGone)
    {
        byte[] parity = Rs03EncoderTests.EncodeFile(Payloads.Odd, 32);
        byte[] damagedParity = [.. parity];
        if (headerIsGone)
        {
            damagedParity.AsSpan(0, 4096).Clear();
        }

        damagedParity.AsSpan(6 * 2048, 2048).Fill(1);
        byte[] damaged = [.. Payloads.Odd[..^3000]];
        damaged.AsSpan(40 * 2048, 20 * 2048).Clear();
        string image = _directory.Write("odd.bin", damaged);
        string parityFile = _directory.Write("odd.ecc", damagedParity);

        RepairResult result = Run.Repair(new() { Image = image, ParityFile = parityFile });

        Assert.True(result.IsWhole);
        Assert.Equal(headerIsGone, result.Found.Damage.IsHeaderWrong);
        Assert.Equal(Payloads.Sha256(Payloads.Odd), Payloads.Sha256(File.ReadAllBytes(image)));
        Assert.Equal(Payloads.Sha256(parity), Payloads.Sha256(File.ReadAllBytes(parityFile)));
    }

    [Fact]
    public void Is_continued_to_the_same_result_wherever_it_was_killed()
    {
        byte[] whole = Rs03EncoderTests.EncodeImage(Payloads.Random(1100 * 2048, seed: 8), 5 * 255);
        byte[] damaged = [.. whole.AsSpan(0, whole.Length - ((75 * 2048) + 100))];
        damaged.AsSpan(300 * 2048, 40 * 2048).Clear();
        for (int kill = 0; ; kill++)
        {
            MemoryStorage image = new([.. damaged]) { Lifetime = new() { DiesAt = kill } };
            MemoryStorage journal = new([]) { Lifetime = image.Lifetime };
            bool killed = Mend(image, journal) is null;

            MemoryStorage imageAfter = new(image.Content);
            MemoryStorage journalAfter = new(journal.Content);
            RepairResult result = Mend(imageAfter, journalAfter)!;

            Assert.True(result.IsWhole, $"killed at change {kill}");
            Assert.True(whole.AsSpan().SequenceEqual(imageAfter.Content), $"killed at change {kill}");
            if (!killed)
            {
                return;
            }

            // Every change at first, and then a sample: there are hundreds.
            kill += kill < 8 ? 0 : kill / 4;
        }
    }

    [Fact]
    public void Says_so_where_there_is_no_parity()
    {
        string image = _directory.Write("image.img", Payloads.Raw300);

        OperationFailedException refused = Assert.Throws<OperationFailedException>(() => Run.Repair(new() { Image = image }));

        Assert.Equal("no-parity", refused.Failure.Code);
        Assert.Single(Directory.GetFiles(_directory.Path));
        Assert.True(Payloads.Raw300.AsSpan().SequenceEqual(File.ReadAllBytes(image)));
    }

    [Fact]
    public void Overwrites_no_target_unasked()
    {
        string image = _directory.Write("image.img", Rs03EncoderTests.EncodeImage(Payloads.Raw300, 600));
        string target = _directory.Write("target.img", [1]);

        OperationFailedException refused = Assert.Throws<OperationFailedException>(() => Run.Repair(new() { Image = image, Target = target }));

        Assert.Equal("already-exists", refused.Failure.Code);
        Assert.Equal([1], File.ReadAllBytes(target));
        Assert.True(Run.Repair(new() { Image = image, Target = target, Overwrite = true }).IsWhole);
    }

    [Fact]
    public void Mends_what_the_judge_made_and_damaged()
    {
        Dvdisaster.Require();
        byte[] payload = Dvdisaster.RandomImage(_directory, 9000, seed: 5);
        string image = _directory.Write("image.iso", payload);
        Dvdisaster.Run("-i", image, "-mRS03", "--debug", "-n", $"{40 * 255}", "-c");
        string whole = Payloads.Sha256(File.ReadAllBytes(image));
        Dvdisaster.Run("--debug", "-i", image, "--erase", "8990-9300");

        Assert.True(Run.Repair(new() { Image = image }).IsWhole);

        Assert.Equal(whole, Payloads.Sha256(File.ReadAllBytes(image)));
        Assert.Contains("good image", Dvdisaster.Run("-i", image, "-t"), StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private static RepairResult? Mend(MemoryStorage image, MemoryStorage journal)
    {
        try
        {
            return Repairer.RepairInPlace(image, null, journal, new() { Image = "", Threads = 2 }, null, CancellationToken.None);
        }
        catch (KilledException)
        {
            return null;
        }
    }
}
