// SPDX-License-Identifier: MIT
using Spindle.Imaging.AccessCopies;
using Spindle.Media;
using Spindle.Station.AccessCopies;
using Spindle.Station.Contract;
using Spindle.Testing;

namespace Spindle.Station.Tests.AccessCopies;

public sealed class AccessVerbTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Theory]
    [InlineData("--jobs")]
    [InlineData("--crf")]
    [InlineData("--preset")]
    [InlineData("--stills")]
    public async Task What_makes_no_sense_is_said_before_anything_is_read(string option)
    {
        AccessCopiesRequest request = new() { Paths = [_directory.Path] };
        OperationFailedException e = await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(option switch
        {
            "--jobs" => request with { Jobs = 65 },
            "--crf" => request with { Settings = new() { Crf = 52 } },
            "--preset" => request with { Settings = new() { Preset = "placebo; rm" } },
            _ => request with { Settings = new() { Stills = 101 } },
        }));
        Assert.Equal("usage", e.Failure.Code);
        Assert.Contains(option[2..], e.Failure.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_ffmpeg_it_is_said_how_to_get_it() =>
        Assert.Equal("no-ffmpeg", (await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(new() { Paths = [_directory.Path], ProgramPath = _directory.Path }))).Failure.Code);

    [Fact]
    public async Task A_path_that_is_not_there_is_an_error_and_a_disc_of_data_is_none()
    {
        ForeignProgram.PathOf("ffmpeg");
        Assert.Equal("no-such-source", (await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(new() { Paths = [_directory["gone"]] }))).Failure.Code);

        Directory.CreateDirectory(_directory["data"]);
        _directory.Write("data/letter.txt", "Dear"u8);
        AccessDocument document = await RunAsync(new() { Paths = [DiscImages.OfDirectory(_directory["data"])], Target = _directory["copies"] });
        AccessCopyPart copy = Assert.Single(document.Copies);
        Assert.Equal((AccessState.Skipped, "it is no DVD-Video and no Blu-ray Disc", _directory["copies/data.access.json"]), (copy.State, copy.Detail, copy.Record));
        Assert.Equal((Outcome.Done, 0), (document.Outcome, document.NeedPerson));
        Assert.Equal(new Dictionary<string, long> { ["skipped"] = 1 }, document.Counts);
    }

    [Fact]
    public void What_needs_a_person_is_told_once()
    {
        AccessCopy copy = new() { State = AccessState.Made, Image = "/a.iso", Detail = "", Unread = [new(TimeSpan.FromSeconds(67.2), TimeSpan.FromSeconds(68.1), 3)] };
        AccessDocument document = new([copy, copy with { State = AccessState.Done }], default);

        Assert.Equal([true, false], document.Copies.Select(part => part.NeedsPerson));
        Assert.Equal((Outcome.Lacking, 1), (document.Outcome, document.NeedPerson));
        Assert.Equal(new UnreadTimePart("1:07", "1:09", 3), UnreadTimePart.Of(copy.Unread[0]));
    }

    public void Dispose() => _directory.Dispose();

    private static Task<AccessDocument> RunAsync(AccessCopiesRequest request) => AccessVerb.Verb.RunAsync(request, new Work(Equipment.OfThisMachine(), new Progress<WorkProgress>(), new SameAnswer(true)), default);
}
