// SPDX-License-Identifier: MIT
using Spindle.Service.Jobs;

namespace Spindle.Service.Tests.Jobs;

/// <summary>The judge sees what it is there to see.</summary>
public sealed class RegisterJudgeTests
{
    private static readonly JobOrder A = new() { Id = Guid.CreateVersion7(), Verb = "v", Title = "a", Request = "1", Resources = ["target:x"], IsMovable = true };
    private static readonly JobOrder B = A with { Id = Guid.CreateVersion7(), Title = "b" };
    private static readonly Guid One = Guid.NewGuid(), Two = Guid.NewGuid();

    private readonly List<RegisterEvent> _events = [];

    [Fact]
    public void A_course_in_order_is_right()
    {
        Say(RegisterEventKind.Queued, A);
        Say(RegisterEventKind.Claimed, A, One, 1);
        Say(RegisterEventKind.Requeued, A);
        Say(RegisterEventKind.Claimed, A, Two, 2);
        Say(RegisterEventKind.Late, A, One);
        Say(RegisterEventKind.Ended, A, Two);

        Assert.Empty(RegisterJudge.Replay(_events, [A]));
    }

    [Fact]
    public void A_job_that_two_have_is_wrong()
    {
        Say(RegisterEventKind.Queued, A);
        Say(RegisterEventKind.Claimed, A, One, 1);
        Say(RegisterEventKind.Claimed, A, Two, 2);
        Say(RegisterEventKind.Ended, A, Two);

        Assert.Contains("claimed while Running", Assert.Single(RegisterJudge.Replay(_events, [A])), StringComparison.Ordinal);
    }

    [Fact]
    public void An_end_by_another_an_attempt_that_is_left_out_and_an_end_that_lacks_are_wrong()
    {
        Say(RegisterEventKind.Queued, A);
        Say(RegisterEventKind.Claimed, A, One, 2);
        Say(RegisterEventKind.Ended, A, Two);
        Say(RegisterEventKind.Queued, B);

        Assert.Equal(3, RegisterJudge.Replay(_events, [A, B]).Count);
    }

    [Fact]
    public void A_resource_that_two_have_is_wrong()
    {
        Say(RegisterEventKind.Queued, A);
        Say(RegisterEventKind.Queued, B);
        Say(RegisterEventKind.Claimed, A, One, 1);
        Say(RegisterEventKind.Claimed, B, Two, 1);
        Say(RegisterEventKind.Ended, A, One);
        Say(RegisterEventKind.Ended, B, Two);

        Assert.Contains("target:x is taken", Assert.Single(RegisterJudge.Replay(_events, [A, B])), StringComparison.Ordinal);
    }

    private void Say(RegisterEventKind kind, JobOrder order, Guid? token = null, int? attempt = null) =>
        _events.Add(new(_events.Count + 1, DateTimeOffset.UnixEpoch, kind, order.Id, token, attempt, "s", ""));
}
