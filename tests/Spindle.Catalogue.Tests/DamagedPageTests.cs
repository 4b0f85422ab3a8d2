// SPDX-License-Identifier: MIT
using Spindle.Catalogue.Finding;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Catalogue.Tests;

/// <summary>A catalogue of which a page is damaged can often be opened: whoever reads its rows hears of it in words.</summary>
public sealed class DamagedPageTests : IDisposable
{
    private const int Page = 4096;

    private readonly TestArchive _archive = new();

    [Fact]
    public async Task Whichever_page_is_damaged_readers_hear_of_it_in_words()
    {
        for (int number = 0; number < 300; number++)
        {
            _archive.Write($"a file with a name that takes some room {number}", "x");
        }

        await _archive.ArchiveAsync();
        byte[] whole = await File.ReadAllBytesAsync(_archive.CataloguePath);
        HashSet<string> told = [];
        for (int page = 1; page < whole.Length / Page; page++)
        {
            byte[] damaged = [.. whole];
            damaged.AsSpan(page * Page, 40).Fill(0xFF);
            string path = $"{_archive.CataloguePath}.{page}";
            await File.WriteAllBytesAsync(path, damaged);
            try
            {
                using CatalogueDatabase database = CatalogueDatabase.OpenForReading(path);
                _ = new FileFinder(database).Find(new() { Catalogue = path, Pattern = "*" }).Count();
                _ = new FileFinder(database).Where("a file with a name that takes some room 7");
                _ = new DiscEvents(database).All(new() { Catalogue = path }).Count();
            }
            catch (OperationFailedException e)
            {
                told.Add(e.Failure.Code);
                Assert.Contains(path, e.Failure.What, StringComparison.Ordinal);
            }
        }

        Assert.Contains("catalogue-damaged", told);
    }

    public void Dispose() => _archive.Dispose();
}
