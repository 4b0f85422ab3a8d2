// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.Journals;
using Spindle.Parity.Protecting;
using Spindle.Parity.Rs03;
using Spindle.Parity.Tests.Rs03;
using Spindle.Testing;

namespace Spindle.Parity.Tests.Protecting;

public sealed class ProtectorTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public void Protects_an_image_in_place()
    {
        string image = _directory.Write("image.img", Payloads.Raw300);

        ProtectResult result = Run.Protect(new() { Image = image, Redundancy = Redundancy.ToFill(600) });

        Assert.Equal(Payloads.Sha256(Rs03EncoderTests.EncodeImage(Payloads.Raw300, 600)), Payloads.Sha256(File.ReadAllBytes(image)));
        Assert.Equal(103, result.Layout.Roots);
        Assert.Equal([ProtectWarning.UnusualSize], result.Warnings);
        Assert.False(result.Resumed);
        Assert.Single(Directory.GetFiles(_directory.Path));
    }

    [Fact]
    public void Protects_a_copy_and_leaves_the_image()
    {
        byte[] payload = Payloads.Random(5000 * 2048, seed: 12);
        string image = _directory.Write("image.img", payload);

        ProtectResult result = Run.Protect(new() { Image = image, Target = _directory["copy.img"], Redundancy = Redundancy.OfPercent(15) });

        Assert.Equal(Payloads.Sha256(payload), Payloads.Sha256(File.ReadAllBytes(image)));
        Assert.True(result.Layout.RedundancyPercent >= 14.8);
        Assert.Equal([ProtectWarning.LittleRedundancy, ProtectWarning.UnusualSize], result.Warnings);
        Assert.False(result.Resumed);
        Assert.True(Run.Check(new() { Image = _directory["copy.img"] }).Damage.IsNone);
        Assert.Equal(2, Directory.GetFiles(_directory.Path).Length);
    }

    [Fact]
    public void Makes_a_file_of_parity()
    {
        string image = _directory.Write("tiny.bin", Payloads.Tiny);

        ProtectResult result = Run.Protect(new() { Image = image, ParityFile = _directory["tiny.ecc"] });

        Assert.Equal(Payloads.Sha256(Rs03EncoderTests.EncodeFile(Payloads.Tiny, 32)), Payloads.Sha256(File.ReadAllBytes(_directory["tiny.ecc"])));
        Assert.Equal(5000, result.Layout.PayloadBytes);
        Assert.False(result.Resumed);
        Assert.True(Run.Check(new() { Image = image, ParityFile = _directory["tiny.ecc"] }).Damage.IsNone);
    }

    [Theory]
    [InlineData(100, "partial-sector")]
    [InlineData(0, "partial-sector")]
    [InlineData(400 * 2048, "no-room-for-parity")]
    public void Refuses_what_it_cannot_protect_and_leaves_it(int length, string code)
    {
        byte[] content = Payloads.Random(length, seed: 1);
        string image = _directory.Write("image.img", content);

        OperationFailedException refused = Assert.Throws<OperationFailedException>(() => Run.Protect(new() { Image = image, Redundancy = Redundancy.ToFill(255) }));

        Assert.Equal(code, refused.Failure.Code);
        Assert.Single(Directory.GetFiles(_directory.Path));
        Assert.Equal(Payloads.Sha256(content), Payloads.Sha256(File.ReadAllBytes(image)));
    }

    [Fact]
    public void Makes_no_file_of_parity_for_nothing_or_to_fill_a_medium()
    {
        string empty = _directory.Write("empty.bin", []);
        string image = _directory.Write("image.img", Payloads.Tiny);

        Assert.Equal("empty-source", Code(() => Run.Protect(new() { Image = empty, ParityFile = _directory["empty.ecc"] })));
        Assert.Equal("no-medium-to-fill", Code(() => Run.Protect(new() { Image = image, ParityFile = _directory["image.ecc"], Redundancy = Redundancy.ToFill(600) })));
        Assert.Equal([empty, image], Directory.GetFiles(_directory.Path).Order());
    }

    [Theory]
    [InlineData(1)] // an error that the parity itself can mend is none the less one
    [InlineData(500)]
    public void Does_not_trust_a_storage_that_keeps_something_else(int bits)
    {
        byte[] payload = Payloads.Random(600 * 2048, seed: 3);
        ForgetfulStorage image = new(payload, bits);
        Rs03Layout layout = Protector.Plan(image, Redundancy.ToFill(255 * 3), CancellationToken.None);

        Assert.Equal("verification-failed", Code(() => Protector.ProtectInPlace(image, new MemoryStorage([]), layout, 2, null, CancellationToken.None)));
        Assert.True(payload.AsSpan().SequenceEqual(image.Content));
    }

    [Fact]
    public void Does_not_protect_twice()
    {
        string image = _directory.Write("image.img", Rs03EncoderTests.EncodeImage(Payloads.Raw300, 600));

        OperationFailedException refused = Assert.Throws<OperationFailedException>(() => Run.Protect(new() { Image = image }));

        Assert.Equal("already-protected", refused.Failure.Code);
    }

    [Fact]
    public void Leaves_the_image_as_it_was_when_cancelled()
    {
        string image = _directory.Write("image.img", Payloads.Raw300);
        using CancellationTokenSource source = new();
        Immediate progress = new(_ => source.Cancel());

        Assert.Throws<OperationCanceledException>(() =>
            Protector.Protect(new() { Image = image, Redundancy = Redundancy.ToFill(255 * 100) }, progress, source.Token));

        Assert.Equal(Payloads.Sha256(Payloads.Raw300), Payloads.Sha256(File.ReadAllBytes(image)));
        Assert.Single(Directory.GetFiles(_directory.Path));
    }

    [Fact]
    public void Is_done_again_to_the_same_result_wherever_it_was_killed()
    {
        byte[] payload = Payloads.Random(600 * 2048, seed: 2);
        byte[] expected = Rs03EncoderTests.EncodeImage(payload, 255 * 3);
        for (int kill = 0; ; kill += 1 + (kill / 6))
        {
            MemoryStorage image = new([.. payload]) { Lifetime = new() { DiesAt = kill } };
            MemoryStorage journal = new([]) { Lifetime = image.Lifetime };
            bool killed = false;
            try
            {
                Protect(image, journal);
            }
            catch (KilledException)
            {
                killed = true;
            }

            MemoryStorage imageAfter = new(image.Content);
            bool undone = Protector.Undo(imageAfter, new MemoryStorage(journal.Content));

            Assert.True(payload.AsSpan().SequenceEqual(imageAfter.Content), $"killed at change {kill}");
            Assert.Equal(kill > 0, undone);
            Protect(imageAfter, new MemoryStorage([]));
            Assert.True(expected.AsSpan().SequenceEqual(imageAfter.Content), $"killed at change {kill}");
            if (!killed)
            {
                return;
            }
        }
    }

    [Fact]
    public void Refuses_to_check_an_image_that_was_left_unfinished_and_takes_it_up_again()
    {
        string image = _directory.Write("image.img", [.. Payloads.Raw300, .. new byte[5000]]);
        byte[] journal = new JournalHeader(JournalOperation.Protect, Payloads.Raw300.Length, -1, []).ToBytes();
        _directory.Write("image.img.spindle-journal", journal);

        Assert.Equal("unfinished-change", Assert.Throws<OperationFailedException>(() => Run.Check(new() { Image = image })).Failure.Code);
        Assert.Equal("unfinished-change", Assert.Throws<OperationFailedException>(() => Run.Repair(new() { Image = image })).Failure.Code);
        Assert.True(Run.Protect(new() { Image = image, Redundancy = Redundancy.ToFill(600) }).Resumed);
        Assert.Equal(Payloads.Sha256(Rs03EncoderTests.EncodeImage(Payloads.Raw300, 600)), Payloads.Sha256(File.ReadAllBytes(image)));
    }

    [Fact]
    [Slow("the reference program encodes and mends, too")]
    public void Makes_what_the_judge_calls_good_and_mends()
    {
        Dvdisaster.Require();
        byte[] payload = Dvdisaster.RandomImage(_directory, 9000, seed: 6);
        string image = _directory.Write("image.iso", payload);
        Run.Protect(new() { Image = image, Redundancy = Redundancy.OfRoots(43) });
        string whole = Payloads.Sha256(File.ReadAllBytes(image));

        Assert.Contains("good image", Dvdisaster.Run("-i", image, "-t"), StringComparison.Ordinal);
        Dvdisaster.Run("--debug", "-i", image, "--erase", "1000-2800");
        Assert.NotEqual(whole, Payloads.Sha256(File.ReadAllBytes(image)));
        Dvdisaster.Run("-i", image, "-f");
        Assert.Equal(whole, Payloads.Sha256(File.ReadAllBytes(image)));
    }

    public void Dispose() => _directory.Dispose();

    private static void Protect(MemoryStorage image, MemoryStorage journal) =>
        Protector.ProtectInPlace(image, journal, Protector.Plan(image, Redundancy.ToFill(255 * 3), CancellationToken.None), 2, null, CancellationToken.None);

    private static string Code(Action protect) => Assert.Throws<OperationFailedException>(protect).Failure.Code;

    /// <summary>Storage that keeps single bits of the parity otherwise, which is written in strips of several sectors.</summary>
    private sealed class ForgetfulStorage(byte[] payload, int bits) : IImageStorage
    {
        private readonly MemoryStorage _storage = new([.. payload]);
        private int _left = bits;

        public string Name => _storage.Name;

        public long Length => _storage.Length;

        public byte[] Content => _storage.Content;

        public int Read(long position, Span<byte> buffer) => _storage.Read(position, buffer);

        public void Write(long position, ReadOnlySpan<byte> bytes)
        {
            byte[] kept = bytes.ToArray();
            bool isChanged = position > payload.Length && bytes.Length > 2048 && Interlocked.Decrement(ref _left) >= 0;
            kept[kept.Length / 2] ^= (byte)(isChanged ? 4 : 0);
            _storage.Write(position, kept);
        }

        public void SetLength(long length) => _storage.SetLength(length);

        public void Flush() => _storage.Flush();

        public void Dispose() => _storage.Dispose();
    }

    private sealed class Immediate(Action<WorkProgress> action) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => action(value);
    }
}
