// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text;
using Spindle.Cli.Terminals;
using Spindle.Formats.Names;

namespace Spindle.Cli.Commands;

/// <summary><c>--charset NAME</c>: how names of a disc are read that do not say it themselves.</summary>
internal sealed class CharsetOption : Option<string?>
{
    public CharsetOption()
        : base("--charset")
    {
        Description = "The charset of names that are not UTF-8 (ISO 9660, Rock Ridge, HFS), such as shift_jis, windows-1252 or cp437";
        HelpName = "NAME";
    }

    public Encoding? Of(ParseResult arguments) => arguments.GetValue(this) is not { } name
        ? null
        : Charsets.Find(name) ?? throw new UsageException(
            $"there is no charset {name}", "shift_jis, euc-jp, gb18030, big5, euc-kr, windows-1251, koi8-r, windows-1252, ibm437, macintosh and others");
}
