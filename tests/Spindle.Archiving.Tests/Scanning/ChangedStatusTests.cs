// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Archiving.Scanning;
using Spindle.Catalogue;
using Spindle.Files;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Archiving.Tests.Scanning;

/// <summary>Bytes that changed behind the same size and the same time of modification are read; names of one file stay together.</summary>
public sealed class ChangedStatusTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly CatalogueDatabase _database;

    public ChangedStatusTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "touch, ln and times of status changes");
        _database = CatalogueDatabase.OpenOrCreate(_directory["catalogue.db"]);
        Directory.CreateDirectory(_directory["source"]);
    }

    [Theory]
    [InlineData("mv a b; printf new > b; touch -d @1000000000 b", "b new")]
    [InlineData("printf new > a; touch -d @1000000000 a", "a new")]
    [InlineData("mkdir d; printf new > a; touch -d @1000000000 a; mv a d/c", "d/c new")]
    [InlineData("printf new > a; touch -d @1000000000 a; ln a b", "a new b new")]
    [InlineData("printf new > a; touch -d @1000000000 a; ln a b; rm a", "b new")]
    public async Task Bytes_are_read_that_have_a_new_status_change_only(string change, string expected)
    {
        PortableFiles.SkipWhereUsed("a time of the status change");
        Shell("printf old > a; touch -d @1000000000 a");
        await AgedScan();
        Shell(change);
        await AgedScan();
        Assert.Equal(expected, Contents());
    }

    [Fact]
    public async Task What_is_below_a_renamed_directory_is_read_where_it_changed_and_only_there()
    {
        PortableFiles.SkipWhereUsed("a time of the status change");
        Shell("mkdir -p d/e; printf old > d/e/changes; printf abc > d/e/stays; touch -d @1000000000 d/e/*");
        await AgedScan();
        Shell("mv d z; printf new > z/e/changes; touch -d @1000000000 z/e/changes");
        SourceScan scan = await AgedScan();
        Assert.Equal(1, scan.FilesRead);
        Assert.Equal("z/e/changes new z/e/stays abc", Contents());
    }

    [Theory]
    [InlineData("echo y >> m; ln m a", "amn")] // the file changes, and gets a name that sorts before those known
    [InlineData("echo y >> n; ln n z; ln m b", "bmnz")]
    [InlineData("rm m; echo y >> n; ln n a", "an")]
    [InlineData("mkdir d; echo y >> n; ln n d/a; rm n", "am")]
    [InlineData("mv m zz; echo y >> n", "nzz")]
    [InlineData("ln -f other m", "mother")] // it joins another file, which gets its first group
    public async Task Names_of_one_file_are_one_group_when_it_changed_and_has_new_names(string change, string group)
    {
        PortableFiles.SkipWhereUsed("hard links");
        Shell("echo x > m; ln m n; echo o > other");
        await AgedScan();
        Shell(change);
        await AgedScan();
        Assert.Equal([group], Groups().Where(names => names.Length > 1));
    }

    [Fact]
    public async Task A_copy_in_place_of_a_link_is_a_file_of_its_own()
    {
        PortableFiles.SkipWhereUsed("hard links");
        Shell("echo x > m; ln m n; ln m o; ln m p");
        await AgedScan();
        Shell("cp -p n new; ln new new2; mv new m; mv new2 o"); // the same size and time as before; now m and o are one file, n and p another
        await AgedScan();
        Assert.Equal(["mo", "np"], Groups());

        await AgedScan();
        Assert.Equal(["mo", "np"], Groups());
    }

    [Fact]
    public async Task Groups_outlive_a_move_to_another_disk()
    {
        PortableFiles.SkipWhereUsed("hard links");
        Shell("echo x > m; ln m n; echo y > o; ln o p");
        await AgedScan();
        Shell("cp -a ../source ../copy; rm -r ../source/*; cp -a ../copy/* .");
        SourceScan scan = await AgedScan();
        Assert.Equal(["mn", "op"], Groups());
        Assert.Equal(default, scan.Changes);
    }

    public void Dispose()
    {
        _database?.Dispose();
        _directory.Dispose();
    }

    private async Task<SourceScan> AgedScan()
    {
        await Task.Delay(50); // until files are no more so new that they are read in any case
        ScanRequest request = new() { Sources = [_directory["source"]] };
        return (await new Scanner(TimeProvider.System).ScanAsync(_database, request, new Ignored(), default)).Sources[0];
    }

    private void Shell(string script) => ForeignProgram.Shell(_directory["source"], script);

    /// <summary>Paths, each with what the files of these hashes hold.</summary>
    private string Contents()
    {
        using Statement rows = _database.Prepare("""
            SELECT path, name, hex(sha256) FROM entry JOIN directory ON directory.id = directory JOIN content ON content.id = content WHERE gone_scan IS NULL ORDER BY path, name
            """);
        Dictionary<string, string> known = ((string[])["old", "new", "abc"]).ToDictionary(text => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(text))));
        List<string> lines = [];
        while (rows.Step())
        {
            lines.Add($"{Encoding.UTF8.GetString(ArchivePath.Join(rows.Blob(0), rows.Blob(1)))} {known.GetValueOrDefault(rows.Text(2)!, "?")}");
        }

        return string.Join(' ', lines);
    }

    private List<string> Groups()
    {
        using Statement rows = _database.Prepare("""
            SELECT group_concat(CAST(name AS TEXT), '') FROM (SELECT link_group, name FROM entry WHERE gone_scan IS NULL AND link_group IS NOT NULL ORDER BY name)
            GROUP BY link_group ORDER BY 1
            """);
        List<string> groups = [];
        while (rows.Step())
        {
            groups.Add(rows.Text(0)!);
        }

        return groups;
    }

    private sealed class Ignored : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
        }
    }
}
