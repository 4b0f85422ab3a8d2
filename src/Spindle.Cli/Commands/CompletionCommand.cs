// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.Json.Serialization;
using Spindle.Cli.Completing;
using Spindle.Cli.Texts;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle completion SHELL</c>: prints what a shell needs to complete Spindle's command lines.</summary>
internal sealed class CompletionCommand : Command, IHasExamples
{
    /// <summary>Of this program alone: no other host has a shell.</summary>
    private static readonly Verb<CompletionRequest, CompletionDocument> Verb = new()
    {
        Name = "completion",
        Request = CompletionJson.Form.CompletionRequest,
        Document = CompletionJson.Form.CompletionDocument,
        RunAsync = (request, _, _) => Task.FromResult(new CompletionDocument { Script = ShellScripts.All[request.Shell] }),
    };

    public CompletionCommand(CommandContext context)
        : base("completion", "Print the completion script of a shell")
    {
        Argument<string> shell = new("shell") { Description = "bash, zsh, fish or pwsh" };
        shell.AcceptOnlyFromAmong([.. ShellScripts.All.Keys]);
        Add(shell);
        SetAction((arguments, cancellationToken) => context.RunAsync(Verb, arguments, words => new CompletionRequest(words.GetRequiredValue(shell)), new CompletionText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("source <(spindle completion bash)", "completion in this shell; put the line into ~/.bashrc for every one"),
        ("spindle completion zsh > ~/.zfunc/_spindle", "completion in zsh, where that folder is in fpath"),
        ("spindle completion fish > ~/.config/fish/completions/spindle.fish", "completion in fish, from now on"),
    ];
}

/// <summary>Whose completion is wanted.</summary>
/// <param name="Shell">bash, zsh, fish or pwsh.</param>
internal sealed record CompletionRequest(string Shell);

/// <summary>What a shell needs.</summary>
internal sealed record CompletionDocument : Document
{
    /// <summary>To be read by the shell.</summary>
    public required string Script { get; init; }

    /// <inheritdoc/>
    protected override string Verb => "completion";
}

/// <summary>The script itself.</summary>
internal sealed class CompletionText : IText<CompletionDocument>
{
    public void Write(CompletionDocument document, TextLines lines) => lines.Plain.WriteLine(document.Script);
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(CompletionRequest))]
[JsonSerializable(typeof(CompletionDocument))]
internal sealed partial class CompletionJson : JsonSerializerContext
{
    public static CompletionJson Form { get; } = new(JsonForm.Options());
}
