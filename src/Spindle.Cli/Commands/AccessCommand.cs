// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Imaging.AccessCopies;
using Spindle.Station.AccessCopies;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle access IMAGE...</c>: copies of the films of images, for watching.</summary>
internal sealed class AccessCommand : Command, IHasExamples
{
    private readonly Argument<string[]> _paths = new("path")
    {
        Description = "Images of DVD-Video or Blu-ray Discs, or folders with all that is below them",
        Arity = ArgumentArity.OneOrMore,
        CompletionSources = { Values.Files },
    };

    private readonly Option<string?> _to = new("--to") { Description = "Put copies there, those of a folder as they lie in it [default: beside the image]", HelpName = "FOLDER" };

    private readonly Option<string> _by = new("--by") { Description = "One copy a title set, or one a title; of a Blu-ray Disc those playlists that play something of their own, or each", HelpName = "set|title", DefaultValueFactory = _ => "set" };

    private readonly Option<string> _profile = new("--profile")
    {
        Description = "mp4 for watching (H.264, AAC), ffv1 for keeping the video itself (FFV1 and PCM in Matroska)",
        HelpName = "mp4|ffv1",
        DefaultValueFactory = _ => "mp4",
    };

    private readonly Option<int> _crf = new("--crf") { Description = "Quality of mp4, from 0 to 51: the lower, the better, and the larger", HelpName = "N", DefaultValueFactory = _ => new AccessSettings().Crf };

    private readonly Option<string> _preset = new("--preset") { Description = "Time that mp4 takes, from ultrafast to veryslow: the longer, the smaller", HelpName = "NAME", DefaultValueFactory = _ => new AccessSettings().Preset };

    private readonly Option<string?> _deinterlace = new("--deinterlace") { Description = "Join half pictures: those that say that they are, all, or none [default: auto; off with ffv1]", HelpName = "auto|on|off" };

    private readonly Option<int> _stills = new("--stills") { Description = "Make so many pictures of each copy", HelpName = "N", DefaultValueFactory = _ => 0 };

    private readonly Option<bool> _subtitles = new("--subtitles") { Description = "Keep subtitles beside each copy (VobSub: .idx and .sub; of a Blu-ray Disc .mks)" };

    private readonly Option<int> _jobs = new("--jobs") { Description = "Make so many copies at once; ffmpeg uses all cores for one", HelpName = "N", DefaultValueFactory = _ => 1 };

    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace what has the name of a copy, once the new one is proven" };

    public AccessCommand(CommandContext context)
        : base("access", "Make copies of DVD-Video and Blu-ray images for watching, by ffmpeg")
    {
        _by.AcceptOnlyFromAmong("set", "title");
        _profile.AcceptOnlyFromAmong("mp4", "ffv1");
        _deinterlace.AcceptOnlyFromAmong("auto", "on", "off");
        _preset.AcceptOnlyFromAmong([.. AccessSettings.Presets]);
        Add(_paths);
        Add(_to);
        Add(_by);
        Add(_profile);
        Add(_crf);
        Add(_preset);
        Add(_deinterlace);
        Add(_stills);
        Add(_subtitles);
        Add(_jobs);
        Add(_overwrite);
        SetAction((arguments, cancellationToken) => context.RunAsync(AccessVerb.Verb, arguments, ToRequest, new AccessText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle access box12-01.iso", "box12-01.mp4 beside it, and box12-01_title02.mp4 where the disc has two title sets"),
        ("spindle access /archive/discs --to /access --jobs 2", "every film below that folder; what is done is not done again"),
        ("spindle access box12-01.iso --by title --stills 5", "a copy of each title, and five pictures of each"),
    ];

    internal AccessCopiesRequest ToRequest(ParseResult arguments) => new()
    {
        Paths = [.. arguments.GetRequiredValue(_paths).Select(Paths.ExpandHome)],
        Target = arguments.GetValue(_to) is { } to ? Paths.ExpandHome(to) : null,
        Settings = new()
        {
            Profile = arguments.GetValue(_profile) == "ffv1" ? AccessProfile.Ffv1 : AccessProfile.Mp4,
            ByTitle = arguments.GetValue(_by) == "title",
            Crf = arguments.GetValue(_crf),
            Preset = arguments.GetValue(_preset) ?? "",
            Deinterlace = arguments.GetValue(_deinterlace) switch { "auto" => Deinterlacing.Auto, "on" => Deinterlacing.On, "off" => Deinterlacing.Off, _ => null },
            Stills = arguments.GetValue(_stills),
            Subtitles = arguments.GetValue(_subtitles),
        },
        Jobs = arguments.GetValue(_jobs),
        Overwrite = GlobalOptions.Allows(arguments, _overwrite),
    };
}
