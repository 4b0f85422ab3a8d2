// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.Json.Serialization;
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
        RunAsync = (request, _, _) => Task.FromResult(new CompletionDocument { Script = Scripts![request.Shell] }),
    };

    // Each script asks the program itself, by its [suggest] directive, so that it never lags behind.
    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] = """
            _spindle() {
              local IFS=$'\n'
              COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _spindle spindle
            """,
        ["zsh"] = """
            #compdef spindle
            _spindle() {
              local -a candidates
              candidates=("${(@f)$("${words[1]}" "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
              compadd -- $candidates || _files
            }
            compdef _spindle spindle
            """,
        ["fish"] = """
            complete -c spindle -a '(spindle "[suggest:"(commandline -C)"]" (commandline -p) 2>/dev/null)'
            """,
        ["pwsh"] = """
            Register-ArgumentCompleter -Native -CommandName spindle -ScriptBlock {
                param($word, $command, $position)
                spindle "[suggest:$position]" "$command" | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }
            """,
    };

    public CompletionCommand(CommandContext context)
        : base("completion", "Print the completion script of a shell")
    {
        Argument<string> shell = new("shell") { Description = "bash, zsh, fish or pwsh" };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        Add(shell);
        SetAction((arguments, cancellationToken) => context.RunAsync(Verb, arguments, words => new CompletionRequest(words.GetRequiredValue(shell)), new CompletionText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("source <(spindle completion bash)", "completion in this shell; put the line into ~/.bashrc for every one"),
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
