// SPDX-License-Identifier: MIT
using Spindle.Archiving.Catalogue;
using Spindle.Archiving.Scanning;
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Testing;

namespace Spindle.Station.Tests;

/// <summary>A catalogue of a tree of a few files, and work that needs nothing of the machine.</summary>
internal sealed class SmallCatalogue : IDisposable
{
    private readonly TempDirectory _directory = new();

    public static Work Work { get; } = new(Equipment.OfThisMachine() with { OpenMedium = path => throw new InvalidOperationException(path) }, new Progress<WorkProgress>(), new SameAnswer(false));

    public string Path => _directory["catalogue.db"];

    public static async Task<SmallCatalogue> OfAsync(params string[] files)
    {
        SmallCatalogue made = new();
        Directory.CreateDirectory(made._directory["tree"]);
        foreach (string file in files)
        {
            await File.WriteAllTextAsync(made._directory[$"tree/{file}"], file);
        }

        using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(made.Path);
        await new Scanner(TimeProvider.System).ScanAsync(database, new() { Sources = [made._directory["tree"]], Job = "Small" }, new Progress<WorkProgress>(), CancellationToken.None);
        return made;
    }

    public void Dispose() => _directory.Dispose();
}
