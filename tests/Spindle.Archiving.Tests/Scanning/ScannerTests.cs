// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Archiving.Scanning;
using Spindle.Catalogue;
using Spindle.Files.Listing;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Archiving.Tests.Scanning;

public sealed class ScannerTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly CatalogueDatabase _database;

    public ScannerTests()
    {
        _database = CatalogueDatabase.OpenOrCreate(_directory["catalogue.db"]);
        Directory.CreateDirectory(Source);
    }

    private string Source => _directory["source"];

    [Fact]
    public async Task Everything_in_a_tree_is_found_and_files_are_hashed()
    {
        Write("a/one", "hello");
        Write("a/two", "hello");
        Write("empty-file", "");
        Directory.CreateDirectory(Path.Combine(Source, "b/empty"));
        File.CreateSymbolicLink(Path.Combine(Source, "link"), "a/one");
        SourceScan scan = await Scan();

        Assert.Equal(new ScanTotals(3, 3, 1, 10), scan.Totals);
        Assert.Equal(new ScanChanges(7, 0, 0, 0), scan.Changes);
        Assert.Equal(
            ["a d", "a/one f 2cf24dba", "a/two f 2cf24dba", "b d", "b/empty d", "empty-file f e3b0c442", "link s a/one"],
            Names());
        Assert.Equal(2, Count("SELECT count(*) FROM content"));
    }

    [Fact]
    public async Task What_did_not_change_is_not_read_again()
    {
        Write("a/one", "hello");
        Write("two", "world");
        Age();
        await Scan();
        SourceScan again = await Scan();
        Assert.Equal((0, default), (again.FilesRead, again.Changes));
        SourceScan rehashed = await Scan(request => request with { Rehash = true });
        Assert.Equal((2, default), (rehashed.FilesRead, rehashed.Changes));
    }

    [Fact]
    public async Task New_changed_moved_and_deleted_names_are_told_apart()
    {
        PortableFiles.SkipWhereUsed("numbers by which a file is known wherever it lies");
        foreach (string name in (string[])["stays", "changes", "moves", "goes", "dir/below"])
        {
            Write(name, "content of " + name);
        }

        Age();
        await Scan();
        Write("changes", "something else");
        File.Move(At("moves"), At("moved"));
        File.Delete(At("goes"));
        Directory.Move(At("dir"), At("folder"));
        Write("comes", "new");
        SourceScan scan = await Scan();

        // dir and goes are gone, folder and comes new; moves and dir/below have other names, and moves has another status change, too.
        Assert.Equal(new ScanChanges(Added: 2, Changed: 1, Moved: 2, Deleted: 2), scan.Changes);
        Assert.Equal(3, scan.FilesRead);
        Assert.Equal(["changes f", "comes f", "folder d", "folder/below f", "moved f", "stays f"], Names().Select(line => line[..(line.IndexOf(' ') + 2)]));
        Assert.Equal(["dir", "goes", "moves"], At1stOnly());
    }

    [Fact]
    public async Task What_was_written_during_the_last_tick_before_reading_is_read_again()
    {
        Write("fresh", "1");
        await Scan();
        File.WriteAllText(At("fresh"), "2"); // the same size, and maybe the same time
        await Scan();
        Assert.Equal(["fresh f d4735e3a"], Names());
    }

    [Fact]
    public async Task A_file_that_became_a_directory_is_one()
    {
        Write("thing", "file");
        Write("other/below", "x");
        await Scan();
        File.Delete(At("thing"));
        Write("thing/below", "y");
        Directory.Delete(At("other"), recursive: true);
        Write("other", "z");
        await Scan();
        Assert.Equal(["other f 594e519a", "thing d", "thing/below f a1fce436"], Names());
    }

    [Fact]
    public async Task Names_of_one_file_are_a_group_and_read_once()
    {
        PortableFiles.SkipWhereUsed("hard links");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "hard links are made with ln");
        Write("a", "shared");
        Directory.CreateDirectory(At("z"));
        Shell("ln a b; ln a z/c; echo other > d");
        SourceScan scan = await Scan();
        Assert.Equal(2, scan.FilesRead);
        Assert.Equal(3, Count("SELECT count(*) FROM entry WHERE link_group = (SELECT link_group FROM entry WHERE name = x'61')"));

        Shell("ln a e; rm b");
        scan = await Scan();
        Assert.InRange(scan.FilesRead, 0, 2); // the shared one and d, where they are so new that they could have changed again
        Assert.Equal(3, Count("SELECT count(*) FROM entry WHERE gone_scan IS NULL AND link_group = (SELECT link_group FROM entry WHERE name = x'61' AND gone_scan IS NULL)"));
    }

    [Fact]
    public async Task Names_are_bytes()
    {
        PortableFiles.SkipWhereUsed("names of any bytes");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "names are bytes on Linux");
        Shell("""
            touch "$(printf 'not\377utf8')" "$(printf 'new\nline')" 'quote"d' 'back\slash' ' ' "$(printf '\303\251')" "$(printf 'e\314\201')" Case case "$(printf 'n%.0s' $(seq 255))"
            """);
        SourceScan scan = await Scan();
        Assert.Equal((10, 0), (scan.Totals.Files, scan.ProblemCount));
        Assert.Equal(1, Count("SELECT count(*) FROM entry WHERE name = x'6e6f74ff75746638'"));
        SourceScan again = await Scan();
        Assert.Equal(default, again.Changes);
        Shell("rm -rf ./*"); // .NET can't name some of them
    }

    [Fact]
    public async Task Special_files_holes_and_owners_are_recorded()
    {
        PortableFiles.SkipWhereUsed("special files, holes and owners");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "mkfifo, truncate");
        Shell("mkfifo pipe; truncate -s 1M sparse; printf x | dd of=sparse conv=notrunc bs=1 seek=500000 status=none");
        SourceScan scan = await Scan();
        Assert.Equal(new ScanTotals(1, 0, 1, 1 << 20), scan.Totals);
        Assert.StartsWith("{\"user\":", Text("SELECT extra FROM entry WHERE kind = 3"), StringComparison.Ordinal);
        Assert.Contains("\"data\":[[", Text("SELECT extra FROM entry WHERE kind = 0"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extended_attributes_and_acls_are_recorded()
    {
        PortableFiles.SkipWhereUsed("extended attributes");
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/python3"), "python3 sets the attributes");
        Write("d/file", "x");
        Shell("""
            python3 -c 'import os; os.setxattr("d/file", "user.comment", b"\xff\0"); os.setxattr("d", "user.dir", b"1")'
            """);
        await Scan();
        Assert.Contains("""[{"name":"user.comment","value":"/wA="}]""", Text("SELECT extra FROM entry WHERE kind = 0"), StringComparison.Ordinal);
        Assert.Contains("""[{"name":"user.dir","value":"MQ=="}]""", Text("SELECT extra FROM entry WHERE kind = 1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_excluded_is_not_there()
    {
        Write("keep/a.txt", "1");
        Write("keep/b.tmp", "2");
        Write("cache/c", "3");
        await Scan(request => request with { Excludes = ["*.tmp", "/cache/"] });
        Assert.Equal(["keep d", "keep/a.txt f 6b86b273"], Names());
    }

    [Fact]
    public async Task Several_sources_stand_under_their_names()
    {
        Directory.CreateDirectory(_directory["other"]);
        File.WriteAllText(_directory["other/y"], "y");
        Write("x", "x");
        await Scan(request => request with { Sources = [Source, _directory["other"]] });
        Assert.Equal(["other d", "other/y f a1fce436", "source d", "source/x f 2d711642"], Names());

        // One of them by itself keeps its place.
        File.Delete(_directory["other/y"]);
        await Scan(request => request with { Sources = [_directory["other"]] });
        Assert.Equal(["other d", "source d", "source/x f 2d711642"], Names());
    }

    [Fact]
    public async Task Another_tree_does_not_take_the_place_of_the_first()
    {
        Write("x", "x");
        await Scan();
        Directory.Move(Source, _directory["elsewhere"]);
        ScanRequest request = new() { Sources = [_directory["elsewhere"]] };
        Assert.Equal("other-source", await FailureOf(request));
        Assert.Equal("sources-overlap", await FailureOf(request with { Prefix = "more" }));
        Assert.Equal("bad-prefix", await FailureOf(request with { Prefix = "a/../b" }));
        Assert.Equal("no-such-source", await FailureOf(request with { Sources = [_directory["nowhere"]] }));
        Assert.Equal("source-not-a-directory", await FailureOf(request with { Sources = [_directory["elsewhere/x"]] }));

        ScanResult result = await new Scanner(TimeProvider.System).ScanAsync(_database, request with { ReplacesSource = true }, new Ignored(), default);
        Assert.Equal(default, result.Sources[0].Changes);
    }

    [Fact]
    public async Task What_cannot_be_read_is_listed_and_the_rest_is_done()
    {
        Write("a", "1");
        Write("bad", "2");
        Write("closed/x", "3");
        Write("z", "4");
        FaultySystem faulty = new(SourceSystem.OfThisMachine()) { UnreadableFile = "bad"u8.ToArray(), UnreadableDirectory = "closed"u8.ToArray() };
        SourceScan scan = await Scan(system: faulty);
        Assert.Equal(["unreadable-directory", "unreadable-file"], scan.Problems.Select(problem => problem.Code).Order());
        Assert.Equal(["a f 6b86b273", "bad f", "closed d", "z f 4b227777"], Names());

        SourceScan healed = await Scan();
        Assert.Equal(0, healed.ProblemCount);
        Assert.Equal(["a f 6b86b273", "bad f d4735e3a", "closed d", "closed/x f 4e074085", "z f 4b227777"], Names());

        // What was known of a directory stays while it can't be read.
        await Scan(system: faulty);
        Assert.Contains("closed/x f 4e074085", Names());
    }

    [Fact]
    public async Task A_file_that_changes_while_it_is_read_is_read_again_and_then_flagged()
    {
        Write("calm", "1");
        Write("restless", "2");
        FaultySystem faulty = new(SourceSystem.OfThisMachine()) { ChangingFile = At("restless"), Changes = 1 };
        SourceScan scan = await Scan(system: faulty);
        Assert.Equal(0, scan.ProblemCount);
        Assert.Equal(0, Count("SELECT sum(flags) FROM entry"));

        faulty.Changes = 1000;
        Write("restless", "3");
        scan = await Scan(system: faulty);
        Assert.Equal(["changed-while-read"], scan.Problems.Select(problem => problem.Code));
        Assert.Equal(1, Count("SELECT flags FROM entry WHERE gone_scan IS NULL AND kind = 0 AND name = x'726573746c657373'"));

        scan = await Scan();
        Assert.Equal((0, 1), (scan.ProblemCount, scan.Changes.Changed));
        Assert.Equal(0, Count("SELECT sum(flags) FROM entry WHERE gone_scan IS NULL"));
    }

    [Theory]
    [InlineData("mv file other")]
    [InlineData("mkdir d; mv file d/file")]
    [InlineData("mkdir x; mv file x/file; mv x y; mv y/file y/other")]
    public async Task What_was_changed_under_its_old_time_is_read_again_wherever_it_lies_now(string move)
    {
        Write("file", "one");
        Age();
        await Scan();
        Shell($"touch -r file ../time; printf two > file; touch -r ../time file; {move}");
        await Scan();

        Assert.Equal(1, Count("SELECT count(*) FROM entry JOIN content ON content.id = content WHERE gone_scan IS NULL AND hex(sha256) LIKE '3FC4CCFE745870E2C0D99F71F30FF065%'"));
    }

    [Theory]
    [InlineData("echo y >> m; ln m a")] // a name that comes before those that are known
    [InlineData("echo y >> m; ln m z")]
    [InlineData("ln m a; mv n b; echo y >> a")]
    [InlineData("mv m a; mv n b; ln a c; touch a")]
    public async Task Names_of_one_file_stay_one_group_when_it_changes_and_gets_new_ones(string change)
    {
        PortableFiles.SkipWhereUsed("hard links");
        Write("m", "x");
        Shell("ln m n");
        Age();
        await Scan();
        Shell(change);
        await Scan();

        Assert.Equal((3, 1), (Count("SELECT count(link_group) FROM entry WHERE gone_scan IS NULL"), Count("SELECT count(DISTINCT link_group) FROM entry WHERE gone_scan IS NULL")));
    }

    [Fact]
    public async Task A_path_that_no_program_can_open_is_told_of_once_and_left_out()
    {
        Write("top", "x");
        Shell("n=$(printf 'd%.0s' $(seq 200)); for i in $(seq 25); do mkdir $n; cd $n; done; echo deep > f");
        SourceScan scan = await Scan();
        Shell("rm -rf d*");

        Assert.Equal(["path-too-long"], scan.Problems.Select(problem => problem.Code));
        Assert.Equal(1, Count("SELECT count(*) FROM entry WHERE kind = 0"));
        Assert.Equal(0, Count("SELECT count(*) FROM directory WHERE length(path) > 4095"));
    }

    [Fact]
    public async Task A_cancelled_scan_goes_on()
    {
        for (int number = 0; number < 300; number++)
        {
            Write($"d{number % 7}/f{number}", $"{number}");
        }

        Age();
        using CancellationTokenSource cancelling = new();
        FaultySystem counting = new(SourceSystem.OfThisMachine()) { OnOpen = opened => { if (opened == 200) { cancelling.Cancel(); } } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Scan(system: counting, cancellationToken: cancelling.Token));
        SourceScan scan = await Scan();
        Assert.True(scan.IsResumed);
        Assert.Equal(1, scan.Scan);
        Assert.InRange(scan.FilesRead, 0, 299);
        Assert.Equal(new ScanChanges(307, 0, 0, 0), scan.Changes);
        Assert.Equal(0, Count("SELECT count(*) FROM entry WHERE kind = 0 AND content IS NULL"));
    }

    [Fact]
    public async Task Sha512_is_taken_when_asked_for_and_from_then_on()
    {
        Write("a", "abc");
        Age();
        await Scan();
        await Scan(request => request with { WithSha512 = true });
        Assert.Equal(1, Count("SELECT count(*) FROM content WHERE hex(sha512) LIKE 'DDAF35A193617ABACC417349AE204131%'"));
        Write("b", "b");
        await Scan();
        Assert.Equal(2, Count("SELECT count(*) FROM content WHERE sha512 IS NOT NULL"));
    }

    public void Dispose()
    {
        Assert.Equal("ok", Text("PRAGMA integrity_check"));
        Assert.Equal("", Text("SELECT \"table\" FROM pragma_foreign_key_check"));
        _database.Dispose();
        _directory.Dispose();
    }

    private async Task<SourceScan> Scan(Func<ScanRequest, ScanRequest>? change = null, ISourceSystem? system = null, CancellationToken cancellationToken = default)
    {
        ScanRequest request = new() { Sources = [Source] };
        Scanner scanner = new(TimeProvider.System) { System = system ?? SourceSystem.OfThisMachine() };
        return (await scanner.ScanAsync(_database, change?.Invoke(request) ?? request, new Ignored(), cancellationToken)).Sources[0];
    }

    private async Task<string> FailureOf(ScanRequest request) =>
        (await Assert.ThrowsAsync<OperationFailedException>(() => new Scanner(TimeProvider.System).ScanAsync(_database, request, new Ignored(), default))).Failure.Code;

    private string At(string name) => Path.Combine(Source, name);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), text);
    }

    /// <summary>Waits until files are no more so new that they are read again. Times of status changes can't be set.</summary>
    private static void Age() => Thread.Sleep(50);

    private void Shell(string script) => ForeignProgram.Shell(Source, script);

    private long Count(string sql)
    {
        using Statement statement = _database.Prepare(sql);
        return statement.Scalar() ?? 0;
    }

    private string Text(string sql)
    {
        using Statement statement = _database.Prepare(sql);
        return statement.Step() ? statement.Text(0)! : "";
    }

    private List<string> Names()
    {
        List<string> names = [];
        using Statement statement = _database.Prepare("""
            SELECT d.path, e.name, e.kind, c.sha256, e.target FROM entry e JOIN directory d ON d.id = e.directory LEFT JOIN content c ON c.id = e.content
            WHERE gone_scan IS NULL
            """);
        while (statement.Step())
        {
            string directory = Encoding.UTF8.GetString(statement.Blob(0));
            string hash = statement.IsNull(3) ? "" : " " + Convert.ToHexStringLower(statement.Blob(3))[..8];
            string target = statement.IsNull(4) ? "" : " " + Encoding.UTF8.GetString(statement.Blob(4));
            names.Add((directory.Length == 0 ? "" : directory + "/") + Encoding.UTF8.GetString(statement.Blob(1)) + " " + "fdspcbk"[(int)statement.Number(2)] + hash + target);
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <summary>What was there at the first scan, and is not now.</summary>
    private List<string> At1stOnly()
    {
        List<string> names = [];
        using Statement statement = _database.Prepare("""
            SELECT name FROM entry old WHERE first_scan = 1 AND gone_scan = 2 AND directory = 1
                AND NOT EXISTS (SELECT 1 FROM entry new WHERE new.directory = old.directory AND new.name = old.name AND new.gone_scan IS NULL)
            ORDER BY name
            """);
        while (statement.Step())
        {
            names.Add(Encoding.UTF8.GetString(statement.Blob(0)));
        }

        return names;
    }

    private sealed class Ignored : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
        }
    }
}
