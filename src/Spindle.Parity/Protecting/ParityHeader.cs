// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.Rs03;

namespace Spindle.Parity.Protecting;

/// <summary>What says where the check data of an image lie, and how much there are.</summary>
public static class ParityHeader
{
    /// <summary>Reads it where it belongs, behind the volume, and holds it against its own checksum. Nothing else is looked at.</summary>
    /// <param name="medium">The medium; it stays open.</param>
    /// <returns>Null where there is none, or a damaged one: <see cref="Checker"/> finds what is left.</returns>
    /// <exception cref="OperationFailedException">The medium or its drive is gone.</exception>
    public static ParityLayout? Read(ISectorReader medium) =>
        Read(new SectorReaderStorage(medium));

    /// <inheritdoc cref="Read(ISectorReader)"/>
    /// <param name="image">The image; it stays open.</param>
    public static ParityLayout? Read(IImageStorage image) =>
        new Rs03LayoutFinder(image).BehindVolume() is { } layout ? ProtectedVolume.LayoutOf(layout) : null;
}
