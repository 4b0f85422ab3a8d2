// SPDX-License-Identifier: MIT
using System.Xml.Linq;

namespace Spindle.Architecture.Tests;

public sealed class LayeringTests
{
    // The picture of docs/architecture.md, as data. Changing one means changing the other, in one commit.
    private static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["Spindle.Media"] = [],
        ["Spindle.Files"] = ["Spindle.Media"],
        ["Spindle.Formats"] = ["Spindle.Media"],
        ["Spindle.Parity"] = ["Spindle.Media", "Spindle.Files"],
        ["Spindle.Drives"] = ["Spindle.Media"],
        ["Spindle.Burning"] = ["Spindle.Media", "Spindle.Drives"],
        ["Spindle.Changers"] = ["Spindle.Media", "Spindle.Files", "Spindle.Drives"],
        ["Spindle.Mastering"] = ["Spindle.Media", "Spindle.Files", "Spindle.Formats"],
        ["Spindle.Imaging"] = ["Spindle.Media", "Spindle.Files", "Spindle.Formats", "Spindle.Drives", "Spindle.Parity"],
        ["Spindle.Catalogue"] = ["Spindle.Media", "Spindle.Files"],
        ["Spindle.Vault"] = ["Spindle.Media", "Spindle.Files", "Spindle.Parity", "Spindle.Catalogue"],
        ["Spindle.Archiving"] = ["Spindle.Media", "Spindle.Files", "Spindle.Formats", "Spindle.Parity", "Spindle.Mastering", "Spindle.Catalogue"],
        ["Spindle.Restoring"] = ["Spindle.Media", "Spindle.Files", "Spindle.Formats", "Spindle.Parity", "Spindle.Catalogue"],
        ["Spindle.Station"] = ["Spindle.Media", "Spindle.Files", "Spindle.Formats", "Spindle.Parity", "Spindle.Catalogue", "Spindle.Burning", "Spindle.Changers", "Spindle.Imaging", "Spindle.Archiving", "Spindle.Restoring", "Spindle.Vault"],
        ["Spindle.Cli"] = ["Spindle.Media", "Spindle.Files", "Spindle.Formats", "Spindle.Parity", "Spindle.Catalogue", "Spindle.Burning", "Spindle.Changers", "Spindle.Imaging", "Spindle.Archiving", "Spindle.Restoring", "Spindle.Vault", "Spindle.Station", "Spindle.Service"],
        ["Spindle.Service"] = ["Spindle.Media", "Spindle.Files", "Spindle.Catalogue", "Spindle.Imaging", "Spindle.Vault", "Spindle.Station"],
    };

    public static TheoryData<string> Projects() =>
        new(Repository.Files("src", "*.csproj").Select(path => Path.GetFileNameWithoutExtension(path)!));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Projects_reference_only_the_layers_below_them(string project)
    {
        string path = Path.Combine(Repository.Root, "src", project, $"{project}.csproj");
        IEnumerable<string> references = XDocument.Load(path).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

        Assert.Empty(references.Except(MayReference[project]));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "Spindle.slnx"));
        IEnumerable<string> projects = Repository.Files("src", "*.csproj")
            .Concat(Repository.Files("tests", "*.csproj"))
            .Concat(Repository.Files("bench", "*.csproj"))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'));

        Assert.All(projects, project => Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void No_project_or_folder_is_a_drawer_for_whatever_has_no_name()
    {
        string[] drawers = ["Common", "Core", "Utils", "Helpers", "Shared", "Misc"];
        IEnumerable<string> names = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src"), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetFileName(path)!);

        Assert.Empty(names.SelectMany(name => name.Split('.')).Intersect(drawers));
    }
}
