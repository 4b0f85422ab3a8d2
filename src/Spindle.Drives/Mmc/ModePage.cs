// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Mmc;

/// <summary>Finds a page in a reply to MODE SENSE (10) (SPC-4 §7.5).</summary>
internal static class ModePage
{
    /// <summary>Bytes in front of block descriptors and pages.</summary>
    public const int HeaderLength = 8;

    /// <summary>Bytes that a reply may take: header, a block descriptor that was not asked for, and one page.</summary>
    public const int Length = 96;

    private const int CodeMask = 0x3F;

    /// <summary>The page with its code and length in front.</summary>
    /// <param name="reply">What the drive returned.</param>
    /// <param name="code">The page's number.</param>
    /// <param name="atLeast">Bytes of it that are needed.</param>
    /// <returns>Empty where it is not there, or shorter.</returns>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> reply, byte code, int atLeast)
    {
        if (reply.Length < HeaderLength)
        {
            return [];
        }

        int start = HeaderLength + ((reply[6] << 8) | reply[7]);
        bool isThere = start + 2 <= reply.Length && (reply[start] & CodeMask) == code && start + 2 + reply[start + 1] <= reply.Length;
        return isThere && 2 + reply[start + 1] >= atLeast ? reply.Slice(start, 2 + reply[start + 1]) : [];
    }
}
