// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.Json.Nodes;
using Spindle.Cli.Terminals;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle completion SHELL</c>: prints what a shell needs to complete Spindle's command lines.</summary>
internal sealed class CompletionCommand : Command, IHasExamples
{
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
        SetAction((arguments, _) => context.RunAsync("completion", arguments, (report, _) =>
        {
            report.Printed("script", JsonValue.Create(Scripts[arguments.GetRequiredValue(shell)]));
            return Task.FromResult(ExitCode.Done);
        }));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("source <(spindle completion bash)", "completion in this shell; put the line into ~/.bashrc for every one"),
        ("spindle completion fish > ~/.config/fish/completions/spindle.fish", "completion in fish, from now on"),
    ];
}
