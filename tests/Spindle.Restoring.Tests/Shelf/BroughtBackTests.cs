// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Spindle.Archiving.Discs;
using Spindle.Archiving.Planning;
using Spindle.Archiving.Scanning;
using Spindle.Catalogue;
using Spindle.Catalogue.Exchange;
using Spindle.Formats.Images;
using Spindle.Media;
using Spindle.Restoring.Shelf;
using Spindle.Testing;

namespace Spindle.Restoring.Tests.Shelf;

/// <summary>The working catalogue is lost, and brought back from a disc: it believes what is proven, and the archive goes on.</summary>
public sealed class BroughtBackTests : IDisposable
{
    private const int FileLength = 1_500_000; // one on a disc of 1,500 sectors

    private readonly TempDirectory _directory = new();
    private CatalogueDatabase _database;

    public BroughtBackTests()
    {
        Directory.CreateDirectory(At("."));
        Directory.CreateDirectory(_directory["images"]);
        _database = CatalogueDatabase.OpenOrCreate(_directory["first.db"]);
    }

    private DiscStore Store => new(_database);

    [Fact]
    public async Task A_disc_that_was_only_planned_is_made_and_the_teller_is_not()
    {
        await PlannedAsync("f1", "f2", "f3");
        string image = await WriteAsync(0);
        BringBack(image);
        Assert.Equal("imported told told", States());
        Assert.Equal([1, 2], Store.ToBeWritten());

        await ScanAsync();
        PlanResult nothing = Plan();
        Assert.Equal((0, 0L), Told(nothing));
        Assert.Equal([1, 2], nothing.Waiting); // nothing is new, but not all of it is on a disc
        Assert.Equal("imported told told", States()); // a plan takes back what was planned here, not what may be in a box
        await WriteAsync(1);
        await WriteAsync(2);
        Assert.Equal("imported written written", States());
        Assert.Empty(Plan().Waiting);
    }

    [Fact]
    public async Task A_plan_proves_the_discs_that_were_there_before_it()
    {
        await PlannedAsync("f1", "f2");
        await WriteAsync(0);
        await WriteAsync(1);
        await PlannedAsync("g1", "g2");
        BringBack(await WriteAsync(2));
        Assert.Equal("imported imported imported told", States());
    }

    [Fact]
    public async Task Without_a_disc_beside_it_a_catalogue_proves_nothing_of_its_newest_plan()
    {
        await PlannedAsync("f1");
        await WriteAsync(0);
        await PlannedAsync("g1");
        byte[] json = Exported();
        _database.Dispose();
        _database = CatalogueDatabase.OpenOrCreate(_directory["second.db"]);
        ImportResult result = CatalogueImport.Read(new MemoryStream(json), _database, null, TimeProvider.System, CancellationToken.None);
        Assert.Equal(1, result.DiscsToldOf);
        Assert.Equal("imported told", States());
    }

