// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Serialization;
using Spindle.Cli.Completing;
using Spindle.Cli.Manuals;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Files;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle manual DIR</c>: writes a manual page for each command. For whoever makes a package: the help does not list it.</summary>
internal sealed class ManualCommand : Command, IHasExamples
{
    public ManualCommand(CommandContext context)
        : base("manual", "Write the manual pages, one for each command, in mdoc")
    {
        Hidden = true;
        Argument<string> directory = new("dir") { Description = "The directory to write into", CompletionSources = { Values.Directories } };
        Add(directory);
        Verb<ManualRequest, ManualDocument> verb = new()
        {
            Name = "manual",
            Request = ManualJson.Form.ManualRequest,
            Document = ManualJson.Form.ManualDocument,
            RunAsync = (request, _, _) => Task.FromResult(Write(request.Directory, (RootCommand)Parents.Single(), DateOf(context.Time))), // of this program alone
        };
        SetAction((arguments, cancellationToken) =>
            context.RunAsync(verb, arguments, words => new ManualRequest(Paths.ExpandHome(words.GetRequiredValue(directory))), new ManualText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle manual pages/man1", "spindle.1, spindle-image.1 and so on; SOURCE_DATE_EPOCH sets their date"),
    ];

    /// <summary>Those of the program are the first ones of what most people come for.</summary>
    private static IReadOnlyList<(string CommandLine, string Meaning)> ExamplesOf(Command command) => command switch
    {
        IHasExamples shown => shown.Examples,
        RootCommand root => [.. root.Subcommands.OfType<IHasExamples>().Where(shown => shown is DemoCommand or ImageCommand or ArchiveCommand or RestoreCommand).Select(shown => shown.Examples[0])],
        _ => [],
    };

    private static ManualDocument Write(string directory, RootCommand root, DateOnly date)
    {
        TargetFailure.Told(directory, () => Directory.CreateDirectory(directory));
        List<string> files = [];
        foreach (Command command in root.Subcommands.Where(ManualPage.IsFor).Prepend(root))
        {
            string file = Path.Combine(directory, $"{ManualPage.NameOf(command)}.1");
            string page = ManualPage.Of(command, root, ExamplesOf(command), date);
            TargetFailure.Told(file, () =>
            {
                File.WriteAllText(file, page);
                return file;
            });
            files.Add(file);
        }

        return new() { Files = files };
    }

    /// <summary>Today, or the day that a build which is to give the same bytes again is told of (reproducible-builds.org/specs/source-date-epoch).</summary>
    private static DateOnly DateOf(TimeProvider time)
    {
        bool isGiven = int.TryParse(Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH"), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds);
        return DateOnly.FromDateTime((isGiven ? DateTimeOffset.FromUnixTimeSeconds(seconds) : time.GetUtcNow()).UtcDateTime);
    }
}

/// <summary>Where the manual pages are wanted.</summary>
/// <param name="Directory">It is made where it is missing.</param>
internal sealed record ManualRequest(string Directory);

/// <summary>The manual pages.</summary>
internal sealed record ManualDocument : Document
{
    /// <summary>Those that were written.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <inheritdoc/>
    protected override string Verb => "manual";
}

/// <summary>How many there are.</summary>
internal sealed class ManualText : IText<ManualDocument>
{
    public void Write(ManualDocument document, TextLines lines) => lines.Aside($"{TextLines.Count(document.Files.Count, "page", "pages")} written.");
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ManualRequest))]
[JsonSerializable(typeof(ManualDocument))]
internal sealed partial class ManualJson : JsonSerializerContext
{
    public static ManualJson Form { get; } = new(JsonForm.Options());
}
