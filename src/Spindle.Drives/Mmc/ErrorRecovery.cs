// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Mmc;

/// <summary>How hard a drive tries to read (MMC-6, read/write error recovery mode page, 01h).</summary>
/// <remarks>Kept as the drive gave it, so that setting one value sets no other.</remarks>
public sealed class ErrorRecovery
{
    /// <summary>The page's number.</summary>
    public const byte Page = 0x01;

    /// <summary>Bytes that a reply may take.</summary>
    public const int Length = ModePage.Length;

    private const int RetryCountOffset = 3;

    private readonly byte[] _page;

    private ErrorRecovery(byte[] page) => _page = page;

    /// <summary>How often the drive itself tries a sector (byte 3).</summary>
    public byte RetryCount => _page[RetryCountOffset];

    /// <summary>Whether the drive hands out sectors that it could not correct, too (byte 2, TB).</summary>
    public bool TransfersUncorrected => (_page[2] & 0x20) != 0;

    /// <summary>The same page with another number of tries.</summary>
    public ErrorRecovery With(byte retryCount)
    {
        byte[] page = [.. _page];
        page[RetryCountOffset] = retryCount;
        return new(page);
    }

    /// <summary>Reads a reply to MODE SENSE (10).</summary>
    /// <returns>Null where the page is not in it.</returns>
    public static ErrorRecovery? Parse(ReadOnlySpan<byte> reply)
    {
        ReadOnlySpan<byte> page = ModePage.Find(reply, Page, RetryCountOffset + 1);
        return page.IsEmpty ? null : new(page.ToArray());
    }

    /// <summary>The parameters of a MODE SELECT (10) that sets it.</summary>
    public byte[] ToParameters()
    {
        byte[] parameters = new byte[ModePage.HeaderLength + _page.Length];
        _page.CopyTo(parameters.AsSpan(ModePage.HeaderLength));

        // The PS bit belongs to replies: a drive refuses it here.
        parameters[ModePage.HeaderLength] &= 0x7F;
        return parameters;
    }
}
