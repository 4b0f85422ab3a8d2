// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Commands;
using Spindle.Cli.Completing;
using Spindle.Media;

namespace Spindle.Cli.Tests.Completing;

public sealed class CursorPlaceTests
{
    private static readonly RootCommand Root = SpindleCommand.Create(new(new() { Output = TextWriter.Null, Error = TextWriter.Null }));

    [Theory]
    [InlineData("image ", "/dev/sr0 /dev/sr1", "files")]
    [InlineData("image ~/di", "", "files")]
    [InlineData("image /dev/sr1", "/dev/sr1", "files")]
    [InlineData("ls ", "/dev/sr0 /dev/sr1", "files")]
    [InlineData("inspect disc.iso ", "/dev/sr0 /dev/sr1", "files")]
    [InlineData("check ", "/dev/sr0 /dev/sr1", "files")]
    [InlineData("restore --from ", "/dev/sr0 /dev/sr1", "files")]
    [InlineData("restore --from /mnt ", "/dev/sr0 /dev/sr1", "files")]
    [InlineData("damage disc.iso ", "", "files")]
    [InlineData("merge out.iso a.iso:a.map ", "", "files")]
    [InlineData("protect --ecc=", "", "files")]
    [InlineData("scan ", "", "directories")]
    [InlineData("image --dir ", "", "directories")]
    [InlineData("image 'my disc.iso' --dir=", "", "directories")]
    public void Drives_and_names_of_files_where_they_belong_and_options_not_before_them(string line, string words, string names)
    {
        Suggested suggested = At(line);

        Assert.Equal(words, Words(suggested));
        Assert.Equal(names, suggested.Names.ToString().ToLowerInvariant());
    }

    [Theory]
    [InlineData("image --verify ", "image disc none")]
    [InlineData("image --verify=d", "--verify=disc")]
    [InlineData("image --verify=", "--verify=image --verify=disc --verify=none")]
    [InlineData("image --hash ", "md5 sha1 sha256 sha512 crc32")]
    [InlineData("image --hash sha256,s", "sha256,sha1 sha256,sha512")]
    [InlineData("scan . --hash=sha256,", "--hash=sha256,sha512")]
    [InlineData("plan bd", "bd bd-dl bd-xl bd-xx")]
    [InlineData("plan bd:", "bd:raw bd:spare")]
    [InlineData("archive tree cd", "cd cd74 cd80")]
    [InlineData("protect a.iso --fill cd8", "cd80")]
    [InlineData("segment dvd-d", "dvd-dl")] // a command by its other name
    [InlineData("ls --view=j", "--view=joliet")]
    [InlineData("completion ", "bash zsh fish pwsh")]
    [InlineData("image --retries ", "")]
    [InlineData("find ", "--", false)]
    public void Values(string line, string words, bool isAll = true)
    {
        Suggested suggested = At(line);

        Assert.Equal(FileNames.None, suggested.Names);
        Assert.Equal(words, isAll ? Words(suggested) : suggested.Candidates[0].Word[..2]);
    }

    [Theory]
    [InlineData("image --no-v", "--no-verification")]
    [InlineData("image --json disc.iso --he", "--help")]
    [InlineData("image --json --js", "")] // once is enough
    [InlineData("scan --exclude a --excl", "--exclude")]
    [InlineData("restore --from a b --to", "--to")]
    [InlineData("image -- --he", "")]
    [InlineData("im", "image import")]
    [InlineData("man", "")]
    [InlineData("find /", "")]
    public void Commands_and_options(string line, string words) => Assert.Equal(words, Words(At(line)));

    [Fact]
    public void All_options_where_nothing_else_belongs()
    {
        Suggested suggested = At("image disc.iso ");

        Assert.Contains(suggested.Candidates, candidate => candidate is { Word: "--retries", Meaning: not null });
        Assert.Contains(suggested.Candidates, candidate => candidate.Word == "--json");
        Assert.All(suggested.Candidates, candidate => Assert.StartsWith("--", candidate.Word, StringComparison.Ordinal));
    }

    [Fact]
    public void No_name_of_an_option_is_a_path() =>
        Assert.All(Root.Subcommands.Select(command => command.Name).Append(""), command =>
            Assert.DoesNotContain(At($"{command} ").Candidates.Concat(At($"{command} -").Candidates), candidate => candidate.Word is "/?" or "/h"));

    [Theory]
    [InlineData("s i \"my disc\" 'it''s' a", "s|i|my disc|its|a")]
    [InlineData("s  ", "s|")]
    [InlineData("s 'open quo", "s|open quo")]
    [InlineData("s \"\" ", "s||")]
    [InlineData("", "")]
    public void Words_are_taken_apart_as_shells_do(string line, string words) => Assert.Equal(words.Split('|'), ShellWords.Split(line));

    [Fact]
    public void A_backslash_keeps_a_blank_but_on_Windows_where_it_stands_in_paths() =>
        Assert.Equal(OperatingSystem.IsWindows() ? ["s", @"C:\my\", "disc"] : ["s", "C:my disc"], ShellWords.Split(@"s C:\my\ disc"));

    [Fact]
    public async Task The_program_answers_by_a_directive()
    {
        Assert.Equal("--repair\tRestore", (await CommandLine.RunAsync("[suggest]", "spindle image --rep")).Output[..16]);
        Assert.Equal(":directories\n", (await CommandLine.RunAsync("[suggest]", "spindle scan ")).Output);
        Assert.Contains("image\tMake", (await CommandLine.RunAsync("[suggest:10]", "spindle im --rep")).Output, StringComparison.Ordinal);
        Assert.Contains("drives\t", (await CommandLine.RunAsync("[suggest]", "spindle ")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await CommandLine.RunAsync("[suggest]", "spindle image --retries x --bogus ")).Code);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Every_shell_asks_the_program(string shell) =>
        Assert.Contains("[suggest]", (await CommandLine.RunAsync("completion", shell)).Output, StringComparison.Ordinal);

    [Fact]
    public void A_system_that_does_not_say_which_drives_it_has_keeps_nobody_from_naming_a_file()
    {
        Suggested suggested = CursorPlace.Suggest(Root, "spindle image ", () => throw new OperationFailedException(new("cannot-list-drives", "it does not answer")));

        Assert.DoesNotContain(suggested.Candidates, candidate => candidate.Meaning == "Optical drive");
        Assert.Equal(FileNames.Files, suggested.Names);
    }

    private static Suggested At(string line) => CursorPlace.Suggest(Root, $"spindle {line}", () => ["/dev/sr0", "/dev/sr1"]);

    private static string Words(Suggested suggested) => string.Join(' ', suggested.Candidates.Select(candidate => candidate.Word));
}
