// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Media;

namespace Spindle.Changers.Opening;

/// <summary>How a robot is spoken to.</summary>
[JsonConverter(typeof(JsonForm.Words<RobotDriver>))]
public enum RobotDriver
{
    /// <summary>SCSI commands (SMC-3) to a medium changer.</summary>
    Smc,

    /// <summary>A script that takes the arguments of Bareos' and Bacula's mtx-changer.</summary>
    Command,

    /// <summary>A person moves the discs.</summary>
    Hand,
}

/// <summary>All that must be known to use a robot; what is null or empty has its usual value.</summary>
public sealed record RobotSettings
{
    /// <summary>How it is spoken to.</summary>
    public RobotDriver Driver { get; set; }

    /// <summary>Its device, such as <c>/dev/sg2</c>; of the driver command, what the script gets as such. Null where the machine has one changer only.</summary>
    public string? Device { get; set; }

    /// <summary>Of the driver command: the script.</summary>
    public string? Program { get; set; }

    /// <summary>The drives that it serves, by its own numbers from 0: paths, identities or names. Empty where the robot itself tells which drive is which.</summary>
    public IReadOnlyList<string> Drives { get; set; } = [];

    /// <summary>Of the driver hand: how many places the shelf has; 0 where there is a pile.</summary>
    public int Slots { get; set; }

    /// <summary>Whether the computer opens the drives' trays, for the robot does not.</summary>
    public bool OpensTrays { get; set; }

    /// <summary>How long a move may take, in seconds; null for 300.</summary>
    public int? MoveSeconds { get; set; }
}
