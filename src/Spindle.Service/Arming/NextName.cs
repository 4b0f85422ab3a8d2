// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Spindle.Service.Arming;

/// <summary>Names that count: what the next disc of a stack is called.</summary>
internal static partial class NextName
{
    /// <summary>The name behind one: its last number is one higher, and as long as it was. <c>box12-07</c> is followed by <c>box12-08</c>.</summary>
    /// <returns>Empty where it has no number.</returns>
    public static string After(string? name)
    {
        if (name is null || LastNumber().Match(name) is not { Success: true } last)
        {
            return "";
        }

        char[] digits = last.Value.ToCharArray();
        int at = digits.Length - 1;
        for (; at >= 0 && digits[at] == '9'; at--)
        {
            digits[at] = '0';
        }

        if (at >= 0)
        {
            digits[at]++;
        }

        return $"{name[..last.Index]}{(at < 0 ? "1" : "")}{new string(digits)}{name[(last.Index + last.Length)..]}";
    }

    /// <summary>Whether a template has a number.</summary>
    public static bool Counts(string template) => Place().Matches(template).Any(place => place.Groups[1].Value is not ("batch" or "volume"));

    /// <summary>A template with its places filled in: <c>{nn}</c> is the number with as many digits as it has letters at least, <c>{batch}</c> and <c>{volume}</c> what they say.</summary>
    public static string Fill(string template, int number, string? batch, string? volume)
    {
        StringBuilder name = new();
        int from = 0;
        foreach (Match place in Place().Matches(template))
        {
            name.Append(template, from, place.Index - from);
            name.Append(place.Groups[1].Value switch
            {
                "batch" => batch,
                "volume" => volume,
                var letters => number.ToString(new string('0', letters.Length), CultureInfo.InvariantCulture),
            });
            from = place.Index + place.Length;
        }

        return name.Append(template, from, template.Length - from).ToString();
    }

    [GeneratedRegex(@"[0-9]+", RegexOptions.CultureInvariant | RegexOptions.RightToLeft)]
    private static partial Regex LastNumber();

    [GeneratedRegex(@"\{(n+|batch|volume)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
