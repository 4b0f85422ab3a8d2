// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Parity.DiscSet;
using Spindle.Testing;

namespace Spindle.Archiving.Tests.Sets;

/// <summary>In fifty years nobody may have Spindle: others restore from what it made, and so do the two programs that lie beside it.</summary>
public sealed class SetJudgesTests
{
    [Fact]
    public void Par2_restores_all_ways_to_lose_three() => EachWay((folder, _, _) => ForeignProgram.RunIn(folder, "par2", "repair", "-q", FirstVolume(folder)), "par2", step: 1);

    [Fact]
    public void Parchive_restores_all_ways_to_lose_three() => EachWay((folder, _, _) => ForeignProgram.RunIn(folder, "parchive", "r", FirstVolume(folder)), "parchive", step: 1);

    [Fact]
    public void The_C_program_restores_all_ways_to_lose_discs()
    {
        string compiler = ForeignProgram.PathOf("cc");
        EachWay(
            (folder, lost, parity) =>
            {
                if (!File.Exists(Path.Combine(folder, "setparity")))
                {
                    ForeignProgram.RunIn(folder, compiler, "-std=c99", "-Wall", "-Werror", "-O1", "-o", "setparity", Path.Combine(parity, "setparity.c"));
                }

                ForeignProgram.RunIn(folder, Path.Combine(folder, "setparity"), Words(folder, lost, parity));
            },
            "cc",
            step: 1);
    }

    [Fact]
    public void The_Python_program_restores_all_ways_to_lose_discs() => EachWay(
        (folder, lost, parity) => ForeignProgram.RunIn(folder, "python3", [Path.Combine(parity, "setparity.py"), .. Words(folder, lost, parity)]), "python3", step: 1);

    [Fact]
    public void Par2_takes_one_row_of_a_set_with_more()
    {
        ForeignProgram.PathOf("par2");
        using SetOfImages set = new(9, 5);
        set.Lose("Job_0004.iso");
        File.Copy(set.PathOf(set.Names[9]), Path.Combine(set.Images, set.Names[9]));

        ForeignProgram.RunIn(set.Images, "par2", "repair", "-q", set.Names[9]);

        Assert.Equal(set.Whole["Job_0004.iso"], File.ReadAllBytes(set.PathOf("Job_0004.iso")));
    }

    [Fact]
    public void The_largest_set_is_restored_by_others()
    {
        ForeignProgram.PathOf("par2");
        using SetOfImages set = new(255, 3, length: 2000);
        string[] lost = ["Job_0001.iso", "Job_0100.iso", "Job_0254.iso"];
        set.Lose(lost);
        Array.ForEach(set.Names[255..], name => File.Copy(set.PathOf(name), Path.Combine(set.Images, name)));

        ForeignProgram.RunIn(set.Images, "par2", "repair", "-q", set.Names[255]);

        Assert.All(lost, name => Assert.Equal(set.Whole[name], File.ReadAllBytes(set.PathOf(name))));
    }

    [Fact]
    public void What_lies_beside_the_parity_says_what_to_do()
    {
        using SetOfImages set = new(3, 2);

        string readme = File.ReadAllText(Path.Combine(set.Parity, "README.TXT"));

        Assert.Contains("any 2 may be lost", readme, StringComparison.Ordinal);
        Assert.Contains($"par2 repair {set.Names[3]}", readme, StringComparison.Ordinal);
        Assert.Equal(["Job_S000.p01", "Job_S000.p02", "README.TXT", "format.txt", "set.tsv", "setparity.c", "setparity.py"], Directory.GetFiles(set.Parity).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(set.Made.Table.ToString(), SetTable.TryRead(Encoding.ASCII.GetBytes(File.ReadAllText(Path.Combine(set.Parity, "set.tsv"))))!.ToString());
    }

    /// <summary>Loses members of 6+3 in a folder that has all of them, has the discs among them restored, and holds these against what they were.</summary>
    private static void EachWay(Action<string, string[], string> restore, string judge, int step)
    {
        ForeignProgram.PathOf(judge);
        using SetOfImages set = new(6, 3);
        string folder = Directory.CreateDirectory(set["all"]).FullName;
        foreach (string[] lost in SetOfImages.WaysToLose(set.Names, 3).Where(lost => lost.Any(IsDisc)).Where((_, number) => number % step == 0))
        {
            foreach ((string name, byte[] bytes) in set.Whole)
            {
                string path = Path.Combine(folder, name);
                if (lost.Contains(name))
                {
                    File.Delete(path);
                }
                else
                {
                    File.WriteAllBytes(path, bytes);
                }
            }

            restore(folder, lost, set.Parity);

            Assert.All(lost.Where(IsDisc), name => Assert.True(File.ReadAllBytes(Path.Combine(folder, name)).AsSpan().SequenceEqual(set.Whole[name]), $"{name} of {string.Join(", ", lost)}"));
        }
    }

    private static bool IsDisc(string name) => name.EndsWith(".iso", StringComparison.Ordinal);

    private static string FirstVolume(string folder) => Path.GetFileName(Directory.GetFiles(folder, "*.p0?").Order(StringComparer.Ordinal).First());

    private static string[] Words(string folder, string[] lost, string parity) =>
    [
        Path.Combine(parity, "set.tsv"),
        folder,
        string.Join(',', lost.Where(IsDisc)),
        .. Directory.GetFiles(folder).Where(path => !lost.Contains(Path.GetFileName(path)) && (IsDisc(path) || path.Contains(".p0", StringComparison.Ordinal))).Select(path => $"{Path.GetFileName(path)}={path}"),
    ];
}
