// SPDX-License-Identifier: MIT
using Spindle.Imaging;
using Spindle.Media;
using Spindle.Station.Demonstrating;

namespace Spindle.Station.Tests.Demonstrating;

public sealed class DemoVerbTests : IDisposable
{
    private readonly SmallDisc _directory = new();

    [Fact]
    public async Task It_is_proven_and_can_be_run_again()
    {
        DemoRequest request = new(_directory["demo"]);
        await DemoVerb.Verb.RunAsync(request, SmallCatalogue.Work, CancellationToken.None);

        Assert.Equal(ImagingOutcome.Success, (await DemoVerb.Verb.RunAsync(request, SmallCatalogue.Work, CancellationToken.None)).Outcome);
    }

    [Fact]
    public async Task A_file_where_its_folder_goes_is_told_in_words()
    {
        await File.WriteAllTextAsync(_directory["demo"], "in the way");

        OperationFailedException e = await Assert.ThrowsAsync<OperationFailedException>(() => DemoVerb.Verb.RunAsync(new(_directory["demo"]), SmallCatalogue.Work, CancellationToken.None));

        Assert.Equal("target-failed", e.Failure.Code);
    }

    public void Dispose() => _directory.Dispose();
}