    [Theory]
    [InlineData("\"uuid\": \"no uuid\"", null)]
    [InlineData(null, "\"written\":\"0-99999999999\"")]
    [InlineData(null, "\"written\":7")]
    public async Task What_contradicts_the_format_is_refused_and_nothing_is_kept(string? uuid, string? written)
    {
        await PlannedAsync("f1");
        string json = System.Text.Encoding.UTF8.GetString(Exported());
        json = uuid is null ? json.Replace("\"written\":\"\"", written, StringComparison.Ordinal) : json.Replace($"\"uuid\": \"{Store.Get(0).Uuid}\"", uuid, StringComparison.Ordinal);
        using CatalogueDatabase other = CatalogueDatabase.OpenOrCreate(_directory["other.db"]);
        Assert.Equal("bad-import", Assert.Throws<OperationFailedException>(() => CatalogueImport.Read(
            new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json)), other, null, TimeProvider.System, CancellationToken.None)).Failure.Code);
        Assert.Empty(new DiscStore(other).All());
    }

    [Fact]
    public async Task Another_disc_of_the_archive_proves_itself_by_its_catalogue()
    {
        await PlannedAsync("f1", "f2", "f3");
        string zero = await WriteAsync(0);
        string two = await WriteAsync(2);
        BringBack(zero);
        Import(two);
        Assert.Equal("imported told imported", States());
        Store.SetCopy(1, "A", "shelf", DateTimeOffset.UnixEpoch);
        Assert.Equal("imported imported imported", States());
    }

    [Fact]
    public async Task Its_image_that_lies_there_is_known_again()
    {
        await PlannedAsync("f1", "f2");
        string zero = await WriteAsync(0);
        await WriteAsync(1);
        DiscRecord before = Store.Get(1);
        BringBack(zero);
        WriteResult found = await new DiscWriter(_database, TimeProvider.System).WriteAsync(
            new() { Disc = 1, Directory = _directory["images"] }, new Progress<WorkProgress>(), CancellationToken.None);
        Assert.True(found.WasThere);
        Assert.Equal((before.Sectors, before.Files, before.Bytes, before.Sha256), (found.Disc.Sectors, found.Disc.Files, found.Disc.Bytes, found.Disc.Sha256));
    }

    [Fact]
    public async Task Lost_discs_are_made_again_bit_for_bit()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "ln, mkfifo");
        Make("f1", "f2");
        Make(5_000_000, "divided");
        Shell("mkdir -p d/empty e; ln f1 d/hard; ln -s f1 soft; mkfifo pipe; cp f2 d/copy; cp divided d/divided; chmod 700 e; echo z > 'new\nline'");
        await ScanAsync();
        Plan();
        await WritePlannedAsync();
        await PlannedAsync("g1");
        Shell("mv f2 d/moved; rm soft; mkdir alone");
        await ScanAsync();
        Plan(names: true);
        await WritePlannedAsync();
        IReadOnlyList<DiscRecord> before = Store.All();
        Assert.True(before.Count >= 6);
        Dictionary<int, string> sums = before.ToDictionary(disc => disc.Number, disc => Sum(disc.Image!));

        BringBack(before[^1].Image!);
        Directory.Delete(_directory["images"], recursive: true);
        Directory.CreateDirectory(_directory["images"]);
        foreach (DiscRecord disc in before)
        {
            Assert.Equal(sums[disc.Number], Sum(await WriteAsync(disc.Number)));
            DiscRecord again = Store.Get(disc.Number);
            Assert.Equal((disc.Sectors, disc.Files, disc.Bytes), (again.Sectors, again.Files, again.Bytes));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_disc_whose_file_changed_before_it_was_made_is_planned_anew(bool isBroughtBack)
    {
        await PlannedAsync("f1", "f2", "f3");
        string image = await WriteAsync(0);
        string sum = Sum(image);
        if (isBroughtBack)
        {
            BringBack(image);
        }

        Make(FileLength, "f3");
        await ScanAsync();
        Assert.Equal(1, Plan().Files); // f2 keeps its disc
        Assert.Equal(isBroughtBack ? "imported told withdrawn planned" : "written planned withdrawn planned", States());
        Assert.Equal("disc-withdrawn", (await Assert.ThrowsAsync<OperationFailedException>(() => WriteAsync(2))).Failure.Code);
        await WriteAsync(1);
        string last = await WriteAsync(3);
        await ScanAsync();
        Assert.Equal((0, 0L), Told(Plan()));

        // Its sibling, which tells of it, comes out as it was; and what a later disc tells holds.
        File.Delete(image);
        Assert.Equal(sum, Sum(await WriteAsync(0)));
        BringBack(last);
        Assert.Equal("imported told withdrawn imported", States()); // disc 1 was made after that plan
    }

    [Fact]
    public async Task What_else_was_on_a_disc_that_is_withdrawn_comes_onto_another_one()
    {
        PortableFiles.SkipWhereUsed("hard links");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "ln");
        Make("f1");
        Make(600_000, "x1", "x2");
        Shell("ln -s nowhere link; mkdir -p empty; ln x1 x3");
        await ScanAsync();
        Plan();
        long withLink = Number("SELECT disc FROM entry WHERE name = x'78310a' OR name = x'7831'");
        await WriteAsync(withLink == 0 ? 1 : 0);
        Make(600_000, "x2");
        await ScanAsync();
        Plan();
        Assert.Equal(0, Number("SELECT count(*) FROM entry WHERE gone_scan IS NULL AND (disc IS NULL OR disc IN (SELECT number FROM disc WHERE status = 'withdrawn'))"));
        Assert.Equal(0, Number("""
            SELECT count(*) FROM entry WHERE gone_scan IS NULL AND kind = 0 AND content NOT IN
                (SELECT content FROM placement WHERE disc IN (SELECT number FROM disc WHERE status <> 'withdrawn'))
            """));
        await WritePlannedAsync();
        Assert.Equal(1, Number("SELECT count(DISTINCT link_group) FROM entry WHERE gone_scan IS NULL AND link_group IS NOT NULL"));
    }

    [Fact]
    public async Task A_part_whose_disc_is_withdrawn_gets_another_disc_and_the_other_parts_stay()
    {
        Make(5_000_000, "divided");
        Make(600_000, "x");
        await ScanAsync();
        Plan();
        long shared = Number("SELECT disc FROM entry WHERE name = x'78'");
        Assert.Equal(1, Number($"SELECT count(*) FROM placement WHERE part > 0 AND disc = {shared}"));
        long other = Number($"SELECT min(disc) FROM placement WHERE part > 0 AND disc <> {shared}");
        await WriteAsync((int)other);
        Make(600_000, "x");
        await ScanAsync();
        Plan();
        await WritePlannedAsync();
        Assert.Equal("withdrawn", Store.Get((int)shared).Status);
        Assert.Equal(5_000_000, Number("""
            SELECT sum(length) FROM (SELECT DISTINCT part, length FROM placement
                WHERE part > 0 AND disc IN (SELECT number FROM disc WHERE status = 'written'))
            """));
        Assert.Equal(1, Number($"SELECT count(*) FROM placement WHERE part > 0 AND disc = {other}"));
    }

    public void Dispose()
    {
        _database.Dispose();
        _directory.Dispose();
    }

    private static (int Discs, long Names) Told(PlanResult plan) => (plan.Discs.Count, plan.NamesUnknown);

    private static string Sum(string image) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(image)));

    private string At(string name) => Path.Combine(_directory["source"], name);

    private void Make(params string[] names) => Make(FileLength, names);

    private void Make(int length, params string[] names)
    {
        foreach (string name in names)
        {
            File.WriteAllBytes(At(name), RandomNumberGenerator.GetBytes(length));
        }
    }

    private async Task PlannedAsync(params string[] names)
    {
        Make(names);
        await ScanAsync();
        Assert.Equal(names.Length, Plan().Discs.Count);
    }

    private Task<ScanResult> ScanAsync() =>
        new Scanner(TimeProvider.System).ScanAsync(_database, new() { Sources = [_directory["source"]], Job = "J" }, new Progress<WorkProgress>(), CancellationToken.None);

    private PlanResult Plan(bool names = false) => new Planner(_database, TimeProvider.System).RunAsync(
        new() { Capacity = new("1500s", 1500), Names = names, SplitsFiles = true, Tool = "spindle test" }, new Progress<WorkProgress>(), CancellationToken.None).GetAwaiter().GetResult();

    private async Task<string> WriteAsync(int disc)
    {
        WriteResult result = await new DiscWriter(_database, TimeProvider.System).WriteAsync(
            new() { Disc = disc, Directory = _directory["images"], Overwrite = true }, new Progress<WorkProgress>(), CancellationToken.None);
        Assert.True(result.IsGood);
        return result.Image!;
    }

    private async Task WritePlannedAsync()
    {
        foreach (int disc in Store.ToBeWritten())
        {
            await WriteAsync(disc);
        }
    }

    private string States() => string.Join(' ', Store.All().Select(disc => disc.Status));

    /// <summary>The working catalogue is a new one, and knows what the disc tells.</summary>
    private void BringBack(string image)
    {
        _database.Dispose();
        _database = CatalogueDatabase.OpenOrCreate(_directory[$"{Guid.NewGuid()}.db"]);
        Import(image);
    }

    private void Import(string image)
    {
        using ImageDisc disc = ImageDisc.Open(image, ImageFile.Open(image))!;
        using Stream catalogue = disc.OpenDocument($"ARCHIVE/{disc.Identity.CatalogueFile}");
        MemoryStream copy = new();
        catalogue.CopyTo(copy);
        copy.Position = 0;
        CatalogueImport.Read(copy, _database, null, TimeProvider.System, CancellationToken.None, disc.Identity.Disc);
    }

    private byte[] Exported()
    {
        MemoryStream stream = new();
        CatalogueExport.Write(stream, _database, ExportFormat.Json, CatalogueJson.Newest(_database), TimeProvider.System, CancellationToken.None);
        return stream.ToArray();
    }

    private long Number(string sql)
    {
        using Statement query = _database.Prepare(sql);
        return query.Scalar()!.Value;
    }

    private void Shell(string script) => ForeignProgram.Shell(_directory["source"], script);
}
