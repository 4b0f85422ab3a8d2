// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Security.Cryptography;
using Spindle.Catalogue.Documents;
using Spindle.Formats.Volumes;
using Spindle.Media;
using Spindle.Restoring.Shelf;
using Spindle.Station.Contract;

namespace Spindle.Station.Robots;

/// <summary>Which disc is in a drive, by its own content: nothing else tells two discs apart.</summary>
/// <param name="Identity"><c>uuid:…</c> of an archive's disc; else <c>volume:…</c>, a hash of how long it is, its descriptors, and what follows them.</param>
/// <param name="Name">The label of an archive's disc, else the volume's name; null where it has none.</param>
/// <param name="Archive">Of an archive's disc: what it says of itself.</param>
internal sealed record DiscLook(string Identity, string? Name, DiscIdentity? Archive)
{
    private const int FirstSector = 16, Sectors = 16; // descriptors, and mostly the tables behind them

    /// <summary>Looks.</summary>
    /// <exception cref="OperationFailedException">There is no disc, or nothing of it can be read.</exception>
    public static DiscLook At(string drive, Equipment equipment)
    {
        using DiscShelf shelf = new(equipment.OpenMedium);
        shelf.Add(drive);
        if (shelf.Discs is [var disc] && disc.Identity.IsKnown)
        {
            return new($"uuid:{disc.Identity.Disc}", disc.Identity.Label, disc.Identity);
        }

        shelf.Clear();
        using ISectorReader medium = equipment.OpenMedium(drive);
        byte[] bytes = new byte[Sectors * medium.SectorSize];
        SectorRange range = new(Math.Min(FirstSector, Math.Max(0, medium.SectorCount - 1)), Math.Min(Sectors, Math.Max(1, medium.SectorCount - FirstSector)));
        int read = medium.Read(range, bytes.AsSpan(0, (int)range.Count * medium.SectorSize)).Count;
        if (read == 0)
        {
            throw new OperationFailedException(new("disc-not-told", $"the first sectors of the disc in {drive} can't be read, so nobody knows which it is", "look at it; 'spindle image' rescues what can be read"));
        }

        byte[] length = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, medium.Length);
        string sum = Convert.ToHexStringLower(SHA256.HashData([.. length, .. bytes.AsSpan(0, read * medium.SectorSize)]));
        string? name = Volume.Open(medium, new())?.VolumeIdentifier;
        return new($"volume:{sum[..32]}", string.IsNullOrWhiteSpace(name) ? null : name, null);
    }
}
