// SPDX-License-Identifier: MIT
namespace Spindle.Service.Jobs;

/// <summary>What changed.</summary>
public enum RegisterEventKind
{
    /// <summary>A station's program began to work.</summary>
    StationEntered,

    /// <summary>A job was entered.</summary>
    Queued,

    /// <summary>A station has it now.</summary>
    Claimed,

    /// <summary>Its process runs.</summary>
    Started,

    /// <summary>It was asked to stop; the detail says <c>soft</c> or <c>hard</c>.</summary>
    Stopping,

    /// <summary>It ended; the detail is its outcome. Without a token where nobody had it.</summary>
    Ended,

    /// <summary>A report came too late; the detail is its outcome.</summary>
    Late,

    /// <summary>A late report became the result; the detail is its outcome.</summary>
    LateTaken,

    /// <summary>A late report was discarded.</summary>
    LateDiscarded,

    /// <summary>Its station was not heard of, and it waits again.</summary>
    Requeued,

    /// <summary>Its station was not heard of, and nobody else can do it.</summary>
    Lost,

    /// <summary>A person gave a lost job free.</summary>
    Released,

    /// <summary>It needs something of a person; the detail is the question's id.</summary>
    Asked,

    /// <summary>A question was answered; the detail is its id.</summary>
    Answered,

    /// <summary>A queued job has another priority; the detail is that.</summary>
    Prioritized,

    /// <summary>Something is kept back from now on; the detail is the resource.</summary>
    Held,

    /// <summary>Something is not kept back any more; the detail is the resource.</summary>
    Freed,

    /// <summary>A batch takes jobs, or takes them again; the detail is its name.</summary>
    BatchOpened,

    /// <summary>A batch takes no jobs any more; the detail is its name.</summary>
    BatchClosed,
}
