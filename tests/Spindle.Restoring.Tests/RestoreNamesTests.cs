// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using Spindle.Testing;

namespace Spindle.Restoring.Tests;

/// <summary>Names for what is not whole: they are nobody's own, and what somebody has is never replaced.</summary>
public sealed class RestoreNamesTests : IDisposable
{
    private readonly TestArchive _archive = new();

    public void Dispose() => _archive.Dispose();

    [Fact]
    public async Task The_users_own_files_that_end_with_part_and_damaged_stay()
    {
        byte[] damaged = _archive.Write("b", TestArchive.Bytes(100_000, 1));
        _archive.Write("a", "a\n");
        string image = Assert.Single(await _archive.ArchiveAsync());
        TestArchive.Damage(image, damaged.AsSpan(0, 64));
        _archive.WriteThere("a.part", "download");
        _archive.WriteThere("b.damaged", "notes");
        _archive.WriteThere("b.part", "part");

        RestoreResult first = await _archive.RestoreAsync();
        RestoreResult second = await _archive.RestoreAsync(); // has the same bytes: no third name

        Assert.Equal(["a", "a.part", "b.2.damaged", "b.damaged", "b.part"], _archive.Names());
        Assert.Equal("download", Encoding.UTF8.GetString(_archive.Restored("a.part")));
        Assert.Equal("notes", Encoding.UTF8.GetString(_archive.Restored("b.damaged")));
        Assert.Equal("part", Encoding.UTF8.GetString(_archive.Restored("b.part")));
        Assert.Equal(damaged[64..], _archive.Restored("b.2.damaged")[64..]);
        Assert.Equal("b.2.damaged", Assert.Single(first.Damaged).Kept);
        Assert.Equal("b.2.damaged", Assert.Single(second.Damaged).Kept);
    }

    [Fact]
    public async Task What_is_damaged_takes_no_name_of_the_archive()
    {
        byte[] damaged = _archive.Write("b", TestArchive.Bytes(100_000, 2));
        _archive.Write("b.damaged", "of the archive");
        TestArchive.Damage(Assert.Single(await _archive.ArchiveAsync()), damaged.AsSpan(0, 64));

        await _archive.RestoreAsync();

        Assert.Equal(["b.2.damaged", "b.damaged"], _archive.Names());
        Assert.Equal("of the archive", Encoding.UTF8.GetString(_archive.Restored("b.damaged")));
    }

    [Theory]
    [InlineData("big.part")]
    [InlineData("big.{0}.part")]
    [InlineData("big.damaged")]
    public async Task A_divided_file_is_put_together_beside_a_name_that_looks_like_its_own(string neighbour)
    {
        byte[] big = _archive.Write("big", TestArchive.Bytes(4_000_000, 3));
        string name = string.Format(System.Globalization.CultureInfo.InvariantCulture, neighbour, Convert.ToHexStringLower(SHA256.HashData(big))[..16]);
        _archive.Write(name, "mine");
        IReadOnlyList<string> images = await _archive.ArchiveAsync(1400);
        Assert.True(images.Count > 1);

        RestoreResult result = await _archive.RestoreAsync();

        Assert.True(result.IsWhole);
        Assert.Equal(["big", name], _archive.Names());
        Assert.Equal(big, _archive.Restored("big"));
        Assert.Equal("mine", Encoding.UTF8.GetString(_archive.Restored(name)));
    }

    [Fact]
    public async Task The_longest_names_find_another_one_beside_neighbours()
    {
        string[] names = [new('n', 249), new string('n', 249) + ".part", new('n', 255), new string('n', 250) + "x", string.Concat(Enumerable.Repeat("é", 127))];
        foreach (string name in names)
        {
            _archive.Write(name, name);
        }

        byte[] damaged = _archive.Write(new('d', 254), TestArchive.Bytes(60_000, 4));
        TestArchive.Damage(Assert.Single(await _archive.ArchiveAsync()), damaged.AsSpan(0, 64));

        RestoreResult result = await _archive.RestoreAsync();

        Assert.All(names, name => Assert.Equal(name, Encoding.UTF8.GetString(_archive.Restored(name))));
        Assert.Equal(names.Length + 1, _archive.Names().Length);
        string kept = Assert.Single(result.Damaged).Kept!;
        Assert.Equal(255, kept.Length);
        Assert.EndsWith(".damaged", kept, StringComparison.Ordinal);
        Assert.Equal(damaged[64..], _archive.Restored(kept)[64..]);
    }

    [Fact]
    public async Task What_lacks_a_disc_goes_on_when_it_comes_and_asks_for_no_other()
    {
        byte[] big = _archive.Write("big", TestArchive.Bytes(6_000_000, 5));
        IReadOnlyList<string> images = await _archive.ArchiveAsync(1400);
        Assert.True(images.Count > 2);

        RestoreResult first = await _archive.RestoreAsync([.. images.Take(images.Count - 1)]);
        string[] unfinished = _archive.Names();
        RestoreResult second = await _archive.RestoreAsync(images[^1]);

        Assert.Single(first.Missing);
        Assert.Equal(images.Count - 1, Assert.Single(first.DiscsMissing).Number);
        Assert.Equal($"big.{Convert.ToHexStringLower(SHA256.HashData(big))[..16]}.part", Assert.Single(unfinished));
        Assert.True(second.IsWhole);
        Assert.Empty(second.DiscsMissing);
        Assert.Equal(["big"], _archive.Names());
        Assert.Equal(big, _archive.Restored("big"));
    }
}
