// SPDX-License-Identifier: MIT
namespace Spindle.Parity;

/// <summary>Which parity protects an image, and how much of it there is.</summary>
public sealed record ParityLayout
{
    /// <summary>Roots below which a warning is due: less than 20 % of redundancy.</summary>
    public const int AdvisableRoots = 43;

    /// <summary>How the parity is kept.</summary>
    public required ParityFormat Format { get; init; }

    /// <summary>Bytes that are protected: the image without its parity.</summary>
    public required long PayloadBytes { get; init; }

    /// <summary>Ecc blocks; each holds one sector of each of 255 layers.</summary>
    public required long Blocks { get; init; }

    /// <summary>Sectors of each ecc block that may be lost, 1 to 170.</summary>
    public required int Roots { get; init; }

    /// <summary>Sectors of 2048 bytes that the whole image has, or that the file of parity has.</summary>
    public required long TotalSectors { get; init; }

    /// <summary>Parity for data, in percent: 20 stands for one byte of parity for five of data.</summary>
    public double RedundancyPercent => 100.0 * Roots / (255 - Roots);

    /// <summary>Whether payload and parity are one image.</summary>
    public bool IsWithinImage => Format is ParityFormat.Rs03Image or ParityFormat.Rs02Image;
}
