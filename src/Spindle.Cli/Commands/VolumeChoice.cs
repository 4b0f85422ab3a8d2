// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Formats.Volumes;
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

    private readonly Option<long?> _session = new("--session-start")
    {
        Description = "First sector of the session to look into, where it is not the first one",
        HelpName = "SECTOR",
    };

    public void AddTo(Command command)
    {
        _view.AcceptOnlyFromAmong(["auto", .. Views.Keys]);
        command.Add(_view);
        command.Add(_offset);
        command.Add(_session);
    }

    public VolumeOptions ToOptions(ParseResult arguments) => new()
    {
        View = Views.TryGetValue(arguments.GetValue(_view)!, out VolumeView view) ? view : null,
        MediumStart = arguments.GetValue(_offset) is >= 0 and long offset ? offset : throw new UsageException("--offset is less than 0"),
        SessionStart = arguments.GetValue(_session),
    };

    /// <summary>Opens the chosen tree.</summary>
    /// <exception cref="OperationFailedException">The disc does not have it.</exception>
    public Volume Open(ParseResult arguments, ISectorReader reader)
    {
        VolumeOptions options = ToOptions(arguments);
        return Volume.Open(reader, options) ?? throw new OperationFailedException(new(
            "no-file-system",
            options.View is { } view ? $"{reader.Name} has no {view.ToString().ToLowerInvariant()} tree" : $"{reader.Name} has no file system that is known",
            $"run 'spindle inspect {reader.Name}' to see what is on it"));
    }
}
