// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Spindle.Formats;

/// <summary>The text of a finding as the compiler puts it together; nothing is, where <see cref="Findings"/> would only count it.</summary>
/// <remarks>Findings are made by the million on a hostile medium, and a path alone can take as long as reading what it names.</remarks>
[InterpolatedStringHandler]
public ref struct FindingDetail
{
    private DefaultInterpolatedStringHandler _text;

    /// <summary>Begins a text.</summary>
    /// <param name="literalLength">Characters between the values.</param>
    /// <param name="formattedCount">Values.</param>
    /// <param name="findings">Where it is to go.</param>
    /// <param name="rule">The rule that is broken.</param>
    /// <param name="isKept">Whether the text is wanted.</param>
    public FindingDetail(int literalLength, int formattedCount, Findings findings, Rule rule, out bool isKept)
    {
        IsKept = isKept = findings.IsKept(rule);
        _text = isKept ? new(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
    }

    internal bool IsKept { get; }

    /// <summary>Adds what stands between the values.</summary>
    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    /// <summary>Adds a value.</summary>
    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    /// <summary>Adds a value in a format.</summary>
    public void AppendFormatted<T>(T value, string? format) => _text.AppendFormatted(value, format);

    internal string ToStringAndClear() => _text.ToStringAndClear();
}
