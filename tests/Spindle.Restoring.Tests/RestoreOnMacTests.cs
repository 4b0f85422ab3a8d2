// SPDX-License-Identifier: MIT
using Spindle.Testing;
using Spindle.Testing.MacOS;

namespace Spindle.Restoring.Tests;

/// <summary>From a Mac onto discs and back, with what a Mac keeps beside files; Linux plays the Mac, and attr and coreutils judge.</summary>
public sealed class RestoreOnMacTests : IDisposable
{
    private const string Finder = "0x54455854747478740100000000000000000000000000000000000000000000AA";

    private readonly TestArchive _archive = new();

    public RestoreOnMacTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux plays macOS here");
        _archive.Write("letter", "Dear archive");
        _archive.Write("folder/inside", "1");
        Set("letter", "user.com.apple.FinderInfo", Finder);
        Set("letter", "user.com.apple.ResourceFork", "0x0000010000000136");
        Set("letter", SimulatedMacFiles.FlagsOnLinux, "0x02800000"); // uchg, hidden
        Set("folder", "user.com.apple.FinderInfo", Finder);
        Set("folder", SimulatedMacFiles.FlagsOnLinux, "0x02000000"); // uchg
        ForeignProgram.Run("ln", In(_archive.Tree, "letter"), In(_archive.Tree, "second name"));
    }

    public void Dispose() => _archive.Dispose();

    [Fact]
    public async Task Forks_Finder_information_flags_and_second_names_come_back()
    {
        await _archive.ArchiveAsync(system: SimulatedMacFiles.Source);

        RestoreResult result = await _archive.RestoreAsync(SimulatedMacFiles.OpenTarget);

        Assert.True(result.IsWhole, string.Join('\n', result.Problems.Select(problem => problem.What)));
        Assert.Equal(Attributes(_archive.Tree, "letter"), Attributes(_archive.Target, "letter"));
        Assert.Equal(Attributes(_archive.Tree, "folder"), Attributes(_archive.Target, "folder"));
        Assert.Equal(Inode("letter"), Inode("second name"));
        Assert.Equal(_archive.Restored("letter"), _archive.Restored("second name"));
    }

    [Fact]
    public async Task What_an_earlier_run_sealed_can_be_given_its_attributes_again()
    {
        await _archive.ArchiveAsync(system: SimulatedMacFiles.Source);
        await _archive.RestoreAsync(SimulatedMacFiles.OpenTarget);

        RestoreResult again = await _archive.RestoreAsync(SimulatedMacFiles.OpenTarget);

        Assert.Equal(3, again.FilesPresent);
        Assert.True(again.IsWhole, string.Join('\n', again.Problems.Select(problem => problem.What)));
        Assert.Equal(Attributes(_archive.Tree, "letter"), Attributes(_archive.Target, "letter"));
    }

    [Fact]
    public async Task On_a_system_that_has_no_such_names_each_is_told()
    {
        PortableFiles.SkipWhereUsed("attributes, which are told together then");
        await _archive.ArchiveAsync(system: SimulatedMacFiles.Source);

        RestoreResult result = await _archive.RestoreAsync();

        string told = string.Join('\n', result.Problems.Where(problem => problem.Code == "attributes-not-set").Select(problem => problem.What));
        Assert.All(["com.apple.FinderInfo", "com.apple.ResourceFork", "bsd.flags"], name => Assert.Contains(name, told, StringComparison.Ordinal));
        Assert.Equal("Dear archive"u8, _archive.Restored("letter"));
    }

    private static string In(string directory, string name) => Path.Combine(directory, name);

    private static string Attributes(string directory, string name) =>
        ForeignProgram.Run("getfattr", "-d", "-m", "^user[.]", "-e", "hex", "--absolute-names", In(directory, name)).Replace(directory, "", StringComparison.Ordinal);

    private void Set(string name, string attribute, string value) => ForeignProgram.Run("setfattr", "-n", attribute, "-v", value, In(_archive.Tree, name));

    private string Inode(string name) => ForeignProgram.Run("stat", "-c", "%i", In(_archive.Target, name));
}
