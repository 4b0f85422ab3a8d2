// SPDX-License-Identifier: MIT
namespace Spindle.Vault.Keys;

/// <summary>A key that lets a program in.</summary>
/// <param name="Name">Who it is, as its maker called it: what it makes belongs to that name.</param>
/// <param name="Id">What a program says that it is: <c>accessKeyId</c>.</param>
/// <param name="Secret">What it proves that with: <c>secretAccessKey</c>.</param>
/// <param name="Buckets">The buckets of others that it may use; <c>*</c> for all. It may always use its own.</param>
/// <param name="Rights">What it may do there: <c>r</c> read, <c>w</c> write, <c>d</c> delete.</param>
/// <param name="Created">When it was made.</param>
public sealed record AccessKey(string Name, string Id, string Secret, IReadOnlyList<string> Buckets, string Rights, DateTimeOffset Created)
{
    /// <summary>Stands for all buckets.</summary>
    public const string EveryBucket = "*";

    /// <summary>Whether it may make buckets.</summary>
    public bool MayMake => May('w') && (Buckets.Count == 0 || Buckets.Contains(EveryBucket));

    /// <summary>Whether it has a right at all.</summary>
    public bool May(char right) => Rights.Contains(right, StringComparison.Ordinal);

    /// <summary>Whether a bucket is one that it may use.</summary>
    public bool Sees(string bucket, string owner) => owner == Name || Buckets.Contains(EveryBucket) || Buckets.Contains(bucket);

    /// <summary>Whether it may do something with a bucket.</summary>
    /// <param name="right"><c>r</c>, <c>w</c> or <c>d</c>.</param>
    /// <param name="bucket">Its name.</param>
    /// <param name="owner">Whose it is.</param>
    public bool May(char right, string bucket, string owner) => May(right) && Sees(bucket, owner);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Id})"; // never the secret
}
