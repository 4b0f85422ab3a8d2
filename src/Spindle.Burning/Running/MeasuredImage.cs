// SPDX-License-Identifier: MIT
namespace Spindle.Burning.Running;

/// <summary>An image as it was before any disc was touched.</summary>
/// <param name="Length">Its bytes, 1 at least.</param>
/// <param name="Sha256">Its SHA-256, in small hexadecimal digits.</param>
internal sealed record MeasuredImage(long Length, string Sha256)
{
    /// <summary>Sectors of 2048 bytes; a last one that is cut short counts.</summary>
    public long Sectors => (Length + DiscComparer.SectorSize - 1) / DiscComparer.SectorSize;
}
