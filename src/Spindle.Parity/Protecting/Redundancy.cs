// SPDX-License-Identifier: MIT
using Spindle.Parity.Rs03;

namespace Spindle.Parity.Protecting;

/// <summary>How much parity to make: so much, or as much as there is room for.</summary>
public sealed record Redundancy
{
    private Redundancy()
    {
    }

    /// <summary>
    /// What other programs do when told nothing: an image becomes as large as the smallest standard medium that leaves
    /// 8 roots; a file has 32 roots.
    /// </summary>
    public static Redundancy Automatic { get; } = new();

    /// <summary>Parity layers asked for, 8 to 170; null where something else was.</summary>
    public int? Roots { get; private init; }

    /// <summary>Sectors of the medium to fill; null where something else was asked for.</summary>
    public long? MediumSectors { get; private init; }

    /// <summary>At least so many roots: sectors of each ecc block that may be lost.</summary>
    /// <param name="roots">8 to 170.</param>
    public static Redundancy OfRoots(int roots)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(roots, Rs03Layout.MinimumRoots);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(roots, Rs03Layout.MaximumRoots);
        return new() { Roots = roots };
    }

    /// <summary>So much parity for the data, in percent; brought into the range of 8 to 170 roots.</summary>
    /// <param name="percent">More than 0; 20 stands for one byte of parity for five of data.</param>
    public static Redundancy OfPercent(double percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(percent);
        double roots = Math.Round(255 * percent / (100 + percent), MidpointRounding.AwayFromZero);
        return new() { Roots = (int)Math.Clamp(roots, Rs03Layout.MinimumRoots, Rs03Layout.MaximumRoots) };
    }

    /// <summary>As much as fits on a medium; for images only.</summary>
    /// <param name="mediumSectors">Sectors of 2048 bytes, such as those of a <see cref="StandardMedium"/>.</param>
    public static Redundancy ToFill(long mediumSectors)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mediumSectors);
        return new() { MediumSectors = mediumSectors };
    }

    /// <summary>How much payload an image may have, so that payload and parity fit on a medium.</summary>
    /// <param name="mediumSectors">Sectors of 2048 bytes.</param>
    /// <returns>Sectors; 0 where the medium is too small for any.</returns>
    /// <exception cref="InvalidOperationException">Something else than roots was asked for.</exception>
    public long PayloadSectorsWithin(long mediumSectors)
    {
        int roots = Roots ?? throw new InvalidOperationException("only a number of roots leaves a known room");
        return Math.Max(0, ((255 - 1 - roots) * (mediumSectors / 255)) - Rs03Layout.HeaderSectors);
    }

    /// <summary>How large an image becomes with its parity.</summary>
    /// <param name="payloadSectors">Sectors of 2048 bytes without parity, at least 1.</param>
    /// <exception cref="InvalidOperationException">Something else than roots was asked for.</exception>
    public long ImageSectorsFor(long payloadSectors)
    {
        int roots = Roots ?? throw new InvalidOperationException("only a number of roots makes an image of known size");
        return Rs03Layout.ForImageWithRoots(payloadSectors, roots)?.TotalSectors
            ?? throw new ArgumentOutOfRangeException(nameof(payloadSectors));
    }
}
