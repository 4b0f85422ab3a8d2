// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.Blocks;
using Spindle.Parity.Rs01;
using Spindle.Parity.Rs02;
using Spindle.Parity.Rs03;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Protecting;

/// <summary>An image and the parity that was found for it.</summary>
/// <param name="Layers">Both as layers.</param>
/// <param name="Layout">What kind of parity, and how much.</param>
internal sealed record ProtectedVolume(LayeredVolume Layers, ParityLayout Layout)
{
    /// <summary>The fingerprint of the image that a file of parity was made for; 0 where it lies within the image, or says none.</summary>
    public UInt128 Fingerprint { get; private init; }

    /// <summary>Whether the parity was made for another image, by the fingerprint of this one; or its sector 16 is damaged, which looks the same.</summary>
    public bool IsOfAnother(IImageStorage image) =>
        Fingerprint != 0 && Sectors.Fingerprint.Of(image, Layout.PayloadBytes) is var own && own != 0 && own != Fingerprint;

    /// <summary>Looks for parity within an image, in the likely places.</summary>
    public static ProtectedVolume? FindQuickly(IImageStorage image) =>
        new Rs03LayoutFinder(image).FindQuickly() is { } quickly ? OfRs03(quickly, image, image)
        : Rs02HeaderFinder.FindBehindVolume(image) is { } behind ? OfRs02(behind, image)
        : null;

    /// <summary>Looks for parity, the likely places first, in the end everywhere.</summary>
    /// <param name="image">The image.</param>
    /// <param name="parityFile">The file of parity; null to look within the image.</param>
    /// <param name="progress">Told only when every sector must be looked at.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Null where no parity was found.</returns>
    public static ProtectedVolume? Find(IImageStorage image, IImageStorage? parityFile, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        if (parityFile is not null)
        {
            if (Rs01Volume.TryOpen(image, parityFile) is { } rs01)
            {
                return new(rs01, LayoutOf(rs01)) { Fingerprint = rs01.Fingerprint };
            }

            return Rs03FileFinder.Find(parityFile) is { } file ? OfRs03(file, image, parityFile) with { Fingerprint = file.Fingerprint } : null;
        }

        if (FindQuickly(image) is { } quickly)
        {
            return quickly;
        }

        Rs03LayoutFinder finder = new(image);
        ProgressTotals totals = new(progress, "finding", Sector.CountOf(image.Length), "sectors");
        if (finder.FindAnywhere(totals.Add, cancellationToken) is { } anywhere)
        {
            return OfRs03(anywhere, image, image);
        }

        if (finder.OtherHeader is { } sector && Rs02HeaderFinder.TryRead(image, sector) is { } copy)
        {
            return OfRs02(copy, image);
        }

        return finder.FindByCode() is { } byCode ? OfRs03(byCode, image, image) : null;
    }

    /// <summary>The same layout on other storage.</summary>
    /// <param name="image">The image.</param>
    /// <param name="parityFile">The file of parity; null where the parity is within the image.</param>
    public ProtectedVolume On(IImageStorage image, IImageStorage? parityFile) => this with { Layers = Layers.On(image, parityFile ?? image) };

    /// <summary>RS03 parity of a known layout.</summary>
    public static ProtectedVolume OfRs03(Rs03Layout layout, IImageStorage image, IImageStorage parityFile) =>
        new(new Rs03Volume(layout, image, parityFile), LayoutOf(layout));

    /// <summary>What is told of a layout.</summary>
    public static ParityLayout LayoutOf(Rs03Layout layout) => new()
    {
        Format = layout.IsImage ? ParityFormat.Rs03Image : ParityFormat.Rs03File,
        PayloadBytes = layout.PayloadBytes,
        Blocks = layout.SectorsPerLayer,
        Roots = layout.Roots,
        TotalSectors = layout.TotalSectors,
    };

    private static ProtectedVolume OfRs02((Rs02Layout Layout, byte[] Header) found, IImageStorage image) =>
        new(new Rs02Volume(found.Layout, found.Header, image), LayoutOf(found.Layout));

    private static ParityLayout LayoutOf(Rs02Layout layout) => new()
    {
        Format = ParityFormat.Rs02Image,
        PayloadBytes = layout.PayloadSectors * Sector.Size,
        Blocks = layout.SectorsPerLayer,
        Roots = layout.Roots,
        TotalSectors = layout.TotalSectors,
    };

    private static ParityLayout LayoutOf(Rs01Volume volume) => new()
    {
        Format = ParityFormat.Rs01File,
        PayloadBytes = volume.PayloadBytes,
        Blocks = volume.Blocks,
        Roots = volume.Roots,
        TotalSectors = volume.FileSectors,
    };
}
