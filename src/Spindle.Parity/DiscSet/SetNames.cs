// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Spindle.Parity.DiscSet;

/// <summary>What the files of a set's parity are called.</summary>
public static class SetNames
{
    /// <summary>The table that says what is in the set.</summary>
    public const string Table = "set.tsv";

    /// <summary>The folder of digests.</summary>
    public const string Digests = "digests";

    /// <summary>The folder that all of this is in on a parity disc.</summary>
    public const string Folder = "PARITY";

    private const int Longest = 200;

    /// <summary>The file of one parity row: <c>Photos_S000.p01</c>. The first is a PAR 1.0 volume in either form.</summary>
    /// <param name="set">The set's name.</param>
    /// <param name="form">Which code.</param>
    /// <param name="row">Which row, from 1.</param>
    public static string Volume(string set, SetForm form, int row) =>
        string.Create(CultureInfo.InvariantCulture, $"{set}.{(form == SetForm.Par1 || row == 1 ? 'p' : 'c')}{row:00}");

    /// <summary>The file with the checksums of a member's pieces.</summary>
    public static string Digest(string member) => $"{member}.crc32c";

    /// <summary>Whether a name can be a file's, in any folder on any system, and stands in a list as it is.</summary>
    /// <remarks>ASCII alone, for programs of PAR 1.0 take other characters apart.</remarks>
    public static bool IsPlain(string name) =>
        name.Length is > 0 and <= Longest && name.All(c => c is >= ' ' and < '\x7F' and not ('/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' or '='))
        && name.Trim(' ', '.') == name;

    /// <summary>The plain name that comes next to another one.</summary>
    public static string PlainOf(string name)
    {
        string plain = string.Concat(name.Select(c => IsPlain($"a{c}a") ? c : '_')).Trim(' ', '.');
        return plain.Length > Longest ? plain[^Longest..] : plain.Length == 0 ? "_" : plain;
    }
}
