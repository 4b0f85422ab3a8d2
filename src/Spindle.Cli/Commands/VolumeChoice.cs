// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Terminals;
using Spindle.Formats.Trees;
using Spindle.Station.Contents;

namespace Spindle.Cli.Commands;

/// <summary>The options of every command that looks into a disc: which of its trees.</summary>
internal sealed class VolumeChoice
{
    private static readonly Dictionary<string, VolumeView> Views = Enum.GetValues<VolumeView>()
        .ToDictionary(view => view.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    private readonly Option<string> _view = new("--view")
    {
        Description = $"Which tree of the disc: auto (the best), {string.Join(", ", Views.Keys)}",
        HelpName = "VIEW",
        DefaultValueFactory = _ => "auto",
    };

    private readonly Option<long> _offset = new("--offset")
    {
        Description = "First sector of the disc that is in the image, where it is an image of a later session",
        HelpName = "SECTORS",
    };

    private readonly Option<int?> _number = new("--session")
    {
        Description = "Which session of the disc to look into, from 1; else the last one, as the system does",
        HelpName = "N",
    };

    private readonly Option<long?> _session = new("--session-start")
    {
        Description = "The same by its first sector, where sessions are not found",
        HelpName = "SECTOR",
    };

    private readonly MapOption _map = new();

    private readonly CharsetOption _charset = new();

    public void AddTo(Command command)
    {
        command.Add(_charset);
        command.Add(_map);
        _view.AcceptOnlyFromAmong(["auto", .. Views.Keys]);
        command.Add(_view);
        command.Add(_offset);
        command.Add(_number);
        command.Add(_session);
    }

    /// <summary>Command line to choice: what makes no sense of it is told when the disc is opened.</summary>
    public DiscChoice Of(ParseResult arguments, string source) => new()
    {
        Source = Paths.ExpandHome(source),
        Session = arguments.GetValue(_number),
        SessionStart = arguments.GetValue(_session),
        Offset = arguments.GetResult(_offset) is null or { Implicit: true } ? null : arguments.GetValue(_offset),
        View = Views.TryGetValue(arguments.GetValue(_view)!, out VolumeView view) ? view : null,
        Map = _map.PathOf(arguments),
        Charset = arguments.GetValue(_charset),
    };
}
