// SPDX-License-Identifier: MIT
namespace Spindle.Parity.DiscSet;

/// <summary>A disc that is in the sums of its set.</summary>
/// <param name="Place">Its place in the list, from 0.</param>
/// <param name="File">Its name, length and MD5s, as a volume lists them.</param>
/// <param name="Sha256">SHA-256 of it; hexadecimal, small letters.</param>
/// <param name="Inner">The parity within the disc, which is not in the sums; null where it has none.</param>
public sealed record SummedDisc(int Place, ParFile File, string Sha256, InnerParity? Inner = null)
{
    /// <summary>SHA-256 of its whole image, the parity within it included.</summary>
    public string ImageSha256 => Inner?.Sha256 ?? Sha256;
}

/// <summary>A disc that was being added to the sums when that was cut off: it is the next one that can be added.</summary>
/// <param name="Place">Its place in the list, from 0.</param>
/// <param name="Name">Its name.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Done">Bytes of it that are in the sums.</param>
public sealed record BegunDisc(int Place, string Name, long Length, long Done);
