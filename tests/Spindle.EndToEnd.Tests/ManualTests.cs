// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;
using Spindle.EndToEnd.Tests.Programs;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests;

/// <summary>The manual is true: its examples are run, page by page, in order, in an empty folder.</summary>
public sealed partial class ManualTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public static TheoryData<string> Pages() =>
        new(Directory.EnumerateFiles(Repository.File("docs/manual"), "*.md").Select(path => Path.GetFileName(path)!));

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_example_ends_and_prints_as_the_manual_says(string page)
    {
        string text = await File.ReadAllTextAsync(Repository.File($"docs/manual/{page}"), TestContext.Current.CancellationToken);
        foreach (Match block in Console().Matches(text))
        {
            foreach (Match example in Example().Matches(block.Groups[1].Value))
            {
                string command = example.Groups["command"].Value;
                int expectedCode = example.Groups["code"] is { Success: true, Value: var code } ? int.Parse(code) : 0;
                (int ended, string output) = await ShellAsync(command);

                Assert.True(ended == expectedCode, $"'{command}' ended with {ended}, not {expectedCode}:\n{output}");
                Assert.All(
                    example.Groups["output"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries),
                    line => Assert.Contains(line.Trim(), output, StringComparison.Ordinal));
            }
        }
    }

    public void Dispose() => _directory.Dispose();

    private async Task<(int Code, string Output)> ShellAsync(string command)
    {
        string programs = Path.GetDirectoryName(SpindleProgram.Path)!;
        using RunningProgram shell = new("bash", ["-c", $"export PATH=\"{programs}:$PATH\"; {command}"], _directory.Path);
        ProgramResult result = await shell.EndAsync();
        return (result.ExitCode, result.Output + result.Error);
    }

    [GeneratedRegex("```console\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Console();

    // "$ command   # exit 2", and the lines below it up to the next command.
    [GeneratedRegex(@"^\$ (?<command>.*?)(?: +# exit (?<code>\d+))?\n(?<output>(?:(?!\$ ).*\n)*)", RegexOptions.Multiline)]
    private static partial Regex Example();
}
