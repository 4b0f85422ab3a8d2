// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;
using Spindle.Formats.Udf;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Volumes;

/// <summary>Whatever sectors of a disc are lost: each of its files is what it was, or told to be damaged, or names are told to be missing.</summary>
/// <remarks>Some hundreds of cases, or 20,000 where SPINDLE_LARGE_TESTS is set: always the same ones.</remarks>
public sealed class NothingUnknownIsShownAsKnownTests : IDisposable
{
    private const int Cases = 60;
    private const int ManyCases = 2000;

    private readonly TempDirectory _temp = new();

    [Theory]
    [InlineData("udf102")]
    [InlineData("udf201")]
    [InlineData("udf250")]
    public void On_discs_of_our_own(string kind) => Try(new(kind, Own(kind)));

    [Theory]
    [InlineData("rock ridge and joliet", "genisoimage -quiet -R -J -joliet-long")]
    [InlineData("joliet", "genisoimage -quiet -J -joliet-long")]
    [InlineData("plain", "genisoimage -quiet -iso-level 4 -U")]
    [InlineData("udf bridge", "genisoimage -quiet -udf -R")]
    [InlineData("rock ridge of xorriso", "xorriso -as mkisofs -quiet -R")]
    [InlineData("hfs+ of xorriso", "xorriso -as mkisofs -quiet -R -hfsplus", VolumeView.HfsPlus)]
    [InlineData("hybrid", "genisoimage -quiet -R -hfs -part")]
    [InlineData("hybrid", "genisoimage -quiet -R -hfs -part", VolumeView.Hfs)]
    [InlineData("hybrid", "genisoimage -quiet -R -J -hfs -part", VolumeView.Iso9660)]
    public void On_discs_of_others(string name, string command, VolumeView? view = null)
    {
        string root = SourceTree.Make(_temp, withLinks: name is not ("joliet" or "plain" or "hybrid"));
        string[] words = command.Split(' ');
        ForeignProgram.Run(words[0], [.. words[1..], "-o", _temp["disc.iso"], root]);
        Try(new($"{name} {view}", File.ReadAllBytes(_temp["disc.iso"]), view));
    }

    [Fact]
    public void On_an_HFS_volume_in_pieces()
    {
        ForeignProgram.PathOf("hformat");
        const string commands = """
            export HOME=$PWD
            truncate -s 1500K disc.img; hformat -l Pieces disc.img
            for n in $(seq 1 60); do head -c $((n * 300)) /dev/urandom > f$n; hcopy -r f$n :; done
            for n in $(seq 1 2 60); do hdel :f$n; done
            head -c 300000 /dev/urandom > big; hcopy -r big :; hmkdir :sub; hcopy -r f60 :sub:; humount
            """;
        ForeignProgram.RunIn(_temp.Path, "bash", "-c", commands);
        Try(new("hfs", File.ReadAllBytes(_temp["disc.img"])));
    }

    [Theory]
    [InlineData("continued", false)]
    [InlineData("written piece by piece", true)]
    public void On_UDF_laid_out_by_hand(string name, bool isVirtual) => Try(new(name, UdfLaidOut.InAllWays(isVirtual)));

    [Fact]
    public void On_images_that_are_named()
    {
        string? folder = Environment.GetEnvironmentVariable("SPINDLE_DAMAGED_IMAGES");
        Assert.SkipWhen(folder is null, "SPINDLE_DAMAGED_IMAGES names no folder of images");
        foreach (string path in Directory.GetFiles(folder!))
        {
            Try(new(Path.GetFileName(path), File.ReadAllBytes(path)));
        }
    }

    public void Dispose() => _temp.Dispose();

    private static byte[] Own(string kind)
    {
        MasteredDisc disc = SampleTrees.Links(new()
        {
            VolumeIdentifier = "Known",
            Revision = kind switch { "udf102" => UdfRevision.Udf102, "udf250" => UdfRevision.Udf250, _ => UdfRevision.Udf201 },
            UdfSymlinks = true,
        });
        return disc.Write(disc.Layout());
    }

    private static void Try(DamagedImage image)
    {
        Assert.True(image.Count > 10, $"{image.Name} has {image.Count} files");
        int cases = int.TryParse(Environment.GetEnvironmentVariable("SPINDLE_DAMAGED_CASES"), out int asked) ? asked : Environment.GetEnvironmentVariable("SPINDLE_LARGE_TESTS") == "1" ? ManyCases : Cases;
        Random random = new(17);
        List<string> wrong = [];
        for (int number = 0; number < cases; number++)
        {
            // One sector, or one in a hundred; the beginning, where the structures are, more often than the rest.
            long within = number % 2 == 0 ? image.Sectors : Math.Min(image.Sectors, 600);
            int count = number % 5 == 4 ? (int)Math.Max(2, image.Sectors / 100) : 1;
            long[] lost = [.. Enumerable.Range(0, count).Select(_ => random.NextInt64(count > 1 ? image.Sectors : within)).Distinct().Order()];
            bool isZeros = number % 3 == 0;
            if (image.Judge(lost, isZeros) is { } fault)
            {
                wrong.Add($"{image.Name}, {(isZeros ? "zeros" : "unreadable")} {string.Join(' ', lost)}: {fault}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {cases}:\n{string.Join('\n', wrong.Take(20))}");
    }
}
