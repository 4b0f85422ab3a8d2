// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Spindle.EndToEnd.Tests.Programs;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests;

/// <summary>What packages are made by (eng/packages, eng/changelog), without a release: that is tried by eng/packages/check.</summary>
public sealed class PackagingTests : IDisposable
{
    private const string Epoch = "1700000000"; // 14 November 2023

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_wheel_holds_the_program_and_a_record_of_every_file()
    {
        string program = Program("spindle", "libe_sqlite3.so");

        string wheel = (await PythonAsync("eng/packages/wheel.py", "linux-x64", program, "1.2.3", _directory.Path)).EndedWith(0).Output.Trim();

        Assert.Equal("spindle_discs-1.2.3-py3-none-manylinux_2_34_x86_64.whl", Path.GetFileName(wheel));
        using ZipArchive archive = ZipFile.OpenRead(wheel);
        string[] record = TextOf(archive, "spindle_discs-1.2.3.dist-info/RECORD").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal), record.Select(line => line.Split(',')[0]).Order(StringComparer.Ordinal));
        foreach (string[] line in record.Select(line => line.Split(',')).Where(line => !line[0].EndsWith("RECORD", StringComparison.Ordinal)))
        {
            byte[] content = Encoding.Latin1.GetBytes(TextOf(archive, line[0], Encoding.Latin1));
            string digest = Convert.ToBase64String(SHA256.HashData(content)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
            Assert.Equal([$"sha256={digest}", content.Length.ToString(CultureInfo.InvariantCulture)], line[1..]);
        }

        ZipArchiveEntry script = archive.GetEntry("spindle_discs-1.2.3.data/scripts/spindle")!;
        Assert.Equal(0b111_101_101, (script.ExternalAttributes >> 16) & 0x1FF); // rwxr-xr-x
        Assert.NotNull(archive.GetEntry("spindle_discs-1.2.3.data/data/lib/spindle/libe_sqlite3.so"));
        Assert.Contains("Tag: py3-none-manylinux_2_34_x86_64\n", TextOf(archive, "spindle_discs-1.2.3.dist-info/WHEEL"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wheel_comes_out_the_same_again_and_its_judge_sees_one_changed_byte()
    {
        string program = Program("spindle.exe");
        string wheel = (await PythonAsync("eng/packages/wheel.py", "win-x64", program, "1.2.3", _directory.Path)).EndedWith(0).Output.Trim();
        byte[] first = await File.ReadAllBytesAsync(wheel, TestContext.Current.CancellationToken);
        (await PythonAsync("eng/packages/wheel.py", "win-x64", program, "1.2.3", _directory.Path)).EndedWith(0);

        Assert.Equal(first, await File.ReadAllBytesAsync(wheel, TestContext.Current.CancellationToken));
        (await PythonAsync("eng/packages/check-wheel.py", wheel)).EndedWith(0);

        using (ZipArchive archive = ZipFile.Open(wheel, ZipArchiveMode.Update))
        {
            archive.GetEntry("spindle_discs-1.2.3.data/scripts/spindle.exe")!.Delete();
            using Stream other = archive.CreateEntry("spindle_discs-1.2.3.data/scripts/spindle.exe").Open();
            other.Write("MX program"u8);
        }

        Assert.Contains("is not as RECORD says", (await PythonAsync("eng/packages/check-wheel.py", wheel)).EndedWith(1).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bill_of_materials_lists_what_the_lock_files_have_and_nothing_that_only_builds()
    {
        JsonElement bill = (await PythonAsync("eng/packages/sbom.py", "1.2.3", "https://example.org/spindle", "10.0.12")).EndedWith(0).Json;

        Assert.Equal("CycloneDX", bill.GetProperty("bomFormat").GetString());
        Dictionary<string, string> components = bill.GetProperty("components").EnumerateArray()
            .ToDictionary(one => one.GetProperty("name").GetString()!, one => one.GetProperty("version").GetString()!);
        IEnumerable<(string Name, string Version)> shipped = XDocument.Load(Repository.File("Directory.Packages.props")).Descendants("ItemGroup").First().Elements()
            .Select(package => (package.Attribute("Include")!.Value, package.Attribute("Version")!.Value));
        Assert.All(shipped, package => Assert.Equal(package.Version, components[package.Name]));
        Assert.DoesNotContain(components.Keys, name => name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) || name.StartsWith("Spindle", StringComparison.Ordinal) || name.StartsWith("xunit", StringComparison.Ordinal));
        Assert.Equal("10.0.12", components[".NET Runtime"]);
        Assert.Equal("2023-11-14T22:13:20Z", bill.GetProperty("metadata").GetProperty("timestamp").GetString());
    }

    [Fact]
    public async Task What_package_managers_fetch_is_named_with_its_sum()
    {
        foreach (string file in (string[])["linux-x64.tar.gz", "linux-arm64.tar.gz", "osx-x64.tar.gz", "osx-arm64.tar.gz"])
        {
            _directory.Write($"spindle-1.2.3-{file}", Encoding.ASCII.GetBytes(file));
        }

        using (ZipArchive windows = ZipFile.Open(_directory["spindle-1.2.3-win-x64.zip"], ZipArchiveMode.Create))
        {
            windows.CreateEntry("spindle-1.2.3-win-x64/spindle.exe");
        }

        (await PythonAsync("eng/packages/manifests.py", "1.2.3", "https://example.org/spindle", _directory.Path)).EndedWith(0);

        (await PythonAsync("eng/packages/check-manifests.py", _directory.Path, "1.2.3")).EndedWith(0);
        string arm = Convert.ToHexStringLower(SHA256.HashData("osx-arm64.tar.gz"u8));
        string formula = await File.ReadAllTextAsync(_directory["spindle.rb"], TestContext.Current.CancellationToken);
        Assert.Contains($"url \"https://example.org/spindle/releases/download/v1.2.3/spindle-1.2.3-osx-arm64.tar.gz\"\n      sha256 \"{arm}\"", formula, StringComparison.Ordinal);
        Assert.Contains("PackageVersion: '1.2.3'", await File.ReadAllTextAsync(_directory["Spindle.Spindle.installer.yaml"], TestContext.Current.CancellationToken), StringComparison.Ordinal);

        // Files that changed after that are noticed.
        _directory.Write("spindle-1.2.3-linux-x64.tar.gz", "another"u8);
        Assert.Contains("the sum of spindle-1.2.3-linux-x64.tar.gz is another", (await PythonAsync("eng/packages/check-manifests.py", _directory.Path, "1.2.3")).EndedWith(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_gathers_the_changes_under_its_version()
    {
        Directory.CreateDirectory(_directory["changes/unreleased"]);
        _directory.Write("Directory.Build.props", "<Project><Version>0.9.0</Version></Project>"u8);
        _directory.Write("changes/unreleased/7-colons.md", "Fixed: names: with colons\n\nThey were lost. 100 % of them.\n\n#7\n"u8);
        _directory.Write("changes/unreleased/12-moon.md", "Added: discs on the moon\n\n#12\n"u8);

        string debian = (await ChangelogAsync("debian")).EndedWith(0).Output;
        string rpm = (await ChangelogAsync("rpm")).EndedWith(0).Output;
        (await ChangelogAsync("release", "1.0.0")).EndedWith(0);

        Assert.Equal("1.0.0\n", (await ChangelogAsync("version")).EndedWith(0).Output);
        Assert.True(File.Exists(_directory["changes/1.0.0_2023-11-14/7-colons.md"]));
        Assert.Equal(
            """
            # Changes

            ## 1.0.0 (2023-11-14)

            ### Added

            - **discs on the moon**

            ### Fixed

            - **names: with colons**

              They were lost. 100 % of them.

            """,
            await File.ReadAllTextAsync(_directory["CHANGELOG.md"], TestContext.Current.CancellationToken));
        Assert.StartsWith("spindle (0.9.0-1) unstable; urgency=medium\n\n  * Added: discs on the moon\n  * Fixed: names: with colons\n\n -- ", debian, StringComparison.Ordinal);
        Assert.EndsWith(">  Tue, 14 Nov 2023 22:13:20 +0000\n", debian, StringComparison.Ordinal);
        Assert.StartsWith("* Tue Nov 14 2023 ", rpm, StringComparison.Ordinal);
        Assert.Contains("nothing has changed", (await ChangelogAsync("release", "1.0.1")).EndedWith(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_for_macOS_is_held_against_its_signature_page_by_page()
    {
        byte[] program = MachO(pages: 3);
        string good = _directory.Write("good", program);
        program[(2 << 12) + 5] ^= 1;
        string changed = _directory.Write("changed", program);
        string cut = _directory.Write("cut", MachO(pages: 3).AsSpan(..^1));

        Assert.Contains("arm64, signed ad hoc, 3 pages as signed, macOS 12.0 or newer", (await PythonAsync("eng/packages/macho.py", good)).EndedWith(0).Output, StringComparison.Ordinal);
        Assert.Contains("1 of 3 pages are not as signed, the first of them 2", (await PythonAsync("eng/packages/macho.py", good, changed)).EndedWith(1).Error, StringComparison.Ordinal);
        Assert.Contains("the signature ends at", (await PythonAsync("eng/packages/macho.py", cut)).EndedWith(1).Error, StringComparison.Ordinal);
        Assert.Contains("no program of 64 bits", (await PythonAsync("eng/packages/macho.py", _directory.Write("elf", new byte[64]))).EndedWith(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_scripts_that_make_a_release_have_nothing_that_shellcheck_knows_as_a_mistake()
    {
        IEnumerable<string> scripts = Directory.EnumerateFiles(Repository.File("eng/packages")).Append(Repository.File("eng/release"))
            .Where(file => File.ReadLines(file).First().Contains("bash", StringComparison.Ordinal));

        await ForeignTool.AcceptsAsync("shellcheck", Repository.File("eng/packages"), ["--external-sources", .. scripts]);
    }

    /// <summary>A program of arm64 that does nothing: header, two load commands, pages of 4096 bytes, and a signature by mach-o/loader.h and cs_blobs.h.</summary>
    private static byte[] MachO(int pages)
    {
        const int CodeDirectoryLength = 44 + 2;
        int limit = (pages << 12) - 100;
        byte[] file = new byte[limit + 20 + CodeDirectoryLength + (pages * 32)];
        new Random(1).NextBytes(file.AsSpan(80, limit - 80));
        Little(0, 0xFEEDFACF, 0x0100000C, 0, 2, 2, 40, 0, 0); // magic, CPU_TYPE_ARM64, subtype, MH_EXECUTE, commands and their length, flags, reserved
        Little(32, 0x32, 24, 1, 0x000C0000, 0, 0); // LC_BUILD_VERSION: macOS, 12.0
        Little(56, 0x1D, 16, (uint)limit, (uint)(file.Length - limit)); // LC_CODE_SIGNATURE
        Big(limit, 0xFADE0CC0, (uint)(file.Length - limit), 1, 0, 20); // one blob, 20 bytes from here
        Big(limit + 20, 0xFADE0C02, (uint)(CodeDirectoryLength + (pages * 32)), 0x20400, 2, CodeDirectoryLength, 44, 0, (uint)pages, (uint)limit);
        (file[limit + 56], file[limit + 57], file[limit + 59], file[limit + 64]) = (32, 2, 12, (byte)'x'); // hash size, SHA-256, 2^12 bytes a page, identifier
        for (int page = 0; page < pages; page++)
        {
            SHA256.HashData(file.AsSpan((page << 12)..Math.Min((page + 1) << 12, limit)), file.AsSpan(limit + 20 + CodeDirectoryLength + (page * 32), 32));
        }

        return file;

        void Little(int at, params uint[] numbers)
        {
            foreach (uint number in numbers)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), number);
                at += 4;
            }
        }

        void Big(int at, params uint[] numbers)
        {
            foreach (uint number in numbers)
            {
                BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at), number);
                at += 4;
            }
        }
    }

    private static string TextOf(ZipArchive archive, string name, Encoding? encoding = null)
    {
        using StreamReader reader = new(archive.GetEntry(name)!.Open(), encoding ?? Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private string Program(params string[] files)
    {
        string folder = Directory.CreateDirectory(_directory["program"]).FullName;
        foreach (string file in files)
        {
            File.WriteAllText(Path.Combine(folder, file), $"MZ {file}");
        }

        return folder;
    }

    private Task<ProgramResult> PythonAsync(string script, params string[] arguments) => RunAsync(script, root: null, arguments);

    private Task<ProgramResult> ChangelogAsync(params string[] arguments) => RunAsync("eng/changelog", _directory.Path, arguments);

    private async Task<ProgramResult> RunAsync(string script, string? root, string[] arguments)
    {
        using RunningProgram program = new(
            ForeignTool.PathOf("python3"),
            [Repository.File(script), .. arguments],
            _directory.Path,
            new Dictionary<string, string?> { ["SOURCE_DATE_EPOCH"] = Epoch, ["SPINDLE_ROOT"] = root });
        return await program.EndAsync();
    }
}
