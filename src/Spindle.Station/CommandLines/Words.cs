// SPDX-License-Identifier: MIT
namespace Spindle.Station.CommandLines;

/// <summary>Puts a command line together.</summary>
/// <param name="verb">Its first words.</param>
internal sealed class Words(params string[] verb)
{
    private readonly List<string> _options = [];
    private readonly List<string> _arguments = [];

    /// <summary>An argument.</summary>
    public Words Argument(string value) => Arguments([value]);

    /// <summary>Arguments, in their order.</summary>
    public Words Arguments(IEnumerable<string> values)
    {
        _arguments.AddRange(values);
        return this;
    }

    /// <summary>An option where something is so.</summary>
    public Words Flag(string name, bool isSet)
    {
        if (isSet)
        {
            _options.Add(name);
        }

        return this;
    }

    /// <summary>An option with its value; none where there is no value, or the usual one.</summary>
    public Words Option(string name, string? value, string? unless = null)
    {
        if (value is not null && value != unless)
        {
            // One word, where the value could be taken for an option.
            _options.AddRange(value.StartsWith('-') ? [$"{name}={value}"] : [name, value]);
        }

        return this;
    }

    /// <summary>An option for each value.</summary>
    public Words Options(string name, IEnumerable<string> values)
    {
        foreach (string value in values)
        {
            Option(name, value);
        }

        return this;
    }

    /// <summary>All words: arguments stand first, but behind all options where one of them could be taken for one.</summary>
    public IReadOnlyList<string> ToList() => _arguments.Exists(argument => argument.StartsWith('-') || argument.Length == 0)
        ? [.. verb, .. _options, "--", .. _arguments]
        : [.. verb, .. _arguments, .. _options];
}
