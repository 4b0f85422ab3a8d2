// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>What lies beside the parity for those who have no Spindle.</summary>
internal static class SetTexts
{
    /// <summary>The file that people read first.</summary>
    public const string ReadmeName = "README.TXT";

    /// <summary>The files and their bytes.</summary>
    /// <param name="table">The set.</param>
    public static IEnumerable<(string Name, byte[] Bytes)> Of(SetTable table) =>
    [
        (ReadmeName, Readme(table, "THIS HOLDS NO FILES. It is parity of the discs that set.tsv lists.")),
        ("setparity.c", Resource("setparity.c")),
        ("setparity.py", Resource("setparity.py")),
        ("format.txt", Resource("format.txt")),
    ];

    /// <summary>What to do, for people.</summary>
    /// <param name="table">The set.</param>
    /// <param name="head">What it is, above that.</param>
    public static byte[] Readme(SetTable table, string head)
    {
        string first = table.Parity[0].Name;
        string others = table.Form == SetForm.Par1
            ? $"\n    par2 repair {first}          (any program for PAR 1.0 files)\n"
            : $"\n    par2 repair {first}          (any program for PAR 1.0 files; one lost disc only)\n";
        return Encoding.UTF8.GetBytes(Encoding.ASCII.GetString(Resource(ReadmeName)).Replace("{K}", table.Parity.Count.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{FILES}", table.Parity.Count == 1 ? first : $"{first} to {table.Parity[^1].Name}", StringComparison.Ordinal)
            .Replace("{OTHERS}", others, StringComparison.Ordinal)
            .Replace("{HEAD}", head.ReplaceLineEndings("\n"), StringComparison.Ordinal));
    }

    private static byte[] Resource(string name)
    {
        using Stream stream = typeof(SetTexts).Assembly.GetManifestResourceStream($"Spindle.Archiving.Sets.Texts.{name}")!; // built in
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
