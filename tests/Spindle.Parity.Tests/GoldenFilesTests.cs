// SPDX-License-Identifier: MIT
using Spindle.Parity.Protecting;
using Spindle.Parity.Tests.Rs03;
using Spindle.Testing;

namespace Spindle.Parity.Tests;

/// <summary>The golden files, made anew by the reference program: of the kept payloads, and of its own random volumes.</summary>
public sealed class GoldenFilesTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Theory]
    [InlineData("ours", "SHA256SUMS")]
    [InlineData("random", "SHA256SUMS.random")]
    public void Are_what_the_reference_program_makes_and_so_do_we(string volumes, string list)
    {
        Dvdisaster.RequireTheOneOfTheGoldenFiles();
        Make(volumes);

        Assert.Equal(Vectors.ReadSums(list).OrderBy(sum => sum.Key), Vectors.ReadSums(list).Keys.Select(name => KeyValuePair.Create(name, Payloads.Sha256(Read(name)))).OrderBy(sum => sum.Key));
        foreach ((string payload, string image, int medium) in Vectors.Images.Select(row => row.Data))
        {
            Assert.Equal(Vectors.Sha256Of(image, list), Payloads.Sha256(Rs03EncoderTests.EncodeImage(Read(payload), medium)));
        }

        foreach ((string payload, string file, int roots) in Vectors.Files.Select(row => row.Data))
        {
            Assert.Equal(Vectors.Sha256Of(file, list), Payloads.Sha256(Rs03EncoderTests.EncodeFile(Read(payload), roots)));
        }
    }

    [Fact]
    public void Are_mended_as_they_can_be()
    {
        Dvdisaster.RequireTheOneOfTheGoldenFiles();
        Make("random");
        string whole = Vectors.Sha256Of("aug-b-400of510.iso", "SHA256SUMS.random");
        string[] damaged = [.. Directory.GetFiles(_directory.Path, "dmg-*")];
        Assert.Equal(7, damaged.Length);
        foreach (string path in damaged)
        {
            RepairResult result = Run.Repair(new() { Image = path });

            bool isWhole = !path.Contains("dmg-b", StringComparison.Ordinal);
            Assert.True(isWhole == result.IsWhole, path);
            Assert.True(isWhole == (Payloads.Sha256(File.ReadAllBytes(path)) == whole), path);
        }

        foreach (string old in new[] { "rs02-a-p400-475.iso", "rs02-b-p400-600.iso" })
        {
            Assert.True(Run.Check(new() { Image = _directory[old] }).Damage.IsNone);
        }

        Assert.True(Run.Check(new() { Image = _directory["p400.iso"], ParityFile = _directory["rs01-a-p400-r32.ecc"] }).Damage.IsNone);
    }

    public void Dispose() => _directory.Dispose();

    private byte[] Read(string name) => File.ReadAllBytes(_directory[name]);

    private void Make(string volumes) => ForeignProgram.Run("bash", Vectors.Recipe, _directory.Path, volumes);
}
