// SPDX-License-Identifier: MIT
namespace Spindle.Service.Arming;

/// <summary>A drive in which each disc becomes an image as soon as it is in.</summary>
public sealed record ArmedDrive
{
    /// <summary>Names the drive beyond the next start of the system.</summary>
    public required string Drive { get; init; }

    /// <summary>
    /// What images are called: <c>{nn}</c> is a number that goes on from disc to disc, with as many digits at least, over all drives of a batch; <c>{batch}</c> is
    /// that, <c>{volume}</c> the volume's name. Null for the volume's name alone.
    /// </summary>
    public string? NameTemplate { get; init; }

    /// <summary>The batch that its discs belong to; null for none.</summary>
    public string? Batch { get; init; }

    /// <summary>The request of each disc, as JSON, without the drive and the name.</summary>
    public required string Request { get; init; }
}
