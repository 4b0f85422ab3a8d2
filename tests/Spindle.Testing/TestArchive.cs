// SPDX-License-Identifier: MIT
using Spindle.Archiving.Discs;
using Spindle.Archiving.Planning;
using Spindle.Archiving.Scanning;
using Spindle.Catalogue;
using Spindle.Files.Listing;
using Spindle.Files.Targets;
using Spindle.Media;
using Spindle.Restoring;
using Xunit;

namespace Spindle.Testing;

/// <summary>A tree, the images that it is archived onto, and what is restored of them, all in a directory of its own.</summary>
public sealed class TestArchive : IDisposable
{
    private readonly TempDirectory _directory = new();

    public TestArchive()
    {
        Directory.CreateDirectory(Tree);
        Directory.CreateDirectory(Images);
    }

    public string Tree => _directory["tree"];

    public string Images => _directory["images"];

    public string Target => _directory["out"];

    public string CataloguePath => _directory["catalogue.db"];

    /// <summary>Bytes that no other file has.</summary>
    public static byte[] Bytes(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public byte[] Write(string name, byte[] bytes)
    {
        string path = Path.Combine(Tree, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return bytes;
    }

    public byte[] Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Puts a file of the user's own into the target.</summary>
    public void WriteThere(string name, string text)
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, name), text);
    }

    /// <summary>Scans the tree.</summary>
    /// <param name="system">What shows the files; null for this machine.</param>
    public async Task ScanAsync(ISourceSystem? system = null)
    {
        using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(CataloguePath);
        await new Scanner(TimeProvider.System) { System = system ?? SourceSystem.OfThisMachine() }.ScanAsync(database, new() { Sources = [Tree], Job = "Test" }, new Unheard<WorkProgress>(), CancellationToken.None);
    }

    /// <summary>Scans the tree and writes what is new.</summary>
    /// <returns>The images, in the order of their discs.</returns>
    public async Task<IReadOnlyList<string>> ArchiveAsync(long sectors = 2000, ISourceSystem? system = null)
    {
        await ScanAsync(system);
        using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(CataloguePath);
        PlanResult plan = new Planner(database, TimeProvider.System).Plan(
            new() { Capacity = new($"{sectors}s", sectors), SplitsFiles = true, Tool = "spindle test" }, new Unheard<WorkProgress>(), CancellationToken.None);
        List<string> images = [];
        foreach (PlannedDisc disc in plan.Discs)
        {
            WriteResult written = await new DiscWriter(database, TimeProvider.System).WriteAsync(
                new() { Disc = disc.Number, Directory = Images }, new Unheard<WorkProgress>(), CancellationToken.None);
            Assert.True(written.IsGood);
            images.Add(written.Image!);
        }

        return images;
    }

    /// <summary>Restores by nothing but the discs.</summary>
    public Task<RestoreResult> RestoreAsync(params string[] sources) => RestoreAsync(isOverwriting: false, sources);

    public Task<RestoreResult> RestoreAsync(bool isOverwriting, params string[] sources) =>
        RestoreAsync(request => request with { Sources = sources.Length == 0 ? [Images] : sources, Overwrite = isOverwriting });

    /// <summary>Restores all into a target of another kind.</summary>
    public Task<RestoreResult> RestoreAsync(Func<string, LoosenedDirectories, TargetTree> openTarget, bool isOverwriting = false) => new Restorer(null, null, TimeProvider.System, openTarget).RunAsync(
        null, new() { Sources = [Images], Target = Target, Overwrite = isOverwriting }, new Unheard<WorkProgress>(), CancellationToken.None);

    /// <summary>Restores all by the images, but for what is asked otherwise.</summary>
    public Task<RestoreResult> RestoreAsync(Func<RestoreRequest, RestoreRequest> ask, Func<string, ISectorReader>? openMedium = null) => new Restorer(openMedium, fetcher: null, TimeProvider.System).RunAsync(
        null, ask(new() { Sources = [Images], Target = Target }), new Unheard<WorkProgress>(), CancellationToken.None);

    public byte[] Restored(string name) => File.ReadAllBytes(Path.Combine(Target, name));

    /// <summary>What is in the target's top directory, in order.</summary>
    public string[] Names() => [.. Directory.EnumerateFileSystemEntries(Target).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>Changes bytes of an image that are to be found by what they were.</summary>
    public static void Damage(string image, ReadOnlySpan<byte> bytes, int at = 0)
    {
        byte[] all = File.ReadAllBytes(image);
        int start = all.AsSpan().IndexOf(bytes);
        Assert.True(start >= 0);
        Assert.InRange(at, 0, bytes.Length - 1); // else it would be found for ever
        for (; start >= 0; start = all.AsSpan().IndexOf(bytes))
        {
            all[start + at] ^= 1;
        }

        File.WriteAllBytes(image, all);
    }

    public void Dispose() => _directory.Dispose();

    private sealed class Unheard<T> : IProgress<T>
    {
        public void Report(T value)
        {
        }
    }
}
