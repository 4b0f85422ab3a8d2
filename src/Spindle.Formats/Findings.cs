// SPDX-License-Identifier: MIT
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
        long count = _counts.GetValueOrDefault(rule) + 1;
        _counts[rule] = count;
        if (count <= KeptPerRule)
        {
            _items.Add(new(rule, position, detail));
        }
    }
}
