// SPDX-License-Identifier: MIT
using Spindle.Archiving.Planning;

namespace Spindle.Archiving.Tests.Planning;

/// <summary>Archives as people have them, made from a seed: sizes of files are lognormal, directories nest.</summary>
internal sealed class SyntheticArchive
{
    private readonly Random _random;
    private readonly List<(int Parent, List<long> Files, List<int> Children)> _directories = [(-1, [], [])];

    private SyntheticArchive(int seed) => _random = new(seed);

    public int Directories => _directories.Count;

    public int Files => _directories.Sum(directory => directory.Files.Count);

    public long Bytes => _directories.Sum(directory => directory.Files.Sum());

    /// <summary>Twenty years with fifty events each: 142,629 photographs and films, about 3.09 TB.</summary>
    public static SyntheticArchive Photos()
    {
        SyntheticArchive archive = new(1);
        int[] events = [.. Enumerable.Range(0, 20).Select(_ => archive.AddDirectory(0)).SelectMany(year => Enumerable.Range(0, 50).Select(_ => archive.AddDirectory(year)))];
        archive.Fill(events, 142_629, 3.09e12, 1.2, spreadOfDirectories: 0.8);
        return archive;
    }

    /// <summary>180 films with what belongs to them: 987 files, about 1.26 TB.</summary>
    public static SyntheticArchive Movies()
    {
        SyntheticArchive archive = new(2);
        int[] films = [.. Enumerable.Range(0, 180).Select(_ => archive.AddDirectory(0))];
        archive.Fill(films, 987, 1.26e12, 0.7, spreadOfDirectories: 0.2);
        return archive;
    }

    /// <summary>What is on the disks of an office: 103,226 files in 3149 directories of any depth, about 1.69 TB.</summary>
    public static SyntheticArchive Mixed()
    {
        SyntheticArchive archive = new(3);
        for (int i = 1; i < 3149; i++)
        {
            // A new directory stands in a recent one as often as in any: chains as well as broad levels.
            int parent = archive._random.Next(3) == 0 ? Math.Max(0, i - archive._random.Next(1, 10)) : archive._random.Next(i);
            archive.AddDirectory(parent);
        }

        archive.Fill([.. Enumerable.Range(0, 3149)], 103_226, 1.69e12, 2.4, spreadOfDirectories: 1.3);
        return archive;
    }

    /// <summary>Its directories, as the planner sees them.</summary>
    public (DirectoryCosts Costs, PackingItems Items, DiscBound Bound) Measure(long capacity)
    {
        Dictionary<int, IReadOnlyList<long>> pieces = [];
        DirectoryCosts costs = new();
        DiscBound bound = new(capacity);
        Visit(0, -1);
        costs.Complete();
        return (costs, new(costs, pieces), bound);

        void Visit(int directory, int parent)
        {
            (_, List<long> files, List<int> children) = _directories[directory];
            files.ForEach(bytes => bound.Add(SectorsOf(bytes)));
            int index = costs.Add(parent, 4 + files.Sum(SectorsOf) + ((files.Count + children.Count) / 5), files.Count);
            if (costs.Sectors(index, index + 1) > capacity - 500)
            {
                List<long> cut = [0];
                foreach (long sectors in files.Select(SectorsOf))
                {
                    bool fits = cut[^1] + sectors <= capacity - 500;
                    cut[^1] += fits ? sectors : 0;
                    if (!fits)
                    {
                        cut.Add(sectors);
                    }
                }

                pieces[index] = cut;
            }

            children.ForEach(child => Visit(child, index));
        }
    }

    private static long SectorsOf(long bytes) => 1 + ((bytes + 2047) / 2048);

    private int AddDirectory(int parent)
    {
        _directories.Add((parent, [], []));
        _directories[parent].Children.Add(_directories.Count - 1);
        return _directories.Count - 1;
    }

    private void Fill(int[] directories, int files, double bytes, double spreadOfFiles, double spreadOfDirectories)
    {
        double[] shares = [.. directories.Select(_ => Lognormal(spreadOfDirectories))];
        double[] counts = [.. shares.Select(share => share / shares.Sum() * files)];
        double[][] sizes = [.. counts.Select(count => Enumerable.Range(0, Math.Max(1, (int)count)).Select(_ => Lognormal(spreadOfFiles)).ToArray())];
        double scale = bytes / sizes.Sum(directory => directory.Sum());

        // Nothing is larger than a disc here.
        for (int i = 0; i < directories.Length; i++)
        {
            _directories[directories[i]].Files.AddRange(sizes[i].Select(size => (long)Math.Min(size * scale, 2.2e10)));
        }
    }

    private double Lognormal(double sigma) =>
        Math.Exp(sigma * Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble()));
}
