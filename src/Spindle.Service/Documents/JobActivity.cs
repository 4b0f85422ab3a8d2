// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Media;

namespace Spindle.Service.Documents;

/// <summary>What the process of a job is seen to do.</summary>
[JsonConverter(typeof(JsonForm.Words<JobActivity>))]
public enum JobActivity
{
    /// <summary>It computes.</summary>
    Working,

    /// <summary>It waits for something that can be interrupted: a timer, another process, the network.</summary>
    Waiting,

    /// <summary>It waits in the system for a drive or a disk, and can't even be killed as long as that lasts.</summary>
    WaitingForDevice,

    /// <summary>Somebody has halted it.</summary>
    Halted,
}
