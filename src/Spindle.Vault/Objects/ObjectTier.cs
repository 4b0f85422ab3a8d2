// SPDX-License-Identifier: MIT
namespace Spindle.Vault.Objects;

/// <summary>What clients are told of where an object is: in the words that S3 has for it.</summary>
public static class ObjectTier
{
    /// <summary>On disk.</summary>
    public const string Standard = "STANDARD";

    /// <summary>On a disc.</summary>
    public const string Glacier = "GLACIER";

    private const string Deep = "DEEP_ARCHIVE";

    /// <summary>The classes that an object may be put with.</summary>
    public static IReadOnlyList<string> Classes { get; } = [Standard, "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR", Glacier, Deep];

    /// <summary>Whether a class says that an object is to be asked for before it can be read.</summary>
    public static bool IsCold(string? storageClass) => storageClass is Glacier or Deep;

    /// <summary>Whether an object counts as archived, be it here for the time being or not.</summary>
    public static bool IsArchived(VaultObject one) => !one.IsHere || one.Until is not null || IsCold(one.StorageClass);

    /// <summary>The class that is told of an object.</summary>
    public static string ClassOf(VaultObject one, BucketRules rules) =>
        !IsArchived(one) ? one.StorageClass ?? Standard
        : one.IsHere && rules.RestoredAsStandard ? Standard
        : IsCold(one.StorageClass) ? one.StorageClass! : Glacier;

    /// <summary>What <c>x-amz-restore</c> says of an object; null where it is not sent, for some clients stop at a header without a date.</summary>
    /// <param name="one">The object.</param>
    /// <param name="isWished">Whether it was asked for.</param>
    /// <param name="rules">Of its bucket.</param>
    /// <param name="now">The time.</param>
    public static string? RestoreOf(VaultObject one, bool isWished, BucketRules rules, DateTimeOffset now) =>
        !IsArchived(one) ? null
        : !one.IsHere ? isWished ? "ongoing-request=\"true\"" : null
        : $"ongoing-request=\"false\", expiry-date=\"{StaysUntil(one, rules, now):R}\"";

    /// <summary>Until when an object that is here is to stay, at least.</summary>
    public static DateTimeOffset StaysUntil(VaultObject one, BucketRules rules, DateTimeOffset now)
    {
        DateTimeOffset planned = one.Until is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : Until(one.ModifiedAt, Math.Max(1, rules.MinimumStay));
        return planned > now ? planned : Until(now, 1); // it is here still: it won't go within this answer
    }

    /// <summary>The end of a stay: the first midnight, UTC, when so many days are over ("RestoreObject", Amazon S3 API Reference).</summary>
    public static DateTimeOffset Until(DateTimeOffset from, double days)
    {
        DateTimeOffset end = from.ToUniversalTime().AddDays(days);
        DateTimeOffset midnight = new(end.Date, TimeSpan.Zero);
        return midnight == end ? midnight : midnight.AddDays(1);
    }
}
