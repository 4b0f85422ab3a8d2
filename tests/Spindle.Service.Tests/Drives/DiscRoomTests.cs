// SPDX-License-Identifier: MIT
using Spindle.Imaging.Simulating;
using Spindle.Media;
using Spindle.Service.Drives;
using Spindle.Service.Jobs;
using Spindle.Station.Contract;
using Spindle.Station.Demonstrating;
using Spindle.Testing;

namespace Spindle.Service.Tests.Drives;

public sealed class DiscRoomTests : IAsyncLifetime
{
    private const int Sectors = 10;

    private readonly TempDirectory _directory = new();
    private IRegister? _register;
    private string _asked = "";

    private IRegister Register => _register!;

    public ValueTask InitializeAsync()
    {
        _register = JobsFile.Open(_directory["jobs.db"]);
        new SimulatedDrives(_directory["drives"], TimeProvider.System).Make("left");
        File.WriteAllBytes(Path.Combine(_directory["drives"], "left", "tray", "disc.iso"), new byte[2048 * Sectors]);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Register.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData((2048 * Sectors) - 1, true)]
    [InlineData(2048 * Sectors, false)]
    public async Task An_image_for_which_there_is_no_room_is_refused_before_anybody_goes_away(long free, bool isRefused)
    {
        Failure? refused = await RefusalAsync(Image(), free);

        Assert.Equal(isRefused ? "no-space" : null, refused?.Code);
        Assert.Equal(_directory.Path, _asked); // the folder that is there, of one that is not yet
    }

    [Fact]
    public async Task What_is_not_known_is_no_reason()
    {
        Assert.Null(await RefusalAsync(Image("""{"source":"x","directory":"DIR/a/b","resume":true}"""), 0)); // most of it may be there
        Assert.Null(await RefusalAsync(Image() with { Verb = "verify" }, 0));
        Assert.Null(await RefusalAsync(Image() with { Resources = ["drive:simulated-other"] }, 0));
        await Register.EnqueueAsync(Image() with { Request = "{}" }, CancellationToken.None);
        Assert.Null(await RefusalAsync(Image(), 0)); // another disc will be in the drive then
    }

    private JobOrder Image(string request = """{"source":"x","directory":"DIR/a/b"}""") => new()
    {
        Id = Guid.CreateVersion7(),
        Verb = "image",
        Title = "t",
        Request = request.Replace("DIR", _directory.Path, StringComparison.Ordinal),
        Resources = ["drive:simulated-left"],
    };

    private async Task<Failure?> RefusalAsync(JobOrder order, long free)
    {
        DiscRoom room = new(new(DemoStation.EquipmentOf(_directory["drives"], Equipment.OfThisMachine() with { Folder = _directory.Path })), Register, folder =>
        {
            _asked = folder;
            return free;
        });
        try
        {
            await room.CheckAsync(order, CancellationToken.None);
            return null;
        }
        catch (OperationFailedException e)
        {
            return e.Failure;
        }
    }
}
