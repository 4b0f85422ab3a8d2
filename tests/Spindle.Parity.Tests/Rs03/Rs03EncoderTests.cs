// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Spindle.Media;
using Spindle.Parity.Rs03;
using Spindle.Parity.Sectors;
using Spindle.Testing;

namespace Spindle.Parity.Tests.Rs03;

public sealed class Rs03EncoderTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Theory]
    [MemberData(nameof(Vectors.Images), MemberType = typeof(Vectors))]
    public void Writes_the_golden_images(string payload, string image, int medium) =>
        Assert.Equal(Vectors.Sha256Of(image), Payloads.Sha256(EncodeImage(Vectors.Read(payload), medium)));

    [Theory]
    [MemberData(nameof(Vectors.Files), MemberType = typeof(Vectors))]
    public void Writes_the_golden_files(string payload, string file, int roots) =>
        Assert.Equal(Vectors.Sha256Of(file), Payloads.Sha256(EncodeFile(Vectors.Read(payload), roots)));

    [Theory]
    [InlineData(200, 255)]
    [InlineData(400, 510)]
    [InlineData(400, 1000)]
    [InlineData(3000, 255 * 33)] // more than one run of blocks
    [InlineData(9000, 255 * 40)]
    public void Writes_the_image_that_the_judge_writes(int sectors, int medium)
    {
        Dvdisaster.Require();
        byte[] payload = Dvdisaster.RandomImage(_directory, sectors, seed: sectors);
        string path = _directory.Write("image.iso", payload);
        Dvdisaster.Run("-i", path, "-mRS03", "--debug", "-n", $"{medium}", "-c");

        Assert.Equal(Payloads.Sha256(File.ReadAllBytes(path)), Payloads.Sha256(EncodeImage(payload, medium)));
    }

    [Theory]
    [InlineData(5000, 8)]
    [InlineData(1_234_567, 43)]
    [InlineData(20_000_001, 170)]
    public void Writes_the_file_that_the_judge_writes(int length, int roots)
    {
        Dvdisaster.Require();
        byte[] payload = Payloads.Random(length, seed: roots);
        string path = _directory.Write("payload.bin", payload);
        Dvdisaster.Run("-i", path, "-e", _directory["parity.ecc"], "-mRS03", "-o", "file", "-n", $"{roots}", "-c");

        Assert.Equal(Payloads.Sha256(File.ReadAllBytes(_directory["parity.ecc"])), Payloads.Sha256(EncodeFile(payload, roots)));
    }

    [Theory]
    [InlineData(400, 400, "d4ae1535cdfe979dbe1891fe5743e65475ec196589d09400cb70a3bc0a7e7c7e")]
    [InlineData(300_000, 9, "fa72d4d42ad5f2aa7057a243efe46c0781f34a73f18e8cd97be333ad809449c1")]
    public void Fills_a_whole_medium_with_the_bytes_of_the_format(int sectors, int seed, string expected)
    {
        Dvdisaster.Require();
        Assert.SkipUnless(Environment.GetEnvironmentVariable("SPINDLE_LARGE_TESTS") == "1", "SPINDLE_LARGE_TESTS=1 asks for tests that need gigabytes");
        string path = Dvdisaster.MakeRandomImage(_directory, sectors, seed);

        Run.Protect(new() { Image = path });

        using FileStream stream = File.OpenRead(path);
        Assert.Equal(expected, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    [Fact]
    public void Refuses_a_payload_with_a_marker_for_a_dead_sector()
    {
        byte[] payload = [.. Payloads.Raw300];
        DeadSectorMarker.Write(payload.AsSpan(77 * 2048, 2048));

        OperationFailedException refused = Assert.Throws<OperationFailedException>(() => EncodeImage(payload, 600));

        Assert.Equal("dead-sector-marker", refused.Failure.Code);
        Assert.Contains("sector 77 ", refused.Failure.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_payload_that_cannot_be_read()
    {
        MemoryStorage image = new([.. Payloads.Raw300]);
        image.Bad.Add(299);

        OperationFailedException refused = Assert.Throws<OperationFailedException>(() => EncodeImage(image, 600));

        Assert.Equal("payload-unreadable", refused.Failure.Code);
        Assert.Contains("sector 299 ", refused.Failure.What, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    internal static byte[] EncodeImage(byte[] payload, int medium) => EncodeImage(new MemoryStorage([.. payload]), medium);

    internal static byte[] EncodeFile(byte[] payload, int roots)
    {
        MemoryStorage image = new(payload);
        MemoryStorage parity = new([]);
        Rs03Layout layout = Rs03Layout.ForFile(payload.Length, roots) with { Fingerprint = Fingerprint.Of(image, payload.Length) };
        new Rs03Encoder(layout, image, parity).Run(2, _ => { }, CancellationToken.None);
        return parity.Content;
    }

    private static byte[] EncodeImage(MemoryStorage image, int medium)
    {
        Rs03Layout layout = Rs03Layout.ForImage(image.Length / 2048, medium)! with { Fingerprint = Fingerprint.Of(image, image.Length) };
        new Rs03Encoder(layout, image, image).Run(2, _ => { }, CancellationToken.None);
        return image.Content;
    }
}
