// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.RegularExpressions;
using Spindle.Cli.Commands;
using Spindle.Cli.Manuals;
using Spindle.Testing;

namespace Spindle.Cli.Tests.Manuals;

public sealed class ManualPageTests : IDisposable
{
    private static readonly RootCommand Root = SpindleCommand.Create(new(new() { Output = TextWriter.Null, Error = TextWriter.Null }));

    private readonly TempDirectory _directory = new();

    public static TheoryData<string> Commands() => new(Root.Subcommands.Where(command => !command.Hidden).Select(command => command.Name));

    [Fact]
    public async Task There_is_a_page_of_the_program_and_of_each_command_that_the_help_lists()
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync("manual", _directory["man1"], "--json");

        Assert.Equal(0, outcome.Code);
        string[] names = [.. Commands().Select(command => $"spindle-{command.Data}.1").Append("spindle.1").Order(StringComparer.Ordinal)];
        Assert.Equal(names, Directory.GetFiles(_directory["man1"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(names, outcome.Json().GetProperty("files").EnumerateArray().Select(file => Path.GetFileName(file.GetString())).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("  manual", (await CommandLine.RunAsync("--help")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_page_tells_all_options_arguments_and_examples_of_its_command(string name)
    {
        Command command = Root.Subcommands.Single(command => command.Name == name);
        string page = Plain(Of(command));

        Assert.All(command.Options.Concat(Root.Options.Where(option => option.Recursive)).Where(option => !option.Hidden), option =>
            Assert.Matches($@"\.It .*Fl {Regex.Escape(option.Name[1..])}\b", page));
        Assert.All(command.Arguments, argument => Assert.Contains($".It Ar {argument.Name}\n", page, StringComparison.Ordinal));
        Assert.All(((IHasExamples)command).Examples, example => Assert.Contains($"\n{example.CommandLine}\n", page, StringComparison.Ordinal));
        Assert.DoesNotMatch(@"Fl [?h]?/", page);
    }

    [Fact]
    public void The_page_of_the_program_names_all_others()
    {
        string page = Of(Root);

        Assert.All(Commands(), command => Assert.Contains($".It Xr spindle-{command.Data} 1\n", page, StringComparison.Ordinal));
        Assert.StartsWith(".Dd February 1, 2026\n.Dt SPINDLE 1\n", page, StringComparison.Ordinal);
        Assert.Contains(".It Fl -version\n", Plain(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mandoc_finds_nothing_to_object_to()
    {
        await CommandLine.RunAsync("manual", _directory.Path);

        // It looks for the pages that others refer to where it works.
        ForeignProgram.Said said = new ForeignProgram("mandoc", ["-Tlint", .. Pages()]) { Directory = _directory.Path }.Run();

        Assert.Equal("", said.Text + said.Error);
        Assert.Equal(0, said.Code);
    }

    [Fact]
    public async Task Groff_finds_nothing_to_object_to()
    {
        await CommandLine.RunAsync("manual", _directory.Path);

        ForeignProgram.Said said = new ForeignProgram("groff", ["-mandoc", "-Tutf8", "-K", "utf8", "-ww", "-z", .. Pages()]) { Directory = _directory.Path }.Run();

        Assert.Equal("", said.Text + said.Error);
        Assert.Equal(0, said.Code);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_made_is_told_of()
    {
        string file = _directory.Write("file", []);

        CommandLine.Outcome outcome = await CommandLine.RunAsync("manual", Path.Combine(file, "man1"));

        Assert.Equal(1, outcome.Code);
        Assert.Contains("[target-failed]", outcome.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private static string Of(Command command) => ManualPage.Of(command, Root, (command as IHasExamples)?.Examples ?? [], new(2026, 2, 1));

    /// <summary>A page without what says that a character is itself.</summary>
    private static string Plain(string page) => page.Replace(@"\&", "", StringComparison.Ordinal).Replace(@"\-", "-", StringComparison.Ordinal)
        .Replace(@"\(ti", "~", StringComparison.Ordinal).Replace(@"\(aq", "'", StringComparison.Ordinal).Replace(@"\(dq", "\"", StringComparison.Ordinal);

    private string[] Pages() => [.. Directory.GetFiles(_directory.Path, "*.1").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
