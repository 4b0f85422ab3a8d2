// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;

namespace Spindle.Mutate;

/// <summary>Draws mutants, and writes them into the sources of a copy of the repository.</summary>
internal sealed class Sample(string repository, AreaList list, int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<Mutant> _mutants = [];
    private int _next = 1;

    /// <summary>Draws so many of each area.</summary>
    public IReadOnlyList<Mutant> Write(int perArea)
    {
        foreach (IGrouping<string, Area> project in list.Areas.GroupBy(area => area.Project))
        {
            MutatedProject loaded = MutatedProject.Load(repository, project.Key);
            List<(int Number, Site Site)> drawn = [];
            foreach (Area area in project)
            {
                Draw(loaded, area, perArea, drawn);
            }

            foreach (IGrouping<SyntaxTree, (int Number, Site Site)> file in drawn.GroupBy(mutant => mutant.Site.Node.SyntaxTree))
            {
                WriteFile(loaded, file);
            }
        }

        return _mutants;
    }

    private void Draw(MutatedProject project, Area area, int count, List<(int Number, Site Site)> drawn)
    {
        // First the kind, by weight, then the place: else literals and removals would be all there is.
        Dictionary<string, List<Site>> byKind = project.Trees
            .Where(tree => area.Folders.Contains(Path.GetRelativePath(project.Folder, Path.GetDirectoryName(tree.FilePath)!)))
            .SelectMany(project.SitesOf).GroupBy(site => site.Kind).ToDictionary(group => group.Key, group => group.ToList());
        if (byKind.Count == 0)
        {
            throw new InvalidOperationException($"{area.Name}: there is nothing in its folders; areas.json must follow what moved");
        }

        Console.WriteLine($"{area.Name}: {byKind.Values.Sum(sites => sites.Count)} places");
        for (int taken = 0; taken < count && byKind.Count > 0;)
        {
            double at = _random.NextDouble() * byKind.Keys.Sum(WeightOf);
            string kind = byKind.Keys.First(kind => (at -= WeightOf(kind)) < 0);
            List<Site> left = byKind[kind];
            int index = _random.Next(left.Count);
            Site site = left[index];
            left.RemoveAt(index);
            if (left.Count == 0)
            {
                byKind.Remove(kind);
            }

            if (!drawn.Any(other => other.Site.Node == site.Node) && project.Compiles(site.Node.SyntaxTree, [(_next, site)]))
            {
                drawn.Add((_next, site));
                _mutants.Add(Mutant.Of(_next++, area, repository, site));
                taken++;
            }
        }
    }

    private double WeightOf(string kind) => list.Weights.GetValueOrDefault(kind, 1);

    private void WriteFile(MutatedProject project, IGrouping<SyntaxTree, (int Number, Site Site)> file)
    {
        List<(int Number, Site Site)> fitting = [.. file];
        while (fitting.Count > 0 && !project.Compiles(file.Key, fitting))
        {
            // Each by itself compiles; not so together, which is rare.
            _mutants.RemoveAll(mutant => mutant.Number == fitting[^1].Number);
            fitting.RemoveAt(fitting.Count - 1);
        }

        File.WriteAllText(file.Key.FilePath, Schemata.Of(file.Key, fitting).ToString());
    }
}
