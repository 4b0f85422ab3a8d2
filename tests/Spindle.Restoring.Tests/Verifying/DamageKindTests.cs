// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Restoring.Verifying;
using Spindle.Testing;

namespace Spindle.Restoring.Tests.Verifying;

public sealed class DamageKindTests : IDisposable
{
    private readonly TestArchive _archive = new();

    [Fact]
    public async Task A_flipped_byte_makes_a_file_differ_and_nothing_unreadable()
    {
        byte[] content = _archive.Write("a", TestArchive.Bytes(9000, 1));
        _archive.Write("b", TestArchive.Bytes(9000, 2));
        string image = Assert.Single(await _archive.ArchiveAsync());
        TestArchive.Damage(image, content.AsSpan(5000, 100));

        VerifiedDisc disc = Assert.Single((await new Verifier(openMedium: null, TimeProvider.System).RunAsync(
            new() { Sources = [image] }, new Progress<WorkProgress>(), CancellationToken.None)).Discs);

        FileDamage damage = Assert.Single(disc.Damaged);
        Assert.Equal(("DATA/a", DamageKind.Differs), (damage.Path, damage.Kind));
        Assert.Empty(damage.Ranges);
    }

    [Fact]
    public async Task A_sector_that_cannot_be_read_makes_a_file_unreadable_there()
    {
        byte[] content = _archive.Write("a", TestArchive.Bytes(9000, 1));
        string image = Assert.Single(await _archive.ArchiveAsync());
        byte[] bytes = await File.ReadAllBytesAsync(image);
        long bad = (bytes.AsSpan().IndexOf(content) / 2048) + 2;

        VerifiedDisc disc = Assert.Single((await new Verifier(_ => new SimulatedDisc(bytes).Bad(bad), TimeProvider.System).RunAsync(
            new() { Sources = [image] }, new Progress<WorkProgress>(), CancellationToken.None)).Discs);

        FileDamage damage = Assert.Single(disc.Damaged);
        Assert.Equal(("DATA/a", DamageKind.Unreadable), (damage.Path, damage.Kind));
        Assert.Equal((2 * 2048, 2048), (Assert.Single(damage.Ranges).Offset, damage.Ranges[0].Length));
    }

    [Theory]
    [InlineData("DELETE FROM placement", 0)] // a catalogue that knows of nothing on the disc says nothing about it
    [InlineData("DELETE FROM placement WHERE content = (SELECT min(content) FROM placement)", 1)]
    [InlineData("UPDATE content SET sha256 = randomblob(32) WHERE id = (SELECT min(content) FROM placement)", 2)] // one lacks here, one there
    [InlineData("SELECT 1", 0)]
    public async Task The_list_of_a_disc_is_held_against_the_catalogue(string change, int differences)
    {
        _archive.Write("a", TestArchive.Bytes(9000, 1));
        _archive.Write("b", TestArchive.Bytes(9000, 2));
        string image = Assert.Single(await _archive.ArchiveAsync());
        using (CatalogueDatabase catalogue = CatalogueDatabase.OpenForWriting(_archive.CataloguePath))
        {
            catalogue.Run(change);
        }

        VerifiedDisc disc = Assert.Single((await new Verifier(openMedium: null, TimeProvider.System).RunAsync(
            new() { Sources = [image], Catalogue = _archive.CataloguePath }, new Progress<WorkProgress>(), CancellationToken.None)).Discs);

        Assert.Equal(differences, disc.Damaged.Count(damage => damage.Kind == DamageKind.List));
    }

    public void Dispose() => _archive.Dispose();
}
