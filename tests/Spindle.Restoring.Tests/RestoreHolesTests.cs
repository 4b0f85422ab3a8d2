// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Testing;

namespace Spindle.Restoring.Tests;

/// <summary>Files that are mostly holes.</summary>
public sealed class RestoreHolesTests : IDisposable
{
    private const int Length = 9_000_000;
    private readonly TestArchive _archive = new();

    public void Dispose() => _archive.Dispose();

    [Theory]
    [InlineData(20_000, 1)]
    [InlineData(2000, 3)] // in parts: data and holes go on from one to the next
    public async Task Holes_stay_holes_and_data_lie_where_they_did(long sectors, int discs)
    {
        PortableFiles.SkipWhereUsed("holes");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only there holes are looked for");
        string path = Path.Combine(_archive.Tree, "holes");
        byte[] content = new byte[Length];
        foreach ((int at, int length) in ((int, int)[])[(0, 100), (1 << 20, 8192), ((1 << 20) + 65_536, 5000), (4_000_000, 200_000), (8 << 20, 70_000)])
        {
            TestArchive.Bytes(length, at + 1).CopyTo(content, at);
        }

        await using (FileStream file = File.Create(path))
        {
            file.SetLength(Length);
            for (int at = 0; at < Length; at += 4096)
            {
                byte[] block = content[at..Math.Min(at + 4096, Length)];
                if (block.AsSpan().ContainsAnyExcept((byte)0))
                {
                    file.Position = at;
                    file.Write(block);
                }
            }
        }

        Assert.SkipUnless(Allocated(path) < Length / 2, "this file system has no holes");
        Assert.True((await _archive.ArchiveAsync(sectors)).Count >= discs);

        RestoreResult result = await _archive.RestoreAsync();

        Assert.True(result.IsWhole);
        Assert.Equal(content, _archive.Restored("holes"));
        Assert.InRange(Allocated(Path.Combine(_archive.Target, "holes")), 1, Length / 2);
    }

    private static long Allocated(string path) => 512 * long.Parse(ForeignProgram.Run("stat", "-c", "%b", path), CultureInfo.InvariantCulture);
}
