// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Terminals;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Imaging.Contents;
using Spindle.Imaging.Sources;
using Spindle.Media;

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

    /// <summary>Opens the source for the chosen session.</summary>
    /// <exception cref="OperationFailedException">There is nothing, or it can't be read, or no such session.</exception>
    public DiscSource OpenSource(ParseResult arguments, string path, CancellationToken cancellationToken) =>
        DiscSource.Open(Paths.ExpandHome(path), new(Session(arguments), IsAlone: false) { Map = _map.PathOf(arguments), Stop = cancellationToken });

    /// <summary>Opens the chosen tree.</summary>
    /// <exception cref="OperationFailedException">The disc does not have it.</exception>
    public Volume Open(ParseResult arguments, DiscSource source)
    {
        VolumeOptions options = ToOptions(arguments, source);
        ISectorReader reader = source.Reader;
        return Volume.Open(reader, options) ?? throw new OperationFailedException(UnknownContents.Of(reader, options.View?.ToString().ToLowerInvariant()));
    }

    internal VolumeOptions ToOptions(ParseResult arguments, DiscSource source)
    {
        VolumeOptions own = source.VolumeOptions;
        bool isPlaced = arguments.GetResult(_offset) is not null and not { Implicit: true };
        long offset = arguments.GetValue(_offset) is >= 0 and long start ? start : throw new UsageException("--offset is less than 0");
        return new()
        {
            View = Views.TryGetValue(arguments.GetValue(_view)!, out VolumeView view) ? view : null,
            MediumStart = isPlaced ? offset : own.MediumStart,
            Charset = _charset.Of(arguments),

            // Where an image of a later session is placed, what was found in it was counted from elsewhere.
            SessionStart = arguments.GetValue(_session) ?? (isPlaced ? null : own.SessionStart),
            SessionEnd = isPlaced || arguments.GetValue(_session) is not null ? null : own.SessionEnd,
        };
    }

    private int? Session(ParseResult arguments) => arguments.GetValue(_number) switch
    {
        null => null,
        < 1 => throw new UsageException("--session is less than 1", "sessions are counted from 1"),
        _ when arguments.GetValue(_session) is not null => throw new UsageException("--session and --session-start name the same thing", "give one of them"),
        int number => number,
    };
}
