// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Spindle.Catalogue.Sets;

/// <summary>Neighbouring discs of a plan that have parity discs in common. All of it follows from the plan, so that discs come out the same again.</summary>
/// <param name="Number">From 0, through all plans.</param>
/// <param name="Uuid">Tells it from all others.</param>
/// <param name="Rows">Parity discs: so many of all may be lost.</param>
/// <param name="FirstDisc">Its first disc.</param>
/// <param name="LastDisc">Its last one.</param>
public sealed record PlannedSet(int Number, Guid Uuid, int Rows, int FirstDisc, int LastDisc)
{
    private const int LongestLabel = 31; // of a disc, by the plan's rules; some systems show no more

    /// <summary>Discs to each parity disc where nobody says how many: of twelve discs to one, two of two dozen are hardly ever lost together.</summary>
    public const int UsualDiscsToEach = 12;

    /// <summary>What parts the number of a set from what is before it: <c>Photos_S000</c>.</summary>
    public string Suffix => string.Create(CultureInfo.InvariantCulture, $"_S{Number:D3}");

    /// <summary>The sets of a plan, in order.</summary>
    /// <param name="choice">What it was told: parity discs of each set, discs of a set at most, number of its first set.</param>
    /// <param name="uuid">Names the plan.</param>
    /// <param name="discs">Its first disc and its last one, and how many it has.</param>
    /// <returns>None where the plan has no parity discs, or its discs are not neighbours.</returns>
    public static IReadOnlyList<PlannedSet> Of((int? Rows, int? Size, int? FirstSet) choice, Guid uuid, (int First, int Last, long Count) discs)
    {
        const int mostRows = 8, largest = 255;
        if (choice is not { Rows: > 0 and <= mostRows and { } rows, Size: > 0 and <= largest and { } size, FirstSet: >= 0 and { } number } || discs.Count != (long)discs.Last - discs.First + 1)
        {
            return [];
        }

        List<PlannedSet> sets = [];
        int first = discs.First;
        foreach (int count in Balanced((int)discs.Count, size))
        {
            sets.Add(new(number + sets.Count, NameBased($"{uuid} set {sets.Count}"), rows, first, first + count - 1));
            first += count;
        }

        return sets;
    }

    /// <summary>As few sets as can be, none of which has a disc more than another but one.</summary>
    /// <param name="discs">How many discs there are, at least 0.</param>
    /// <param name="size">How many a set has at most, at least 1.</param>
    public static IReadOnlyList<int> Balanced(int discs, int size)
    {
        int sets = (discs + size - 1) / size;
        return [.. Enumerable.Range(0, sets).Select(set => (discs / sets) + (set < discs % sets ? 1 : 0))];
    }

    /// <summary>Names a parity disc.</summary>
    /// <param name="row">Which row of parity, from 1.</param>
    public Guid UuidOf(int row) => NameBased($"{Uuid} parity {row}");

    /// <summary>Name of a parity disc's volume: <c>PHOTOS_S000_P1</c>.</summary>
    /// <param name="label">That of a disc of the set, such as <c>PHOTOS_0003</c>.</param>
    /// <param name="row">Which row of parity, from 1.</param>
    public string LabelOf(string label, int row)
    {
        string ending = string.Create(CultureInfo.InvariantCulture, $"{Suffix}_P{row}");
        string stem = label[..Math.Max(0, label.LastIndexOf('_'))];
        return stem[..Math.Min(stem.Length, LongestLabel - ending.Length)] + ending;
    }

    private static Guid NameBased(string name)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80); // version 8, RFC 9562 §5.8
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new(hash.AsSpan(0, 16), bigEndian: true);
    }
}
