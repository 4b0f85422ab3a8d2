// SPDX-License-Identifier: MIT
namespace Spindle.Vault.Objects;

/// <summary>A bucket: a place for objects, with rules for what becomes of them.</summary>
/// <param name="Id">Its number in the catalogue.</param>
/// <param name="Name">Its name, as of S3.</param>
/// <param name="Owner">The name of the key that it belongs to.</param>
/// <param name="Created">When it was made: milliseconds since 1970-01-01 UTC.</param>
/// <param name="Region">The region that it was made for, in the client's words; empty where none was named.</param>
/// <param name="Rules">What becomes of its objects.</param>
public sealed record VaultBucket(long Id, string Name, string Owner, long Created, string Region, BucketRules Rules)
{
    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt => DateTimeOffset.FromUnixTimeMilliseconds(Created);
}

/// <summary>What becomes of the objects of a bucket. docs/formats/vault.md explains each.</summary>
public sealed record BucketRules
{
    /// <summary>What holds where nobody said anything else.</summary>
    public static BucketRules Usual { get; } = new();

    /// <summary>Only keys that match one of these come onto discs, by the rules of <see cref="Files.Patterns.PathPattern"/>; none: all do.</summary>
    public IReadOnlyList<string> Archive { get; set; } = [];

    /// <summary>Only objects of so many bytes and more come onto discs.</summary>
    public long SmallestSize { get; init; }

    /// <summary>Only objects that are so many days old come onto discs.</summary>
    public double MinimumAge { get; init; }

    /// <summary>Objects that are younger than so many days stay in the landing.</summary>
    public double MinimumStay { get; init; }

    /// <summary>The class of what is put without one; null: none.</summary>
    public string? DefaultClass { get; init; }

    /// <summary>Whether what was fetched from discs is told as STANDARD while it is here: 'aws s3 sync' reads no other.</summary>
    public bool RestoredAsStandard { get; init; }

    /// <summary>Whether what is on a disc can be neither deleted nor overwritten.</summary>
    public bool Worm { get; init; }

    /// <summary>Whether nothing can be deleted or overwritten.</summary>
    public bool Hold { get; init; }
}
