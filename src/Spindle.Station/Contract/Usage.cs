// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Formats.Names;
using Spindle.Media;

namespace Spindle.Station.Contract;

/// <summary>Says that a request asks for something that makes no sense.</summary>
internal static class Usage
{
    /// <summary>The last sector that a disc can have: its addresses have 32 bits.</summary>
    public const long LastSector = uint.MaxValue;

    /// <param name="what">What makes none.</param>
    /// <param name="hint">What would.</param>
    public static OperationFailedException Error(string what, string? hint = null) => new(new("usage", what, hint));

    /// <summary>Finds a charset by its name; null stays null.</summary>
    /// <exception cref="OperationFailedException"><c>usage</c>: there is none of that name.</exception>
    public static Encoding? Charset(string? name) => name is null ? null : Charsets.Find(name) ?? throw Error(
        $"there is no charset {name}", "shift_jis, euc-jp, gb18030, big5, euc-kr, windows-1251, koi8-r, windows-1252, ibm437, macintosh and others");
}
