// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.Protecting;
using Spindle.Testing;

namespace Spindle.Parity.Tests.Protecting;

/// <summary>What sectors that are known to be wrong take from the parity, held against what a check of such an image finds.</summary>
public sealed class KnownDamageTests : IDisposable
{
    private const int Payload = 600;

    private readonly TempDirectory _directory = new();

    [Fact]
    public void Sectors_of_one_block_add_up_as_a_check_finds_them()
    {
        string image = Protected();
        KnownDamage damage = KnownDamage.Of(image)!;
        long step = damage.Layout.Blocks;
        SectorRange[] wrong = [new(7, 1), new(7 + step, 2), new(7 + (2 * step), 1), new(damage.Layout.TotalSectors - 1, 1)];

        Assert.Equal(3, damage.WorstBlock(wrong));
        using (FileStream file = new(image, FileMode.Open))
        {
            foreach (long sector in wrong.SelectMany(range => Enumerable.Range(0, (int)range.Count).Select(i => range.Start + i)))
            {
                file.Position = sector * 2048;
                file.Write(new byte[2048].Select(_ => (byte)0xA5).ToArray());
            }
        }

        Assert.Equal(3, Checker.Check(new() { Image = image }, new Progress<WorkProgress>(), CancellationToken.None).Health.WorstBlock);
    }

    [Fact]
    public void Nothing_wrong_takes_nothing() => Assert.Equal(0, KnownDamage.Of(Protected())!.WorstBlock([]));

    [Fact]
    public void An_image_without_parity_or_none_at_all_has_no_margin()
    {
        Assert.Null(KnownDamage.Of(_directory.Write("plain.iso", new byte[Payload * 2048])));
        Assert.Null(KnownDamage.Of(_directory["nowhere.iso"]));
    }

    public void Dispose() => _directory.Dispose();

    private string Protected()
    {
        byte[] bytes = new byte[Payload * 2048];
        new Random(8).NextBytes(bytes);
        string image = _directory.Write("disc.iso", bytes);
        Protector.Protect(new() { Image = image, Redundancy = Redundancy.OfRoots(40) });
        return image;
    }
}
