// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using Spindle.Burning;
using Spindle.Media;
using Spindle.Parity;
using Spindle.Parity.Protecting;

namespace Spindle.Station.Burning;

/// <summary>How much of its parity a disc has used up already when it is read for the first time.</summary>
internal sealed class BirthMargin
{
    private readonly ConcurrentDictionary<string, KnownDamage?> _images = [];

    /// <summary>What that is.</summary>
    /// <returns>Null where not all of the disc was read, or its image has no parity of its own.</returns>
    public BurnedParityPart? Of(BurnedCopy copy, BurnedImage image)
    {
        if (copy.Comparison is not { } read || read.Sectors != image.Sectors || _images.GetOrAdd(image.Path, KnownDamage.Of) is not { } damage)
        {
            return null;
        }

        ParityLayout layout = damage.Layout;
        int worst = damage.WorstBlock([.. read.Unreadable, .. read.Different]);
        return new(JsonForm.Word(layout.Format), layout.Roots, layout.Blocks, worst, layout.Roots - worst);
    }
}

/// <summary>The parity of a burned disc, when it was read for the first time.</summary>
/// <param name="Format">Such as <c>rs03-image</c>.</param>
/// <param name="Roots">Sectors of each ecc block that may be lost.</param>
/// <param name="Blocks">Ecc blocks.</param>
/// <param name="WorstBlock">Wrong sectors of the worst ecc block.</param>
/// <param name="WorstMargin">Sectors that the worst ecc block may lose in addition; negative where it is lost.</param>
public sealed record BurnedParityPart(string Format, int Roots, long Blocks, int WorstBlock, int WorstMargin);
