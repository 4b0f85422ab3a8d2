// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace Spindle.Formats;

/// <summary>Collects what is wrong on a medium, without ever stopping the one who reads it.</summary>
/// <remarks>
/// A hostile medium can break a rule a billion times: of each rule the first <see cref="KeptPerRule"/> are kept, the rest
/// counted. Not thread-safe.
/// </remarks>
public sealed class Findings
{
    /// <summary>Findings kept of one rule.</summary>
    public const int KeptPerRule = 100;

    /// <summary>Characters kept of what was found at most: paths may have thousands, and there may be a hundred of every rule.</summary>
    public const int LongestDetail = 1000;

    private readonly List<Finding> _items = [];
    private readonly Dictionary<Rule, long> _counts = [];

    /// <summary>The findings that were kept, in the order in which they were made.</summary>
    public IReadOnlyList<Finding> Items => _items;

    /// <summary>How often each broken rule was broken, those not kept included.</summary>
    public IReadOnlyDictionary<Rule, long> Counts => _counts;

    /// <summary>Notes a finding.</summary>
    /// <param name="rule">The rule that is broken.</param>
    /// <param name="position">Byte of the medium at which the structure or field lies.</param>
    /// <param name="detail">What was found there, with the numbers.</param>
    public void Add(Rule rule, long position, string detail)
    {
        bool isKept = IsKept(rule);
        Count(rule, 1);
        if (isKept)
        {
            _items.Add(new(rule, position, detail.Length <= LongestDetail ? detail : $"{detail.AsSpan(0, LongestDetail - 1)}…"));
        }
    }

    /// <summary>Notes a finding, whose text is not even put together where enough of its rule are kept.</summary>
    /// <param name="rule">The rule that is broken.</param>
    /// <param name="position">Byte of the medium at which the structure or field lies.</param>
    /// <param name="detail">What was found there, with the numbers.</param>
    public void Add(Rule rule, long position, [InterpolatedStringHandlerArgument("", nameof(rule))] ref FindingDetail detail)
    {
        if (detail.IsKept)
        {
            Add(rule, position, detail.ToStringAndClear());
        }
        else
        {
            Count(rule, 1);
        }
    }

    /// <summary>Takes over what was found when it was not yet known whether it counts.</summary>
    internal void AddAll(Findings others)
    {
        foreach (Finding finding in others.Items)
        {
            Add(finding.Rule, finding.Position, finding.Detail);
        }

        foreach ((Rule rule, long count) in others.Counts)
        {
            Count(rule, count - Math.Min(count, KeptPerRule));
        }
    }

    internal bool IsKept(Rule rule) => _counts.GetValueOrDefault(rule) < KeptPerRule;

    private void Count(Rule rule, long more) => _counts[rule] = _counts.GetValueOrDefault(rule) + more;
}
