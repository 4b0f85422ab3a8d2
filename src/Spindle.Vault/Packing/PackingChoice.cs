// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files.Patterns;
using Spindle.Vault.Objects;

namespace Spindle.Vault.Packing;

/// <summary>Which objects of a bucket come onto discs, by its rules.</summary>
/// <param name="rules">The rules.</param>
/// <param name="now">The time.</param>
internal sealed class PackingChoice(BucketRules rules, DateTimeOffset now)
{
    private readonly PathPattern[] _patterns = [.. rules.Archive.Select(pattern => PathPattern.Parse(pattern))];

    /// <summary>Whether an object does: what did already does for ever.</summary>
    public bool Takes(VaultObject one) =>
        one.Content is not null
        || (one.Size >= rules.SmallestSize
            && one.ModifiedAt.AddDays(rules.MinimumAge) <= now
            && (_patterns.Length == 0 || Array.Exists(_patterns, pattern => pattern.Matches(Encoding.UTF8.GetBytes(one.Key.TrimStart('/'))))));
}
