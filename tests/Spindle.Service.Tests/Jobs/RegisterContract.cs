// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Service.Jobs;

namespace Spindle.Service.Tests.Jobs;

/// <summary>What every register of jobs must do: one suite for all of them.</summary>
public abstract partial class RegisterContract
{
    protected static readonly TimeSpan Lasting = TimeSpan.FromMinutes(1);

    // A lease that has run out as soon as somebody looks.
    private static readonly TimeSpan Hasty = TimeSpan.FromMilliseconds(1);

    private static CancellationToken None => CancellationToken.None;

    /// <summary>Opens the same register once more, as another program would. It is empty when a test begins.</summary>
    /// <param name="lease">How long a station may not be heard of.</param>
    protected abstract IRegister Open(TimeSpan lease);

    protected static JobOrder Order(string title, params string[] resources) => new()
    {
        Id = Guid.CreateVersion7(),
        Verb = "image",
        Title = title,
        Request = $$"""{"source":"{{title}}"}""",
        Resources = resources,
        IsMovable = true,
    };

    protected static JobEnd End(JobOutcome outcome, string document = "{}") => new() { Outcome = outcome, Document = document };

    /// <summary>A station that works.</summary>
    protected static async Task<StationSession> EnterAsync(IRegister register, string name)
    {
        StationSession station = new(name, Guid.NewGuid());
        await register.EnterAsync(station, "0.1.0", None);
        return station;
    }

    private static async Task<Job?> ClaimAsync(IRegister register, StationSession station) => await register.ClaimAsync(station, Guid.NewGuid(), None);

    private static async Task<Job> MustClaimAsync(IRegister register, StationSession station)
    {
        Job? job = await ClaimAsync(register, station);
        Assert.NotNull(job);
        return job;
    }

    /// <summary>Claims something for a lease that is over, and ends such leases.</summary>
    private async Task<Claim> GiveUpAsync(StationSession station)
    {
        await using IRegister hasty = Open(Hasty);
        Claim claim = (await MustClaimAsync(hasty, station)).Claim!.Value;
        await Task.Delay(20);
        Assert.Equal(1, await hasty.ReapAsync(None));
        return claim;
    }

    private static async Task<JobState> StateAsync(IRegister register, Guid job) => (await register.JobAsync(job, None))!.State;

    private static async Task<RegisterEventKind[]> KindsAsync(IRegister register, Guid job) =>
        [.. (await register.EventsAsync(0, int.MaxValue, None)).Where(one => one.Job == job).Select(one => one.Kind)];

    private static async Task FailsAsync(string code, Func<Task> call) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<OperationFailedException>(call)).Failure.Code);
}
