// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Spindle.Formats.Images;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Imaging.Auditing;
using Spindle.Imaging.Records;
using Spindle.Media;
using Spindle.Parity.Protecting;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Auditing;

public sealed class AuditorTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 10 * 2048).Select(number => (byte)(number * 7 % 251))];

    private readonly TempDirectory _directory = new();

    /// <summary>The eight scenarios that the makers of makeiso.py published for their own auditing, field by field.</summary>
    [Theory]
    [InlineData("pass", AuditState.Pass)]
    [InlineData("fail", AuditState.Changed)]
    [InlineData("missing", AuditState.Missing)]
    [InlineData("blank_sha", AuditState.Unverifiable)]
    [InlineData("md5_only", AuditState.Pass)]
    [InlineData("traversal", AuditState.Unverifiable)]
    [InlineData("bad_status", AuditState.Skipped)]
    [InlineData("missing_status", AuditState.Unverifiable)]
    public void A_collection_of_makeiso_is_audited_as_its_makers_say(string scenario, AuditState expected)
    {
        if (scenario is not ("missing" or "traversal"))
        {
            byte[] content = [.. Content];
            content[0] ^= scenario == "fail" ? (byte)0xFF : (byte)0;
            _directory.Write("disc.iso", content);
        }

        JsonObject manifest = Manifest(scenario == "traversal" ? "../escape.iso" : "disc.iso");
        switch (scenario)
        {
            case "blank_sha": manifest["integrity_verification"]!["sha256_source_hash"] = ""; break;
            case "md5_only": manifest["integrity_verification"]!.AsObject().Remove("sha256_source_hash"); break;
            case "bad_status": manifest["backup_status"]!["overall_status"] = "failed"; break;
            case "missing_status": manifest.Remove("backup_status"); break;
        }

        Write("disc_manifest.json", manifest);

        AuditedImage image = Assert.Single(Audit());
        Assert.Equal(expected, image.State);
        Assert.Equal("20260101T000000_test_disk9", image.RunId);
        Assert.Equal(_directory["disc_manifest.json"], Assert.Single(image.Records));
        Assert.Equal(scenario == "md5_only", image.Detail.Contains("no stronger hash is recorded", StringComparison.Ordinal));
    }

    /// <summary>Checksums are of what there was, however bad that was.</summary>
    [Fact]
    public void Checksums_beside_an_image_of_a_failed_run_do_not_make_it_good()
    {
        _directory.Write("disc.iso", Content);
        _directory.Write("disc.iso.md5", Encoding.UTF8.GetBytes($"{Convert.ToHexStringLower(MD5.HashData(Content))}  disc.iso\n"));
        JsonObject manifest = Manifest("disc.iso");
        manifest["backup_status"]!["overall_status"] = "failed";
        Write("disc_manifest.json", manifest);

        AuditedImage image = Assert.Single(Audit());

        Assert.Equal(AuditState.Unverifiable, image.State);
        Assert.StartsWith("disc_manifest.json is of a run that failed; it has its MD5", image.Detail, StringComparison.Ordinal);
        Assert.StartsWith("image its disc again", image.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null", "a blank where its SHA-256")]
    [InlineData("\"  \"", "a blank where its SHA-256")]
    [InlineData("\"12ab\"", "something else where its SHA-256")]
    [InlineData("\"zz6e27a6a5d7f0a6b8c9d0e1f2031425364758697a8b9cadbecfd0e1f2031425\"", "something else where its SHA-256")]
    [InlineData("17", "something else where its SHA-256")]
    [InlineData("{}", "something else where its SHA-256")]
    public void A_hash_that_is_none_is_not_passed_over(string value, string says)
    {
        _directory.Write("disc.iso", Content);
        JsonObject manifest = Manifest("disc.iso");
        manifest["integrity_verification"]!["sha256_source_hash"] = JsonNode.Parse(value);
        Write("disc_manifest.json", manifest);

        AuditedImage image = Assert.Single(Audit());
        Assert.Equal(AuditState.Unverifiable, image.State);
        Assert.Contains(says, image.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backup_metadata", "lacks its part backup_metadata")]
    [InlineData("backup_status", "does not say how its run ended")]
    [InlineData("output_files", "does not name its image")]
    [InlineData("integrity_verification", "has no hash of the disc")]
    public void A_manifest_that_lost_a_part_is_never_taken_for_good(string part, string says)
    {
        _directory.Write("disc.iso", Content);
        JsonObject manifest = Manifest("disc.iso");
        manifest.Remove(part);
        Write("disc_manifest.json", manifest);

        AuditedImage image = Assert.Single(Audit());
        Assert.Equal((AuditState.Unverifiable, _directory["disc.iso"]), (image.State, image.Image));
        Assert.Contains(says, image.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../escape.iso")]
    [InlineData("..")]
    [InlineData("/etc/passwd")]
    [InlineData("below/disc.iso")]
    [InlineData("..\\escape.iso")]
    [InlineData("")]
    public void A_name_that_leads_out_of_the_folder_of_its_record_is_not_followed(string name)
    {
        Write("disc_manifest.json", Manifest(name));
        _directory.Write("SHA256SUMS", Encoding.UTF8.GetBytes($"{Hex(SHA256.HashData(Content))}  ../other.iso\n"));

        IReadOnlyList<AuditedImage> images = Audit();
        Assert.All(images, image => Assert.Equal((AuditState.Unverifiable, null), (image.State, image.Image)));
        Assert.Equal(2, images.Count);
    }

    [Theory]
    [InlineData("this is no JSON")]
    [InlineData("[1, 2]")]
    [InlineData("{\"backup_metadata\": {}, \"backup_metadata\": {}}")]
    [InlineData("")]
    public void A_manifest_that_is_no_JSON_vouches_for_nothing(string text)
    {
        _directory.Write("disc.iso", Content);
        _directory.Write("disc_manifest.json", Encoding.UTF8.GetBytes(text));

        AuditedImage image = Assert.Single(Audit());
        Assert.Equal((AuditState.Unverifiable, _directory["disc.iso"]), (image.State, image.Image));
    }

    [Fact]
    public void A_manifest_in_UTF_16_is_read_by_its_mark_and_one_without_a_mark_is_not()
    {
        Directory.CreateDirectory(_directory["a"]);
        Directory.CreateDirectory(_directory["b"]);
        foreach (string folder in (string[])["a", "b"])
        {
            _directory.Write($"{folder}/disc.iso", Content);
        }

        byte[] text = Encoding.Unicode.GetBytes(Manifest("disc.iso").ToJsonString());
        _directory.Write("a/disc_manifest.json", [0xFF, 0xFE, .. text]);
        _directory.Write("b/disc_manifest.json", text);

        Assert.Equal([AuditState.Pass, AuditState.Unverifiable], Audit().OrderBy(image => image.Image).Select(image => image.State));
    }

    [Fact]
    public void A_manifest_of_a_hundred_megabytes_is_not_read_into_memory()
    {
        using (FileStream file = File.Create(_directory["disc_manifest.json"]))
        {
            file.SetLength(100 << 20);
        }

        _directory.Write("disc.iso", Content);
        long before = GC.GetTotalAllocatedBytes();
        AuditedImage image = Assert.Single(Audit());
        Assert.Equal(AuditState.Unverifiable, image.State);
        Assert.Contains("16 MiB", image.Detail, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 150 << 20);
    }

    [Theory]
    [InlineData(-2048, "2,048 bytes too short")]
    [InlineData(1, "1 byte too long")]
    public void Another_size_is_told_before_anything_is_read(int change, string says)
    {
        byte[] other = new byte[Content.Length + change];
        Content.AsSpan(0, Math.Min(other.Length, Content.Length)).CopyTo(other);
        _directory.Write("disc.iso", other);
        JsonObject manifest = Manifest("disc.iso");
        manifest["output_files"]!["iso_file_size_bytes"] = Content.Length;
        Write("disc_manifest.json", manifest);

        AuditedImage image = Assert.Single(Audit());
        Assert.Equal(AuditState.Changed, image.State);
        Assert.Contains(says, image.Detail, StringComparison.Ordinal);
        Assert.All(image.Hashes, hash => Assert.Null(hash.Found));
        Assert.Null(image.IsFromStorage);
    }

    [Fact]
    public void One_bit_is_found_in_an_image_that_takes_many_batches()
    {
        byte[] large = RandomNumberGenerator.GetBytes(5 << 20);
        string sums = $"{Hex(SHA256.HashData(large))}  large.iso\n";
        large[^1] ^= 1;
        _directory.Write("large.iso", large);
        _directory.Write("large.iso.sha256", Encoding.UTF8.GetBytes(sums));

        AuditedImage image = Assert.Single(Audit());
        Assert.Equal(AuditState.Changed, image.State);
        AuditedHash hash = Assert.Single(image.Hashes);
        Assert.Equal((sums[..64], Hex(SHA256.HashData(large))), (hash.Expected, hash.Found));
    }

    [Theory]
    [InlineData("disc.iso.sha256", "{0}  disc.iso\n")]
    [InlineData("disc.iso.sha256", "{0} *disc.iso\r\n")]
    [InlineData("disc.iso.sha256", "SHA256 (disc.iso) = {0}\n")]
    [InlineData("disc.iso.sha256", "{0}\n")]
    [InlineData("disc.iso.sha256", "SHA256   (disc.iso) = {0}\n")]
    [InlineData("SHA256SUMS", "ffff  readme.txt\n{0}  ./disc.iso\n")]
    [InlineData("sha256sums", "{0}  disc.iso")]
    public void Lists_of_hashes_are_read_as_programs_write_them(string name, string text)
    {
        _directory.Write("disc.iso", Content);
        _directory.Write(name, Encoding.UTF8.GetBytes(string.Format(System.Globalization.CultureInfo.InvariantCulture, text, Hex(SHA256.HashData(Content)).ToUpperInvariant())));

        Assert.Equal(AuditState.Pass, Assert.Single(Audit()).State);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\n \n", "is empty")]
    [InlineData("# made in 2019\n", "has no line of the image")]
    [InlineData("0123  other.iso\n", "has no line of the image")]
    [InlineData("  disc.iso\n", "something else where the SHA-256")]
    public void A_file_of_a_hash_that_lost_it_is_not_passed_over(string text, string says)
    {
        _directory.Write("disc.iso", Content);
        _directory.Write("disc.iso.sha256", Encoding.UTF8.GetBytes(text));
        Write("disc_manifest.json", Manifest("disc.iso")); // though another record agrees

        AuditedImage image = Assert.Single(Audit(), one => one.Image == _directory["disc.iso"]);
        Assert.Equal(AuditState.Unverifiable, image.State);
        Assert.Contains(says, image.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_vouches_for_images_in_folders_below_it_and_for_none_that_is_gone()
    {
        Directory.CreateDirectory(_directory["below/deep"]);
        _directory.Write("below/deep/disc.iso", Content);
        string hash = Hex(SHA256.HashData(Content));
        _directory.Write("SHA256SUMS", Encoding.UTF8.GetBytes($"{hash}  below/deep/disc.iso\n{hash}  below/gone.iso\n{hash}  nowhere/gone.iso\n"));

        Assert.Equal(
            [("below/deep/disc.iso", AuditState.Pass), ("below/gone.iso", AuditState.Missing), ("nowhere/gone.iso", AuditState.Missing)],
            Audit().Select(image => (Path.GetRelativePath(_directory.Path, image.Image!), image.State)).Order());
    }

    [Fact]
    public void A_bag_vouches_for_the_images_in_its_payload()
    {
        Directory.CreateDirectory(_directory["bag/data"]);
        _directory.Write("bag/bagit.txt", "BagIt-Version: 1.0\n"u8);
        _directory.Write("bag/data/a%b.iso", Content);
        string hash = Hex(SHA256.HashData(Content));
        _directory.Write("bag/manifest-sha256.txt", Encoding.UTF8.GetBytes($"{hash}  data/a%25b.iso\n{hash}  data/../../out.iso\n"));

        IReadOnlyList<AuditedImage> images = Audit();
        Assert.Equal([AuditState.Unverifiable, AuditState.Pass], images.Select(image => image.State));
        Assert.Equal(AuditState.Pass, Assert.Single(Audit(new() { Paths = [_directory["bag/data/a%b.iso"]] })).State); // named by itself
    }

    [Fact]
    public void Records_that_contradict_each_other_are_not_believed()
    {
        _directory.Write("disc.iso", Content);
        Write("disc_manifest.json", Manifest("disc.iso"));
        _directory.Write("disc.iso.sha256", Encoding.UTF8.GetBytes($"{new string('0', 64)}  disc.iso\n"));

        AuditedImage image = Assert.Single(Audit());
        Assert.Equal(AuditState.Unverifiable, image.State);
        Assert.Contains("it is what disc_manifest.json says, and not what disc.iso.sha256 says", image.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_is_broken_is_told_though_another_one_agrees()
    {
        _directory.Write("disc.iso", Content);
        JsonObject manifest = Manifest("disc.iso");
        manifest["integrity_verification"]!["source_hash"] = "";
        Write("disc_manifest.json", manifest);
        _directory.Write("disc.iso.sha256", Encoding.UTF8.GetBytes($"{Hex(SHA256.HashData(Content))}  disc.iso\n"));

        AuditedImage image = Assert.Single(Audit());
        Assert.Equal(AuditState.Unverifiable, image.State);
        Assert.Contains("a blank", image.Detail, StringComparison.Ordinal);
        Assert.Contains("it has its SHA-256", image.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_by_the_record_of_another_one_has_changed()
    {
        _directory.Write("disc.iso", Content);
        JsonObject manifest = Manifest("disc.iso");
        (manifest["integrity_verification"]!["source_hash"], manifest["integrity_verification"]!["sha256_source_hash"]) = (Hex(MD5.HashData([1])), Hex(SHA256.HashData([1])));
        Write("disc_manifest.json", manifest);

        AuditedImage image = Assert.Single(Audit());
        Assert.Equal(AuditState.Changed, image.State);
        Assert.Contains("its MD5 and SHA-256 are not what disc_manifest.json says", image.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_without_a_record_is_told_and_adopted_where_that_is_asked_for()
    {
        _directory.Write("disc.ISO", Content);
        Assert.Equal(AuditState.NoRecord, Assert.Single(Audit()).State);
        Assert.Equal([_directory["disc.ISO"]], Directory.GetFiles(_directory.Path));

        AuditedImage adopted = Assert.Single(Audit(new() { Paths = [_directory.Path], Adopts = true }));
        Assert.Equal(AuditState.Adopted, adopted.State);
        Assert.NotNull(adopted.Since);

        AuditedImage later = Assert.Single(Audit());
        Assert.Equal((AuditState.Pass, RecordKind.Adopted), (later.State, later.Kind));
        Assert.Equal(adopted.Since, later.Since);

        byte[] other = [.. Content];
        other[4711] ^= 4;
        _directory.Write("disc.ISO", other);
        Assert.Equal(AuditState.Changed, Assert.Single(Audit()).State);
    }

    [Fact]
    public void Records_of_other_kinds_and_of_runs_without_an_image_are_passed_over()
    {
        _directory.Write("disc_access_manifest.json", "{\"ffmpeg\": 1}"u8);
        JsonObject dry = Manifest("dry.iso");
        dry["backup_metadata"]!["dry_run"] = true;
        dry["integrity_verification"]!["source_hash"] = "dry_run_hash";
        Write("dry_manifest.json", dry);

        Assert.Equal([AuditState.Skipped, AuditState.Skipped], Audit().Select(image => image.State));
    }

    [Fact]
    public void Links_are_followed_and_told_and_pipes_are_never_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes among its files");
        using TempDirectory elsewhere = new();
        File.CreateSymbolicLink(_directory["disc.iso"], elsewhere.Write("stored", Content));
        File.CreateSymbolicLink(_directory["round.iso"], _directory["round.iso"]);
        ForeignProgram.Run("mkfifo", _directory["pipe.iso"], _directory["pipe_manifest.json"]);
        File.CreateSymbolicLink(_directory["linked_manifest.json"], _directory["pipe_manifest.json"]);
        string hash = Hex(SHA256.HashData(Content));
        _directory.Write("SHA256SUMS", Encoding.UTF8.GetBytes($"{hash}  disc.iso\n{hash}  round.iso\n{hash}  pipe.iso\n"));

        Dictionary<string, AuditedImage> images = Audit().ToDictionary(image => Path.GetFileName(image.Image ?? image.Records[0]));
        Assert.Equal(AuditState.Pass, images["disc.iso"].State);
        Assert.Contains("a link to", images["disc.iso"].Detail, StringComparison.Ordinal);
        Assert.Equal(AuditState.Missing, images["round.iso"].State);
        Assert.Equal(AuditState.Unreadable, images["pipe.iso"].State);
        Assert.Equal(AuditState.Unverifiable, images["linked_manifest.json"].State);
    }

    [Fact]
    public void A_whole_copy_is_named_and_shows_where_an_image_differs()
    {
        using TempDirectory mirror = new();
        mirror.Write("disc.iso", [1, 2, 3]); // one that helps nobody
        Directory.CreateDirectory(mirror["second"]);
        mirror.Write("second/disc.iso", Content);
        byte[] other = [.. Content];
        other[5 * 2048] ^= 1;
        other[6 * 2048] ^= 1;
        other[9 * 2048] ^= 1;
        _directory.Write("disc.iso", other);
        Write("disc_manifest.json", Manifest("disc.iso"));

        AuditedImage image = Assert.Single(Audit(new() { Paths = [_directory.Path], Copies = [mirror.Path] }));
        Assert.Equal(AuditState.Changed, image.State);
        Assert.StartsWith(mirror["second/disc.iso"] + " is whole", image.Hint, StringComparison.Ordinal);
        Assert.Equal([new SectorRange(5, 2), new SectorRange(9, 1)], image.Differing);

        File.Delete(_directory["disc.iso"]);
        image = Assert.Single(Audit(new() { Paths = [_directory.Path], Copies = [mirror.Path] }));
        Assert.Equal(AuditState.Missing, image.State);
        Assert.StartsWith(mirror["second/disc.iso"] + " is whole", image.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parity_tells_where_an_image_changed_and_what_that_hits(bool isBeyondRepair)
    {
        using TempDirectory tree = new();
        tree.Write("whole.bin", RandomNumberGenerator.GetBytes(300_000));
        tree.Write("hit.bin", RandomNumberGenerator.GetBytes(300_000));
        string image = _directory["disc.iso"];
        File.Copy(DiscImages.OfDirectory(tree.Path, "-J", "-R"), image);
        int payload = (int)(new FileInfo(image).Length / 2048);
        Protector.Protect(new() { Image = image, Redundancy = Redundancy.OfRoots(40) });
        byte[] content = File.ReadAllBytes(image);
        _directory.Write("disc.iso.sha256", Encoding.UTF8.GetBytes(Hex(SHA256.HashData(content))));
        using (ImageFile file = ImageFile.Open(image))
        {
            Volume volume = Volume.Open(file)!;
            VolumeEntry hit = volume.Walk().Single(entry => entry.Path.EndsWith("hit.bin", StringComparison.OrdinalIgnoreCase));
            using ContentStream stream = volume.OpenContent(hit);
            long first = SectorOf(content, stream);
            foreach (long sector in isBeyondRepair ? Enumerable.Range(50, payload - 60).Select(sector => (long)sector) : [first + 1, first + 2, first + 9])
            {
                content[sector * 2048] ^= 1;
            }

            _directory.Write("disc.iso", content);
            AuditedImage audited = Assert.Single(Audit());
            Assert.Equal(AuditState.Changed, audited.State);
            Assert.Contains(isBeyondRepair ? "can't give all of it back" : $"'spindle repair {image}' mends it", audited.Hint, StringComparison.Ordinal);
            Assert.True(isBeyondRepair || audited.Differing.SequenceEqual([new SectorRange(first + 1, 2), new SectorRange(first + 9, 1)]));
            Assert.Contains(audited.FilesHit, path => path.EndsWith("hit.bin", StringComparison.OrdinalIgnoreCase));
            Assert.Equal(isBeyondRepair, audited.FilesHit.Count > 1);
        }

        static long SectorOf(byte[] image, ContentStream stream)
        {
            byte[] sector = new byte[2048];
            stream.ReadExactly(sector);
            return image.AsSpan().IndexOf(sector) / 2048;
        }
    }

    [Fact]
    public void Zeros_that_are_missing_differ_from_zeros()
    {
        using SimulatedDisc whole = new(new byte[8 * 2048]);
        using SimulatedDisc cut = new(new byte[5 * 2048]);

        Assert.Equal([5L, 6L, 7L], ImageDifference.Between(whole, cut, TestContext.Current.CancellationToken));
        Assert.Empty(ImageDifference.Between(whole, whole, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Paths_that_lie_in_one_another_are_audited_once_and_one_that_is_not_there_is_said_at_once()
    {
        Directory.CreateDirectory(_directory["below"]);
        _directory.Write("below/disc.iso", Content);
        Write("below/disc_manifest.json", Manifest("disc.iso"));

        Assert.Single(Audit(new() { Paths = [_directory["below"], _directory.Path, _directory["below/disc.iso"], _directory["below/disc_manifest.json"]] }));
        Assert.Single(Audit(new() { Paths = [_directory["below/disc_manifest.json"]] }));
        OperationFailedException e = Assert.Throws<OperationFailedException>(() => new Auditor(TimeProvider.System).Audit(new() { Paths = [_directory["nowhere"]] }, Silent, default));
        Assert.Equal("no-such-source", e.Failure.Code);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void All_of_many_are_told_and_the_last_progress_says_the_end(int jobs)
    {
        for (int number = 0; number < 300; number++)
        {
            _directory.Write($"{number:D3}.iso", [(byte)(number & 255), (byte)(number >> 8)]);
            _directory.Write($"{number:D3}.iso.md5", Encoding.UTF8.GetBytes(Hex(MD5.HashData([(byte)(number & 255), (byte)(number == 77 ? 9 : number >> 8)]))));
        }

        Told told = new();
        AuditedImage[] images = [.. new Auditor(TimeProvider.System).Audit(new() { Paths = [_directory.Path], Jobs = jobs }, told, default)];
        Assert.Equal(300, images.Select(image => image.Image).Distinct().Count());
        Assert.Equal(_directory["077.iso"], Assert.Single(images, image => image.State == AuditState.Changed).Image);
        Assert.True(jobs > 1 || images.Select(image => image.Image).SequenceEqual(images.Select(image => image.Image).Order(StringComparer.Ordinal)));
        Assert.Equal((600L, 600L, 1L), (told.Last.Done, told.Last.Total, told.Last.Trouble!.Value.Count));
    }

    [Fact]
    public void A_sample_takes_those_that_wait_longest_and_what_is_not_due_is_left_out()
    {
        for (int number = 0; number < 10; number++)
        {
            _directory.Write($"{number}.iso", [(byte)number]);
            _directory.Write($"{number}.iso.md5", Encoding.UTF8.GetBytes(Hex(MD5.HashData([(byte)number]))));
        }

        DateTimeOffset now = DateTimeOffset.UtcNow;
        Past past = new(image => Path.GetFileName(image)[0] is var digit && digit == '9' ? null : now.AddDays(-10 * (digit - '0')));
        string[] Taken(AuditRequest request, int seed = 1) =>
            [.. new Auditor(TimeProvider.System, past, random: new(seed)).Audit(request, Silent, default).Select(image => Path.GetFileNameWithoutExtension(image.Image)!)];

        Assert.Equal(["7", "8", "9"], Taken(new() { Paths = [_directory.Path], Share = 0.3 }));
        Assert.Equal(["5", "6", "7", "8", "9"], Taken(new() { Paths = [_directory.Path], OlderThan = TimeSpan.FromDays(45) }));
        Assert.Equal(["8", "9"], Taken(new() { Paths = [_directory.Path], Done = Enumerable.Range(0, 8).Select(number => _directory[$"{number}.iso"]).ToHashSet() }));

        string[][] samples = [.. Enumerable.Range(0, 20).Select(seed => new Auditor(TimeProvider.System, random: new(seed))
            .Audit(new() { Paths = [_directory.Path], Share = 0.2 }, Silent, default).Select(image => image.Image!).ToArray())];
        Assert.All(samples, sample => Assert.Equal(2, sample.Length));
        Assert.Equal(10, samples.SelectMany(sample => sample).Distinct().Count()); // each has its chance
    }

    [Fact]
    public void It_stops_in_the_midst_and_ends_all_its_threads()
    {
        using (FileStream file = File.Create(_directory["disc.iso"]))
        {
            file.SetLength(4L << 30);
        }

        _directory.Write("disc.iso.md5", Encoding.UTF8.GetBytes(new string('0', 32)));
        using CancellationTokenSource stop = new();
        Told told = new() { When = done => done > 0, Then = stop.Cancel };
        Assert.ThrowsAny<OperationCanceledException>(() => new Auditor(TimeProvider.System).Audit(new() { Paths = [_directory.Path] }, told, stop.Token).ToList());
    }

    public void Dispose() => _directory.Dispose();

    private static readonly Told Silent = new();

    private IReadOnlyList<AuditedImage> Audit(AuditRequest? request = null) =>
        [.. new Auditor(TimeProvider.System).Audit(request ?? new() { Paths = [_directory.Path] }, Silent, TestContext.Current.CancellationToken)];

    private static JsonObject Manifest(string image) => new()
    {
        ["backup_metadata"] = new JsonObject { ["run_id"] = "20260101T000000_test_disk9", ["created"] = "2026-01-01T00:00:00" },
        ["backup_status"] = new JsonObject { ["overall_status"] = "success" },
        ["output_files"] = new JsonObject { ["iso_filename"] = image },
        ["integrity_verification"] = new JsonObject
        {
            ["hash_algorithm"] = "MD5",
            ["source_hash"] = Hex(MD5.HashData(Content)),
            ["sha256_source_hash"] = Hex(SHA256.HashData(Content)),
        },
    };

    private void Write(string name, JsonObject manifest) => _directory.Write(name, Encoding.UTF8.GetBytes(manifest.ToJsonString()));

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);

    private sealed class Past(Func<string, DateTimeOffset?> last) : IAuditHistory
    {
        public DateTimeOffset? LastPass(string image) => last(image);
    }

    private sealed class Told : IProgress<WorkProgress>
    {
        public WorkProgress Last { get; private set; }

        public Func<long, bool> When { get; init; } = _ => false;

        public Action Then { get; init; } = () => { };

        public void Report(WorkProgress value)
        {
            Last = value;
            if (value.Stage == "auditing" && When(value.Done))
            {
                Then();
            }
        }
    }
}
