// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Station.Exchanging;
using Spindle.Testing;

namespace Spindle.Station.Tests.Exchanging;

public sealed class ExchangingVerbTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task What_was_exported_can_be_imported_once()
    {
        using SmallCatalogue catalogue = await SmallCatalogue.OfAsync("a", "b");
        ExportDocument written = await ExportAsync(catalogue, _directory["c.json"]);

        ImportDocument read = await ImportAsync(_directory["c.json"]);

        Assert.Equal((Outcome.Done, _directory["c.json"], true), (written.Outcome, written.Written, written.IsTold));
        Assert.Equal((2, 2), (read.Entries, read.NewEntries));
        Assert.Equal(0, (await ImportAsync(_directory["c.json"])).NewEntries);
        Assert.Equal("already-exists", (await FailsAsync(() => ExportAsync(catalogue, _directory["c.json"]))).Code);
    }

    [Fact]
    public async Task What_is_printed_is_the_document()
    {
        using SmallCatalogue catalogue = await SmallCatalogue.OfAsync("a");

        Assert.False((await ExportAsync(catalogue, "/dev/null")).IsTold);
    }

    [Theory]
    [InlineData("/dev/full", "no-space")]
    [InlineData("/dev/no-such-device", "target-failed")]
    [InlineData("/no/such/folder/c.json", "target-failed")]
    public async Task What_takes_nothing_is_told_in_words(string file, string code)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has /dev/full");
        using SmallCatalogue catalogue = await SmallCatalogue.OfAsync("a");

        Assert.Equal(code, (await FailsAsync(() => ExportAsync(catalogue, file))).Code);
    }

    [Fact]
    public async Task A_scan_that_there_was_not_is_refused_and_leaves_nothing()
    {
        using SmallCatalogue catalogue = await SmallCatalogue.OfAsync("a");

        Failure failure = await FailsAsync(() => ExportVerb.Verb.RunAsync(new() { Catalogue = catalogue.Path, File = _directory["c.json"], Scan = 2 }, SmallCatalogue.Work, CancellationToken.None));

        Assert.Equal("usage", failure.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory[""]));
    }

    [Fact]
    public async Task Where_there_is_no_document_none_is_read() => Assert.Equal("no-such-source", (await FailsAsync(() => ImportAsync(_directory["none.json"]))).Code);

    [Fact]
    public async Task A_link_that_leads_nowhere_is_told_in_words()
    {
        File.CreateSymbolicLink(_directory["loop"], _directory["loop"]);

        Assert.Equal("source-unreadable", (await FailsAsync(() => ImportAsync(_directory["loop"]))).Code);
    }

    public void Dispose() => _directory.Dispose();

    private static Task<ExportDocument> ExportAsync(SmallCatalogue catalogue, string file) =>
        ExportVerb.Verb.RunAsync(new() { Catalogue = catalogue.Path, File = file }, SmallCatalogue.Work, CancellationToken.None);

    private Task<ImportDocument> ImportAsync(string file) => ImportVerb.Verb.RunAsync(new(_directory["back.db"], file), SmallCatalogue.Work, CancellationToken.None);

    private static async Task<Failure> FailsAsync(Func<Task> act) => (await Assert.ThrowsAsync<OperationFailedException>(act)).Failure;
}
