// SPDX-License-Identifier: MIT
namespace Spindle.Service.Jobs;

/// <summary>What a running job was asked, in rising order.</summary>
public enum StopRequest
{
    /// <summary>Nothing: it goes on.</summary>
    None,

    /// <summary>To end in order, so that it can be gone on with.</summary>
    Soft,

    /// <summary>To be ended at once.</summary>
    Hard,
}
