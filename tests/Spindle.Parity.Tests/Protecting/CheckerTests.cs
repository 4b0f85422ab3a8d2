// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.Health;
using Spindle.Parity.Protecting;
using Spindle.Parity.Tests.Rs03;
using Spindle.Testing;

namespace Spindle.Parity.Tests.Protecting;

public sealed class CheckerTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public void Finds_nothing_wrong_with_a_whole_image()
    {
        string image = _directory.Write("image.img", Rs03EncoderTests.EncodeImage(Payloads.Raw300, 600));

        CheckResult result = Run.Check(new() { Image = image });

        Assert.True(result.Damage.IsNone);
        Assert.Equal(HealthVerdict.Good, result.Health.Verdict);
        Assert.Equal(103, result.Health.WorstMargin);
        Assert.Equal(206, result.Health.LongestBearableBurst);
        Assert.Equal(2, result.Health.BlocksByWrongSectors[0]);
        Assert.Equal(ParityFormat.Rs03Image, result.Layout.Format);
        Assert.Equal(300 * 2048, result.Layout.PayloadBytes);
    }

    [Fact]
    public void Counts_damage_by_kind_and_block_and_leaves_it_alone()
    {
        byte[] damaged = Rs03EncoderTests.EncodeImage(Payloads.Raw300, 600);
        damaged[(10 * 2048) + 5] ^= 1;
        damaged[(13 * 2048) + 5] ^= 1;
        damaged[(302 * 2048) + 5] ^= 1; // checksums
        damaged[(404 * 2048) + 5] ^= 1; // parity
        string image = _directory.Write("image.img", damaged.AsSpan(0, 508 * 2048));

        CheckResult result = Run.Check(new() { Image = image });

        Assert.Equal(2, result.Damage.SectorsMissing);
        Assert.Equal(3, result.Damage.ChecksumMismatches);
        Assert.Equal(1, result.Damage.SilentErrors);
        Assert.Equal(2, result.Damage.BlocksRestorable);
        Assert.Equal(1, result.Damage.WrongInLayer[5]);
        Assert.Equal(4, result.Health.WorstBlock);
        Assert.Equal(3.0, result.Health.MeanWrongSectors);
        Assert.Equal(99 * 2, result.Health.LongestBearableBurst);
        Assert.Equal(HealthVerdict.Watch, result.Health.Verdict);
        Assert.Equal(Payloads.Sha256(damaged[..(508 * 2048)]), Payloads.Sha256(File.ReadAllBytes(image)));
    }

    [Theory]
    [InlineData(0, 0, HealthVerdict.Good)]
    [InlineData(1, 0, HealthVerdict.Watch)]
    [InlineData(10, 0, HealthVerdict.Watch)]
    [InlineData(11, 0, HealthVerdict.CopyNow)]
    [InlineData(0, 1, HealthVerdict.CopyNow)]
    public void Judges_by_the_worst_block(int wrong, int lost, HealthVerdict verdict) =>
        Assert.Equal(verdict, HealthThresholds.Usual.Judge(43, wrong, lost));

    [Fact]
    public void Tells_progress_up_to_the_end()
    {
        string image = _directory.Write("image.img", Rs03EncoderTests.EncodeImage(Payloads.Random(9000 * 2048, 3), 255 * 70));
        List<WorkProgress> told = [];

        Run.Check(new() { Image = image }, new Collecting(told));

        Assert.Equal(new("checking", 70, 70, "blocks"), told[^1]);
        Assert.Equal(told.Select(progress => progress.Done).Order(), told.Select(progress => progress.Done));
    }

    [Fact]
    public void Says_so_where_there_is_no_such_file() => Assert.Equal("no-such-source",
        Assert.Throws<OperationFailedException>(() => Run.Check(new() { Image = _directory["none.iso"] })).Failure.Code);

    public void Dispose() => _directory.Dispose();

    private sealed class Collecting(List<WorkProgress> told) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => told.Add(value);
    }
}
