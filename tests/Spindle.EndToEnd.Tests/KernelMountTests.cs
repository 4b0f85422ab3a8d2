// SPDX-License-Identifier: MIT
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests;

/// <summary>Linux mounts a disc, Spindle reads it itself: names, sizes, times, targets and every byte must be the same.</summary>
/// <remarks>All images in one guest, for a guest takes seconds to start. A guest has no HFS+ tools: those volumes come from xorriso.</remarks>
[Trait("with", "lab")]
public sealed class KernelMountTests(Lab lab) : IClassFixture<Lab>, IDisposable
{
    // Size only of files, target only of links: a directory's size is the file system's own affair.
    private const string Judge =
        """
        describe() { (cd "$1" && find . -mindepth 1 \( -type f -printf '%P f %s %TY-%Tm-%Td %TH:%TM\n' -o -type l -printf '%P l %l\n' -o -printf '%P d\n' \) | LC_ALL=C sort
                      cd "$1" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 -r sha256sum); }
        judge() { # IMAGE TYPE VIEW OPTIONS
          rm -rf /tmp/ours; mkdir -p /tmp/kernel
          mount -t "$2" -o "loop,ro$4" "$1" /tmp/kernel || { echo "$1 $2: not mounted"; return; }
          # Plain ISO 9660 names end with a version, and with a dot where there is no extension: both are left out by us.
          describe /tmp/kernel | sed -E 's/\.?;1( f |$)/\1/' > /tmp/kernel.txt; umount /tmp/kernel
          spindle extract "$1" --view "$3" --to /tmp/ours --quiet || echo "$1 $3: extract ended with $?"
          describe /tmp/ours > /tmp/ours.txt
          if diff /tmp/kernel.txt /tmp/ours.txt; then echo "$1 $3: same, $(wc -l < /tmp/ours.txt) lines"; else echo "$1 $3: DIFFERENT"; fi
        }
        """;

    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task Every_view_shows_what_the_kernel_shows()
    {
        await lab.DiscAsync();
        string tree = Directory.CreateDirectory(_directory["tree"]).FullName;
        MakeTree(tree);
        await MakeAsync("xorriso", "-as", "mkisofs", "-quiet", "-R", "-J", "-joliet-long", "-hfsplus", "-o", "xorriso.iso", "tree");
        await MakeAsync("genisoimage", "-quiet", "-R", "-J", "-udf", "-o", "bridge.iso", "tree");
        foreach (string revision in new[] { "1.02", "1.50", "2.01" })
        {
            await MakeAsync("truncate", "-s", "24M", $"udf{revision}.img");
            await MakeAsync("mkudffs", "-m", "hd", "-b", "2048", "-r", revision, $"udf{revision}.img");
        }

        ProgramResult result = await Lab.RunAsync(
            _directory.Path,
            ["--no-drive"],
            $$"""
            {{Judge}}
            export TZ=UTC; cd $out
            for image in udf*.img; do
              mkdir -p /tmp/fill && mount -t udf -o loop $image /tmp/fill && cp -a tree/. /tmp/fill/ && sync && umount /tmp/fill || echo "$image: not filled"
              judge $image udf udf
            done
            judge xorriso.iso iso9660 rockridge
            judge xorriso.iso iso9660 joliet ,norock,iocharset=utf8
            judge xorriso.iso iso9660 iso9660 ,norock,nojoliet,map=off
            judge xorriso.iso hfsplus hfsplus ,nodecompose
            judge bridge.iso udf udf
            judge bridge.iso iso9660 rockridge
            """);

        string[] verdicts = [.. result.EndedWith(0).Output.Split('\n').Where(line => line.Contains("img ", StringComparison.Ordinal) || line.Contains("iso ", StringComparison.Ordinal))];
        Assert.True(verdicts.Length == 9 && verdicts.All(line => line.Contains(": same, ", StringComparison.Ordinal)), result.ToString());
    }

    public void Dispose() => _directory.Dispose();

    private static void MakeTree(string tree)
    {
        Directory.CreateDirectory(Path.Combine(tree, "photos/1998/summer"));
        Directory.CreateDirectory(Path.Combine(tree, "empty"));
        Files.WriteRandom(Path.Combine(tree, "big.bin"), 5_000_001, seed: 3);
        Files.WriteRandom(Path.Combine(tree, "photos/1998/summer/sea.jpg"), 70_000, seed: 4);
        File.WriteAllText(Path.Combine(tree, "photos/1998/a rather long name with spaces.txt"), "spaces");
        File.WriteAllText(Path.Combine(tree, "photos/Größe.txt"), "umlauts");
        File.WriteAllBytes(Path.Combine(tree, "nothing"), []);
        File.CreateSymbolicLink(Path.Combine(tree, "photos/latest"), "1998/summer/sea.jpg");
        for (int i = 0; i < 300; i++)
        {
            File.WriteAllText(Path.Combine(tree, $"photos/1998/f{i:D4}.txt"), $"{i}");
        }

        foreach (string path in Directory.EnumerateFiles(tree, "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(path, new(1998, 7, 14, 15, 9, 26, DateTimeKind.Utc));
        }
    }

    private Task<ProgramResult> MakeAsync(string program, params string[] arguments) => ForeignTool.AcceptsAsync(program, _directory.Path, arguments);
}
