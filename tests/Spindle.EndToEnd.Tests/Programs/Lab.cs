// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests.Programs;

/// <summary>Guests of tests/lab, with optical drives, and a small disc for them. Where no engine works, tests are skipped and say so.</summary>
public sealed class Lab : IDisposable
{
    private const long FileLength = 9_000_000;

    /// <summary>What the guest shares with the host; what it writes elsewhere is gone at its end.</summary>
    public const string Shared = "/mnt/shared";

    /// <summary>Prints what the drive says of its disc, in the numbers of linux/cdrom.h, without closing its tray.</summary>
    public const string DriveStatus =
        "/usr/bin/python3 -c 'import fcntl, os; print(\"status\", fcntl.ioctl(os.open(\"/dev/sr0\", os.O_RDONLY | os.O_NONBLOCK), 0x5326, 0x7FFFFFFF))'";

    public const string TrayOpen = "status 2";
    public const string DiscReady = "status 4";

    private readonly TempDirectory _directory = new();
    private readonly Lazy<Task<string>> _disc;

    public Lab() => _disc = new(MakeDiscAsync);

    private static string Script => Repository.File("tests/lab/optical-lab");

    /// <summary>The disc's image; the test is skipped where there is no lab, or no xorriso.</summary>
    public Task<string> DiscAsync() => _disc.Value;

    public void Dispose() => _directory.Dispose();

    /// <summary>Runs a script of bash in a guest, in which <c>spindle</c> is the program and <c>$out</c> a folder that is kept.</summary>
    /// <param name="kept">That folder, on this side.</param>
    /// <param name="drives">What drives there are, in the options of optical-lab.</param>
    /// <param name="script">The script; what it exits with is the result's exit code.</param>
    internal static async Task<ProgramResult> RunAsync(string kept, IEnumerable<string> drives, string script)
    {
        string whole = $"""
            out={Shared}
            spindle() (exec '{SpindleProgram.Path}' "$@")
            lab() (exec '{Script}' "$@")
            echo 0 > /proc/sys/dev/cdrom/autoclose
            {script}
            """;
        using RunningProgram program = new(
            Script, ["run", "--timeout", "120", .. drives, "--share", $"{kept}:{Shared}:rw", "--", "bash", "-c", whole], kept);
        return await program.EndAsync();
    }

    /// <summary>Makes a blank disc, and tells its file: the sectors lie in the one with <c>.data</c> behind its name.</summary>
    /// <param name="file">What it is to be called.</param>
    /// <param name="kind">One of those of optical-lab.</param>
    /// <param name="sectors">How many it has.</param>
    /// <param name="faults">What goes wrong on it, as tests/lab/burnable.py has it.</param>
    internal static async Task<string> BlankAsync(string file, string kind, int sectors, string faults = "{}")
    {
        await ForeignTool.AcceptsAsync(Script, "/", "blank", kind, file, sectors.ToString(CultureInfo.InvariantCulture), faults);
        return file;
    }

    /// <summary>Where the lab's engine only reads.</summary>
    internal static void SkipWithoutBurner(ProgramResult result) =>
        Assert.SkipWhen(result.Error.Contains("uml only", StringComparison.Ordinal), "this engine of the lab has no burner");

    private async Task<string> MakeDiscAsync()
    {
        ProgramResult ready = await ForeignTool.RunAsync(Script, "/", "ready");
        Assert.SkipUnless(ready.ExitCode == 0, $"there is no lab here: {ready.Error.Trim()}");
        string files = Directory.CreateDirectory(_directory["files"]).FullName;
        Discs.Files.WriteRandom(Path.Combine(files, "a.bin"), FileLength, seed: 1);
        Discs.Files.WriteRandom(Path.Combine(files, "b.bin"), FileLength, seed: 2);
        await ForeignTool.AcceptsAsync("xorriso", _directory.Path, "-as", "mkisofs", "-quiet", "-R", "-J", "-V", "LAB_DISC", "-o", "disc.iso", "files");
        return _directory["disc.iso"];
    }
}
