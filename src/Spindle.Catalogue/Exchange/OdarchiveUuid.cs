// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Spindle.Catalogue.Exchange;

/// <summary>By what a disc of odarchive is known again.</summary>
internal static class OdarchiveUuid
{
    /// <summary>odarchive does not name its discs: the archive and the number are all there is to know one again by.</summary>
    /// <param name="job">Its <c>job_id</c>; <see cref="Guid.Empty"/> for catalogues that have none.</param>
    /// <param name="number">From 0.</param>
    public static Guid Of(Guid job, long number)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"odarchive {job} disc {number}")));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80); // version 8, RFC 9562 §5.8
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new(hash.AsSpan(0, 16), bigEndian: true);
    }
}
