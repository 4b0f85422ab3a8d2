// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Spindle.EndToEnd.Tests.Discs;

/// <summary>What a program asked of a simulated drive: see tests/fixtures/unreadable_sectors.c.</summary>
/// <param name="Reads">Its reads.</param>
/// <param name="FailedReads">Those that failed.</param>
/// <param name="Microseconds">The time that a drive would have taken for them.</param>
internal readonly record struct DriveUse(long Reads, long FailedReads, long Microseconds)
{
    public static DriveUse Read(string path)
    {
        long[] numbers = [.. File.ReadAllText(path).Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture))];
        return new(numbers[0], numbers[1], numbers[2]);
    }

    public static DriveUse operator +(DriveUse one, DriveUse other) =>
        new(one.Reads + other.Reads, one.FailedReads + other.FailedReads, one.Microseconds + other.Microseconds);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Reads} reads, {FailedReads} failed, {Microseconds / 1e6:F1} s");
}
