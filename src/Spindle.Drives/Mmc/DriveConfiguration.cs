// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Drives.Mmc;

/// <summary>What a drive can do, and what it can do with the disc in it (MMC-6, GET CONFIGURATION).</summary>
/// <param name="CurrentProfile">The kind of disc that is in.</param>
/// <param name="Features">In the drive's order.</param>
public sealed record DriveConfiguration(Profile CurrentProfile, IReadOnlyList<DriveFeature> Features)
{
    private const int HeaderLength = 8;
    private const int FeatureHeaderLength = 4;
    private const ushort ProfileList = 0x0000;
    private const int ProfileLength = 4;

    /// <summary>Kinds of discs that the drive knows, from its profile list; empty where it gives none.</summary>
    public IReadOnlyList<Profile> Profiles =>
    [
        .. Features.Where(feature => feature.Code == ProfileList)
            .SelectMany(feature => feature.Data.Chunk(ProfileLength))
            .Where(entry => entry.Length == ProfileLength)
            .Select(entry => (Profile)BinaryPrimitives.ReadUInt16BigEndian(entry)),
    ];

    /// <summary>Reads a reply, as far as it goes.</summary>
    /// <returns>Null where it is too short to be one.</returns>
    public static DriveConfiguration? Parse(ReadOnlySpan<byte> reply)
    {
        if (reply.Length < HeaderLength)
        {
            return null;
        }

        long told = BinaryPrimitives.ReadUInt32BigEndian(reply) + 4L;
        ReadOnlySpan<byte> rest = reply[HeaderLength..(int)Math.Clamp(told, HeaderLength, reply.Length)];
        List<DriveFeature> features = [];
        while (rest.Length >= FeatureHeaderLength)
        {
            int end = Math.Min(rest.Length, FeatureHeaderLength + rest[3]);
            features.Add(new(BinaryPrimitives.ReadUInt16BigEndian(rest), (rest[2] & 0x01) != 0, rest[FeatureHeaderLength..end].ToArray()));
            rest = rest[end..];
        }

        return new((Profile)BinaryPrimitives.ReadUInt16BigEndian(reply[6..]), features);
    }
}
