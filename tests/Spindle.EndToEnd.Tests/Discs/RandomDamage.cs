// SPDX-License-Identifier: MIT
namespace Spindle.EndToEnd.Tests.Discs;

/// <summary>Bad sectors as discs have them, the same for the same seed.</summary>
internal static class RandomDamage
{
    public static (string Kind, string Sectors) Make(int seed, int sectorCount)
    {
        Random random = new(seed);
        return (seed % 5) switch
        {
            0 => ("singles", Join(Enumerable.Range(0, random.Next(1, 40)).Select(_ => (random.Next(0, sectorCount), 1)))),
            1 => ("clusters", Join(Enumerable.Range(0, random.Next(1, 12)).Select(_ => (random.Next(0, sectorCount - 200), random.Next(2, 200))))),
            2 => ("tails", Join([(sectorCount - random.Next(1, 150), 150), (random.Next(0, sectorCount - 200), random.Next(1, 5))], sectorCount)),
            3 => ("scratches", Join(Scratch(random, sectorCount))),
            _ => ("all of them", Join(
            [
                .. Scratch(random, sectorCount),
                .. Enumerable.Range(0, 10).Select(_ => (random.Next(0, sectorCount), 1)),
                (random.Next(0, sectorCount - 500), random.Next(50, 500)),
            ])),
        };
    }

    private static IEnumerable<(int Start, int Count)> Scratch(Random random, int sectorCount)
    {
        // Across the turns of the spiral: the same angle again and again, the turns growing longer.
        int position = random.Next(0, sectorCount / 2);
        double turn = random.Next(9, 60);
        for (int turns = random.Next(10, 120); turns > 0 && position < sectorCount - 4; turns--)
        {
            yield return (position, random.Next(1, 4));
            position += (int)turn + random.Next(0, 3);
            turn *= 1.002;
        }
    }

    private static string Join(IEnumerable<(int Start, int Count)> ranges, int end = int.MaxValue) =>
        string.Join(',', ranges.Select(range => $"{range.Start}:{Math.Min(range.Count, end - range.Start)}"));
}
