// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Spindle.Formats.Volumes;
using Spindle.Testing;

namespace Spindle.Formats.Tests;

/// <summary>
/// Tables of contents in which anything may stand: whoever reads them ends soon, takes little memory, and tells no more than tables can hold.
/// SPINDLE_FUZZ_SECONDS says for how long it is tried, in place of a number of rounds.
/// </summary>
internal static class LyingTables
{
    private const long AllocationLimit = 64L * 1024 * 1024;
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(5);

    /// <summary>Changes the tables of an image, again and again, and has them read.</summary>
    /// <param name="image">The image.</param>
    /// <param name="identifiers">What the tables begin with: what comes behind that is changed, in all places where it stands.</param>
    /// <param name="length">Bytes of a table that are changed.</param>
    /// <param name="read">Reads them, and fails where they tell more than they can.</param>
    public static void Survive(string image, string[] identifiers, int length, Action<Volume> read)
    {
        const int rounds = 400;
        Random random = Seed.Random();
        byte[] content = File.ReadAllBytes(image);
        (int At, int Skip)[] tables = [.. identifiers.SelectMany(name => Found(content, Encoding.ASCII.GetBytes(name)).Select(at => (at, name.Length)))];
        Assert.NotEmpty(tables);
        double? seconds = double.TryParse(Environment.GetEnvironmentVariable("SPINDLE_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out double asked) ? asked : null;
        Stopwatch all = Stopwatch.StartNew();
        int round = 0;
        for (; seconds is { } limit ? all.Elapsed.TotalSeconds < limit : round < rounds; round++)
        {
            byte[] changed = [.. content];
            for (int change = random.Next(1, 12); change > 0; change--)
            {
                (int at, int skip) = tables[random.Next(tables.Length)];
                int place = at + skip + random.Next(Math.Min(length, changed.Length - at) - skip);
                changed[place] = random.Next(4) switch { 0 => 0xFF, 1 => 0, 2 => (byte)(changed[place] ^ (1 << random.Next(8))), _ => (byte)random.Next(256) };
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            Stopwatch watch = Stopwatch.StartNew();
            using (SimulatedDisc disc = new(changed))
            {
                read(Volume.Open(disc)!);
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(watch.Elapsed < TimeLimit && allocated < AllocationLimit, $"round {round}: {watch.Elapsed}, {allocated} bytes allocated");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{round} rounds in {all.Elapsed}");
    }

    private static IEnumerable<int> Found(byte[] content, byte[] name)
    {
        for (int at = 0; content.AsSpan(at).IndexOf(name) is >= 0 and int found; at += found + 1)
        {
            yield return at + found;
        }
    }
}
