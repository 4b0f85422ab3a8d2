// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Changers.Smc;

/// <summary>Which elements a changer has (SMC-3, element address assignment mode page, 1Dh).</summary>
internal sealed record ElementAssignment
{
    public const byte Page = 0x1D;

    /// <summary>Bytes that a reply to MODE SENSE (6) takes: header, a block descriptor that was not asked for, the page.</summary>
    public const int Length6 = 4 + 8 + 20;

    public const int Length10 = 8 + 8 + 20;

    private const int PageLength = 18; // behind its two bytes of code and length
    private const int MostElements = 65_536;

    public required (int First, int Count) Arms { get; init; }

    public required (int First, int Count) Slots { get; init; }

    public required (int First, int Count) Mail { get; init; }

    public required (int First, int Count) Drives { get; init; }

    /// <summary>Reads a reply to MODE SENSE.</summary>
    /// <param name="reply">May be anything.</param>
    /// <param name="headerLength">4 for the command of 6 bytes, 8 for that of 10.</param>
    /// <returns>Null where the page is not there, or counts what can't be: elements that lie in one another, or behind the last address.</returns>
    public static ElementAssignment? Parse(ReadOnlySpan<byte> reply, int headerLength)
    {
        if (reply.Length < headerLength)
        {
            return null;
        }

        int descriptors = headerLength == 4 ? reply[3] : BinaryPrimitives.ReadUInt16BigEndian(reply[6..]);
        ReadOnlySpan<byte> page = reply[Math.Min(reply.Length, headerLength + descriptors)..];
        if (page.Length < 2 + 16 || (page[0] & 0x3F) != Page || page[1] < PageLength - 2)
        {
            return null;
        }

        ElementAssignment found = new() { Arms = Pair(page, 2), Slots = Pair(page, 6), Mail = Pair(page, 10), Drives = Pair(page, 14) };
        (int First, int Count)[] all = [.. new[] { found.Arms, found.Slots, found.Mail, found.Drives }.Where(range => range.Count > 0).OrderBy(range => range.First)];
        bool isPossible = all.All(range => range.First + range.Count <= MostElements) && all.Zip(all.Skip(1)).All(pair => pair.First.First + pair.First.Count <= pair.Second.First);
        return isPossible ? found : null;
    }

    /// <summary>The elements of a type.</summary>
    public (int First, int Count) Of(ElementType type) => type switch
    {
        ElementType.Transport => Arms,
        ElementType.Storage => Slots,
        ElementType.ImportExport => Mail,
        _ => Drives,
    };

    private static (int First, int Count) Pair(ReadOnlySpan<byte> page, int at) =>
        (BinaryPrimitives.ReadUInt16BigEndian(page[at..]), BinaryPrimitives.ReadUInt16BigEndian(page[(at + 2)..]));
}
