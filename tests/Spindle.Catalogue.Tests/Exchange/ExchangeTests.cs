// SPDX-License-Identifier: MIT
using System.IO.Compression;
using System.Text;
using Spindle.Archiving.Scanning;
using Spindle.Catalogue.Exchange;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Catalogue.Tests.Exchange;

public sealed class ExchangeTests : IDisposable
{
    // As odarchive 0.0.x wrote it: version 1 has no job.
    private const string Version1 = """
        {
            "date": "2018-11-01T22:15:20.685169",
            "files": {
                "0d3c937eee199c1d6b5af02f87ee9776ffb8538913bc28bdc44f294e8b405f02795e2cfdc6e52121cb6cb1a07c58883898bb820c01c510e005fa2be1481866a4": {
                    "filenames": {
                        "/DATA/testDir/fourthé.txt": null
                    },
                    "mtime": "2018-05-26T11:06:00",
                    "size": 33
                },
                "390da1c000ce0c69257de9cda5255b4cd2a4a899415a017fc83be7a4d1670702054a9e1ca9e40ad15e20d403596f7c1feb001b4c1cfa459b06c7b0da4ffc583b": {
                    "filenames": {
                        "/DATA/second copy.txt": null,
                        "/DATA/second.txt": null
                    },
                    "mtime": "2018-05-24T09:32:31",
                    "size": 24
                }
            },
            "guid": "d75b6cc9-a3e1-4cd2-ae31-49081ff074aa",
            "version": 1
        }
        """;

    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task Hostile_names_survive_scan_export_and_import()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "names are bytes on Linux");
        Hostile();
        using CatalogueDatabase scanned = await Scanned();
        byte[] json = Exported(scanned, ExportFormat.Json);
        using CatalogueDatabase imported = Imported(json, "imported.db");

        Assert.Equal(Encoding.UTF8.GetString(json), Encoding.UTF8.GetString(Exported(imported, ExportFormat.Json)));
        Assert.Equal(Exported(scanned, ExportFormat.Tsv), Exported(imported, ExportFormat.Tsv));
        Assert.Equal(scanned.Uuid, imported.Uuid);
        Shell("rm -rf source/*");
    }

    [Fact]
    public async Task Sha256sum_accepts_its_list()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sha256sum");
        Hostile();
        using CatalogueDatabase scanned = await Scanned();
        File.WriteAllBytes(_directory["sums"], Exported(scanned, ExportFormat.Sha256Sums));
        Shell("cd source && sha256sum -c --strict --quiet ../sums && [ $(wc -l < ../sums) -eq $(find . -type f -printf x | wc -c) ]");
        Shell("rm -rf source/*");
    }

    [Fact]
    public async Task A_point_in_time_is_the_same_bytes_for_ever()
    {
        Directory.CreateDirectory(_directory["source/d"]);
        File.WriteAllText(_directory["source/d/a"], "1");
        File.WriteAllText(_directory["source/b"], "2");
        using CatalogueDatabase database = await Scanned();
        byte[] then = Exported(database, ExportFormat.Json);
        Plan(database);
        byte[] planned = Exported(database, ExportFormat.Json);

        File.Delete(_directory["source/d/a"]);
        File.WriteAllText(_directory["source/b"], "changed");
        File.WriteAllText(_directory["source/c"], "new");
        await new Scanner(TimeProvider.System).ScanAsync(database, new() { Sources = [_directory["source"]], Job = "Another name" }, new Ignored(), default);
        database.Run("UPDATE disc SET status = 'written', sha256 = x'00', written = 'now', image = 'x'; UPDATE placement SET sha256 = x'11'; INSERT INTO event (at, disc, kind) VALUES ('now', 0, 'burned')");

        Assert.Equal(then, Exported(database, ExportFormat.Json, (1, 0)));
        Assert.Equal(Encoding.UTF8.GetString(planned), Encoding.UTF8.GetString(Exported(database, ExportFormat.Json, (1, 1))));
        Assert.Contains("\"placements\": [{\"disc\": 0, \"part\": 0, \"offset\": 0, \"length\": 1}]", Encoding.UTF8.GetString(planned), StringComparison.Ordinal);
        using CatalogueDatabase imported = Imported(planned, "imported.db");
        Assert.Equal(Encoding.UTF8.GetString(planned), Encoding.UTF8.GetString(Exported(imported, ExportFormat.Json)));
        using CatalogueDatabase whole = Imported(Exported(database, ExportFormat.Json), "whole.db");
        Assert.Equal(Encoding.UTF8.GetString(Exported(database, ExportFormat.Json)), Encoding.UTF8.GetString(Exported(whole, ExportFormat.Json)));
    }

    [Fact]
    public void Odarchives_version_1_is_read()
    {
        using CatalogueDatabase database = Imported(Encoding.UTF8.GetBytes(Version1), "v1.db");
        string tsv = Encoding.UTF8.GetString(Exported(database, ExportFormat.Tsv));
        Assert.Contains("testDir/fourthé.txt\tfile\t33\t1527332760000000000\t", tsv, StringComparison.Ordinal);
        Assert.Contains("second copy.txt\tfile\t24\t", tsv, StringComparison.Ordinal);
        Assert.Contains("testDir\tdirectory\t", tsv, StringComparison.Ordinal);
    }

    [Fact]
    public void Odarchives_files_come_out_as_they_went_in()
    {
        string version2 = Version1.Replace("\"version\": 1", "\"iso_path_root\": \"/DATA\",\n    \"job_id\": \"358ef4f2-5ceb-4536-a136-812a9717f4da\",\n    \"job_name\": \"My \\\"job\\\"\",\n    \"segment_size\": 23000000512,\n    \"source_path\": \"C:\\\\x\",\n    \"version\": 2", StringComparison.Ordinal)
            .Replace("\"date\"", "\"client_name\": \"Someone\",\n    \"date\"", StringComparison.Ordinal)
            .Replace("            \"filenames\"", "            \"disc_num\": 3,\n            \"filenames\"", StringComparison.Ordinal);
        using CatalogueDatabase database = Imported(Encoding.UTF8.GetBytes(version2), "v2.db");
        string again = Encoding.UTF8.GetString(Exported(database, ExportFormat.Odarchive));

        // The guid is new at each writing.
        int guid = again.IndexOf("\"guid\": \"", StringComparison.Ordinal) + 9;
        again = again[..guid] + "d75b6cc9-a3e1-4cd2-ae31-49081ff074aa" + again[(guid + 36)..];
        Assert.Equal(version2, again);
    }

    [Fact]
    public async Task Pythons_json_module_would_have_written_the_same()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "python3 is not installed");
        Directory.CreateDirectory(_directory["source"]);
        foreach (string name in (string[])["a\"b", "back\\slash", "é", "e\u0301", "𝄞", "tab\tx", "\u007f", "\u2028", "new\nline"])
        {
            File.WriteAllText(Path.Combine(_directory["source"], name), name.Length % 2 == 0 ? name : "same");
        }

        using CatalogueDatabase database = await Scanned(withSha512: true);
        File.WriteAllBytes(_directory["ours.json"], Exported(database, ExportFormat.Odarchive));
        Shell("""
            python3 -c 'import json; d = json.load(open("ours.json", encoding="utf-8")); f = open("theirs.json", "w", encoding="utf-8"); json.dump(d, f, ensure_ascii=False, sort_keys=True, indent=4)'
            cmp ours.json theirs.json
            """);
    }

    [Fact]
    public async Task Without_sha512_there_is_no_catalogue_for_odarchive()
    {
        Directory.CreateDirectory(_directory["source"]);
        File.WriteAllText(_directory["source/a"], "a");
        using CatalogueDatabase database = await Scanned();
        Assert.Equal("no-sha512", Assert.Throws<OperationFailedException>(() => Exported(database, ExportFormat.Odarchive)).Failure.Code);
    }

    [Fact]
    public async Task An_imported_archive_is_gone_on_with()
    {
        Directory.CreateDirectory(_directory["source"]);
        File.WriteAllText(_directory["source/second.txt"], "different");
        File.WriteAllText(_directory["source/abc"], "abc");
        string json = Version1.Replace("390da1c000ce0c69257de9cda5255b4cd2a4a899415a017fc83be7a4d1670702054a9e1ca9e40ad15e20d403596f7c1feb001b4c1cfa459b06c7b0da4ffc583b",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f", StringComparison.Ordinal);
        using CatalogueDatabase database = Imported(Encoding.UTF8.GetBytes(json), "v1.db");
        await new Scanner(TimeProvider.System).ScanAsync(database, new() { Sources = [_directory["source"]] }, new Ignored(), default);
        using Statement known = database.Prepare("SELECT hex(sha256) FROM content WHERE sha512 = x'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f'");
        Assert.True(known.Step());
        Assert.StartsWith("BA7816BF", known.Text(0), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"schema\": \"other\"}")]
    [InlineData("{\"files\": {}, \"version\": 3}")]
    [InlineData("{\"schema\": \"spindle/catalogue/1\",\n\"entries\": [\n{\"path\": \"a\"")]
    [InlineData("{\"schema\": \"spindle/catalogue/1\",\n\"entries\": [\n{\"path\": \"../a\", \"kind\": \"file\", \"firstScan\": 1}]}")]
    [InlineData("{\"schema\": \"spindle/catalogue/1\",\n\"entries\": [\n{\"path\": \"a/..\", \"kind\": \"file\", \"firstScan\": 1}]}")]
    public void What_is_no_catalogue_leaves_none(string text)
    {
        using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(_directory["new.db"]);
        OperationFailedException failure = Assert.Throws<OperationFailedException>(
            () => CatalogueImport.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), database, null, TimeProvider.System, default));
        Assert.Equal("bad-import", failure.Failure.Code);
        using Statement any = database.Prepare("SELECT count(*) FROM entry");
        Assert.Equal(0, any.Scalar());
    }

    [Fact]
    public void A_compressed_catalogue_is_read()
    {
        MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Version1));
        }

        using CatalogueDatabase database = Imported(packed.ToArray(), "gz.db");
        Assert.Contains("second.txt", Encoding.UTF8.GetString(Exported(database, ExportFormat.Tsv)), StringComparison.Ordinal);
        Assert.Equal("catalogue-not-empty", Assert.Throws<OperationFailedException>(
            () => CatalogueImport.Read(new MemoryStream(packed.ToArray()), database, null, TimeProvider.System, default)).Failure.Code);
    }

    public void Dispose() => _directory.Dispose();

    private static byte[] Exported(CatalogueDatabase database, ExportFormat format, (long Scan, long Plan)? at = null)
    {
        MemoryStream stream = new();
        CatalogueExport.Write(stream, database, format, at ?? CatalogueJson.Newest(database), new Utc(), default);
        return stream.ToArray();
    }

    private static void Plan(CatalogueDatabase database) => database.Run("""
        INSERT INTO plan (id, uuid, created, scan, capacity, detail) VALUES (1, 'u', '2026-01-01T00:00:00Z', 1, 1000, '{}');
        INSERT INTO disc (number, plan, uuid, label, status, sectors, files, bytes) VALUES (0, 1, '2f9c1d3e-0000-4000-8000-000000000001', 'L', 'planned', 500, 2, 2);
        INSERT INTO placement (content, part, disc, offset, length) SELECT id, 0, 0, 0, size FROM content;
        UPDATE entry SET disc = 0;
        """);

    private CatalogueDatabase Imported(byte[] json, string name)
    {
        CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(_directory[name]);
        CatalogueImport.Read(new MemoryStream(json), database, null, new Utc(), default);
        return database;
    }

    private async Task<CatalogueDatabase> Scanned(bool withSha512 = false)
    {
        CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(_directory["catalogue.db"]);
        await new Scanner(TimeProvider.System).ScanAsync(database, new() { Sources = [_directory["source"]], WithSha512 = withSha512, Job = "Job \"1\"" }, new Ignored(), default);
        return database;
    }

    private void Hostile() => Shell("""
        mkdir -p source && cd source
        for n in "$(printf 'not\377utf8')" "$(printf 'new\nline')" 'quote"d' 'back\slash' "$(printf 'tab\there')" "$(printf 'cr\rcr')" "$(printf 'Icon\r')" ' ' "$(printf '\303\251')" "$(printf 'e\314\201')" \
            Case case "$(printf 'n%.0s' $(seq 255))" '-n' '*' "$(printf '\001\177')"; do echo "$n" > "./$n"; done
        ln ./Case linked; ln -s "$(printf 'to\377nowhere')" symlink; mkfifo pipe; mkdir -p "$(printf 'dir\376')/empty"
        for i in $(seq 20); do mkdir $(printf 'd%.0s' $(seq 190)); cd $(printf 'd%.0s' $(seq 190)); done; echo deep > file
        """);

    private void Shell(string script) => ForeignProgram.Shell(_directory.Path, script);

    private sealed class Utc : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    }

    private sealed class Ignored : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
        }
    }
}
