// SPDX-License-Identifier: MIT
using System.CommandLine;

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
}
