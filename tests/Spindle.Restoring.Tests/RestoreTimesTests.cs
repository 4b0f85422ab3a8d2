// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Testing;

namespace Spindle.Restoring.Tests;

/// <summary>Times that nanoseconds since 1970 in 64 bits can't hold.</summary>
public sealed class RestoreTimesTests : IDisposable
{
    private readonly TestArchive _archive = new();

    public void Dispose() => _archive.Dispose();

    [Fact]
    public async Task Times_that_64_bits_of_nanoseconds_do_not_hold_come_back()
    {
        PortableFiles.SkipWhereUsed("times in ns");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only there such times can be read");
        string[] times = ["2399-01-01T00:00:00.123456789Z", "2262-04-12T00:00:00Z", "2262-04-11T00:00:00Z", "2001-02-03T04:05:06.7Z", "1901-12-14T00:00:00Z"];
        for (int index = 0; index < times.Length; index++)
        {
            _archive.Write($"{index}", "x");
            ForeignProgram.Run("touch", "-d", times[index], Path.Combine(_archive.Tree, $"{index}"));
        }

        Directory.CreateDirectory(Path.Combine(_archive.Tree, "d"));
        ForeignProgram.Run("touch", "-d", times[0], Path.Combine(_archive.Tree, "d"));
        string expected = Times(_archive.Tree);
        Assert.SkipUnless(expected.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{13537929600}."), StringComparison.Ordinal), "this file system holds no such times");
        await _archive.ArchiveAsync();

        RestoreResult result = await _archive.RestoreAsync();

        Assert.True(result.IsWhole);
        Assert.Equal(expected, Times(_archive.Target));
    }

    private static string Times(string directory) =>
        ForeignProgram.Run("stat", ["-c", "%.9Y", .. Enumerable.Range(0, 5).Select(index => Path.Combine(directory, $"{index}")), Path.Combine(directory, "d")]);
}
