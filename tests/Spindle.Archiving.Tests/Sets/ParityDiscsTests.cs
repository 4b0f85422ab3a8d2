// SPDX-License-Identifier: MIT
using Spindle.Archiving.Sets;
using Spindle.Formats.Images;
using Spindle.Formats.Volumes;
using Spindle.Media;
using Spindle.Parity.Protecting;
using Spindle.Testing;

namespace Spindle.Archiving.Tests.Sets;

public sealed class ParityDiscsTests : IDisposable
{
    private readonly SetOfImages _set = new(4, 2, length: 300_000);

    private string Discs => _set["discs"];

    private string First => Path.Combine(Discs, "Job_S000_P1.iso");

    [Fact]
    public void An_image_holds_all_that_restores_the_set_and_comes_out_the_same_again()
    {
        SetMakeResult made = Make(Discs, 2000);
        Make(_set["again"], 2000);

        Assert.Equal([First, Path.Combine(Discs, "Job_S000_P2.iso")], made.Images);
        Assert.Equal(["Job_S000_P1.iso", "Job_S000_P1.iso.sha256", "Job_S000_P2.iso", "Job_S000_P2.iso.sha256"], Directory.GetFiles(Discs).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.GetDirectories(Discs));
        Assert.All(made.Images, image => Assert.Equal(File.ReadAllBytes(image), File.ReadAllBytes(Path.Combine(_set["again"], Path.GetFileName(image)))));
        using ImageFile image = ImageFile.Open(First);
        Volume volume = Volume.Open(image)!;
        Assert.Equal("Job_S000_P1", volume.VolumeIdentifier);
        using Stream parity = volume.OpenContent(volume.Find("PARITY/Job_S000.p01")!);
        byte[] bytes = new byte[parity.Length];
        parity.ReadExactly(bytes);
        Assert.Equal(_set.Whole["Job_S000.p01"], bytes);
        Assert.NotNull(volume.Find("README.TXT"));
        Assert.NotNull(volume.Find("PARITY/digests/Job_0003.iso.crc32c"));
        Assert.True(Checker.Check(new() { Image = First }).Damage.IsNone);
    }

    [Fact]
    public void Its_sum_beside_it_is_that_of_the_program_for_sums()
    {
        Make(Discs, 2000);

        ForeignProgram.RunIn(Discs, "sha256sum", "-c", "Job_S000_P1.iso.sha256", "Job_S000_P2.iso.sha256");
    }

    [Fact]
    public void Discs_are_restored_from_images_of_parity_discs()
    {
        Make(Discs, 2000);
        _set.Lose("Job_0000.iso", "Job_0003.iso");

        SetCheckResult check = SetChecker.Check([_set.Images, Discs], SetOfImages.Untold.Progress, CancellationToken.None);
        SetRepairer.Repair(new() { Sources = [_set.Images, Discs], Target = _set.Target }, SetOfImages.Untold.Progress, CancellationToken.None);

        Assert.Equal((0, 0), (check.MayLose, check.Damaged.Count));
        Assert.True(_set.IsRestored("Job_0000.iso") && _set.IsRestored("Job_0003.iso"));
    }

    [Fact]
    public void Damage_of_such_an_image_counts_where_it_is()
    {
        Make(Discs, 2000);
        byte[] bytes = File.ReadAllBytes(First);
        int at = bytes.AsSpan().IndexOf(_set.Whole["Job_S000.p01"].AsSpan(65536 + 200_000, 64));
        bytes[at] ^= 1;
        File.WriteAllBytes(First, bytes);
        _set.Lose("Job_0000.iso");

        SetCheckResult check = SetChecker.Check([_set.Images, First, Path.Combine(Discs, "Job_S000_P2.iso")], SetOfImages.Untold.Progress, CancellationToken.None);
        SetRepairer.Repair(new() { Sources = [_set.Images, Discs], Target = _set.Target }, SetOfImages.Untold.Progress, CancellationToken.None);

        Assert.Equal(new("Job_S000.p01", 3 * 65536, 65536), Assert.Single(check.Damaged));
        Assert.True(_set.IsRestored("Job_0000.iso") && _set.IsRestored("Job_S000.p01"));
    }

    [Fact]
    public void A_medium_that_is_too_small_is_refused_and_one_without_room_for_more_is_told()
    {
        SetMakeResult made = Make(Discs, 10_000);
        long own = ParityHeaderSectors();

        Assert.Equal("parity-too-large", Assert.Throws<OperationFailedException>(() => Make(_set["small"], 300)).Failure.Code);
        Assert.Equal(["no-rim-protection", "no-rim-protection"], Make(_set["tight"], own).Warnings.Select(warning => warning.Code));
        Assert.Empty(made.Warnings);
        Assert.Equal("already-exists", Assert.Throws<OperationFailedException>(() => Make(Discs, 10_000)).Failure.Code);
        SetAdder.Add(new() { Sources = [_set.Images], Target = _set["open"] }, SetOfImages.Untold.Progress, CancellationToken.None);
        SetMakeResult closed = SetAdder.Close(new() { Sources = [], Target = _set["open"], Sectors = 10_000 }, SetOfImages.Untold.Progress, CancellationToken.None);
        Assert.Equal(File.ReadAllBytes(First), File.ReadAllBytes(closed.Images[0]));
    }

    public void Dispose() => _set.Dispose();

    /// <summary>How large the image is without RS03: its payload.</summary>
    private long ParityHeaderSectors()
    {
        using ImageFile image = ImageFile.Open(First);
        return ParityHeader.Read(image)!.PayloadBytes / Capacity.SectorSize;
    }

    private SetMakeResult Make(string folder, long sectors) =>
        SetMaker.Make(new() { Sources = [_set.Images], Target = folder, Sectors = sectors }, SetOfImages.Untold.Progress, CancellationToken.None);
}
