// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests.Programs;

/// <summary>A page of docs/manual, whose examples can be run.</summary>
internal static partial class ManualPage
{
    public static TheoryData<string> All() =>
        new(Directory.EnumerateFiles(Repository.File("docs/manual"), "*.md").Select(path => Path.GetFileName(path)!));

    /// <summary>Runs its examples in order, in one folder, and fails where one ends or prints otherwise than the page says.</summary>
    /// <param name="page">File name of the page.</param>
    /// <param name="directory">Where they run.</param>
    /// <param name="prologue">What a shell needs so that <c>spindle</c> is the program to try.</param>
    /// <param name="asPrinted">What is made of all that was printed before it is looked into.</param>
    public static async Task HoldsAsync(string page, string directory, string prologue, Func<string, string> asPrinted)
    {
        string text = await File.ReadAllTextAsync(Repository.File($"docs/manual/{page}"), TestContext.Current.CancellationToken);
        Assert.All(Needed().Match(text).Groups[1].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries), program => ForeignProgram.PathOf(program));
        foreach (Match example in Console().Matches(text).SelectMany(block => Example().Matches(block.Groups[1].Value)))
        {
            string command = example.Groups["command"].Value;
            int expectedCode = example.Groups["code"] is { Success: true, Value: var code } ? int.Parse(code) : 0;
            using RunningProgram shell = new("bash", ["-c", $"{prologue}\n{command}"], directory);
            ProgramResult result = await shell.EndAsync();
            string output = asPrinted(result.Output + result.Error);

            Assert.True(result.ExitCode == expectedCode, $"'{command}' ended with {result.ExitCode}, not {expectedCode}:\n{output}");
            Assert.All(
                example.Groups["output"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries),
                line => Assert.Contains(line.Trim(), output, StringComparison.Ordinal));
        }
    }

    [GeneratedRegex("```console\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Console();

    // Programs of others, without which the page can't be tried.
    [GeneratedRegex("<!-- needs: (.*?) -->")]
    private static partial Regex Needed();

    // "$ command   # exit 2", and the lines below it up to the next command.
    [GeneratedRegex(@"^\$ (?<command>.*?)(?: +# exit (?<code>\d+))?\n(?<output>(?:(?!\$ ).*\n)*)", RegexOptions.Multiline)]
    private static partial Regex Example();
}
