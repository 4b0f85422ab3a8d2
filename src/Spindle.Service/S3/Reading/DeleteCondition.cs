// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Vault.Objects;

namespace Spindle.Service.S3.Reading;

/// <summary>An object that is to be deleted.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Version">Its version; null for the current one.</param>
/// <param name="Condition">What it must be.</param>
internal readonly record struct ObjectToDelete(string Key, string? Version, DeleteCondition Condition);

/// <summary>What an object must be to be deleted; null for what does not matter. One that is not there fails none: that is what was asked for.</summary>
/// <param name="ETag">Without quotes; <c>*</c> for any.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">To the second.</param>
internal readonly record struct DeleteCondition(string? ETag, long? Size, DateTimeOffset? Modified)
{
    /// <summary>Whether an object is what it must be.</summary>
    public bool Fits(VaultObject one) => (ETag is null or "*" || ETag == one.ETag)
        && (Size is null || Size == one.Size)
        && (Modified is null || Modified.Value.ToUnixTimeSeconds() == one.Modified / 1000);

    /// <summary>A size as it is written.</summary>
    public static long? SizeOf(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long size) ? size : null;

    /// <summary>A time as it is written: RFC 9110 or RFC 3339.</summary>
    public static DateTimeOffset? TimeOf(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
}
