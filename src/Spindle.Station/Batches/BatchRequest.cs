// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Imaging;
using Spindle.Media;
using Spindle.Station.Robots;

namespace Spindle.Station.Batches;

/// <summary>What is done with each disc of a batch.</summary>
[JsonConverter(typeof(JsonForm.Words<BatchTask>))]
public enum BatchTask
{
    /// <summary>An image is made of it.</summary>
    Image,
}

/// <summary>What becomes of the rest when a disc is rejected.</summary>
[JsonConverter(typeof(JsonForm.Words<RejectPolicy>))]
public enum RejectPolicy
{
    /// <summary>As is right for the robot: with slots it goes on; with piles a disc that is not the expected one stops it, for the others may be out of step, too.</summary>
    AsUsual,

    /// <summary>It goes on.</summary>
    GoOn,

    /// <summary>No further disc is begun.</summary>
    Stop,
}

/// <summary>A stack of discs that is worked through.</summary>
public sealed record BatchRequest
{
    /// <summary>What is done with each.</summary>
    public required BatchTask Task { get; init; }

    /// <summary>Who brings the discs. With drives alone, a person does.</summary>
    public RobotChoice Robot { get; set; } = new();

    /// <summary>The list of the discs (CSV); null for all that are in slots, under the names of <see cref="Names"/>.</summary>
    public string? Form { get; init; }

    /// <summary>What images are called where there is no list: a text with <c>{slot}</c>, <c>{barcode}</c> or <c>{number}</c>.</summary>
    public string? Names { get; init; }

    /// <summary>The folder of the batch: its images, its manifest.csv, and what is still to be done.</summary>
    public required string Directory { get; init; }

    /// <summary>Where discs go that were imaged whole: slots, such as <c>41</c>; empty for where they came from, or the accept pile.</summary>
    public IReadOnlyList<string> Accept { get; set; } = [];

    /// <summary>Where all others go; empty for where they came from, or the reject pile.</summary>
    public IReadOnlyList<string> Reject { get; set; } = [];

    /// <summary>What becomes of the rest when a disc is rejected.</summary>
    [JsonConverter(typeof(JsonForm.Words<RejectPolicy>))]
    public RejectPolicy OnReject { get; init; }

    /// <summary>Who does this, for the records.</summary>
    public string? Operator { get; init; }

    /// <summary>What is read a second time.</summary>
    [JsonConverter(typeof(JsonForm.Words<VerifyMode>))]
    public VerifyMode Verify { get; set; } = VerifyMode.Image;

    /// <summary>How often a sector that failed by itself is tried again; at least 0.</summary>
    public int Retries { get; set; } = ImagingRequest.DefaultRetries;

    /// <summary>The catalogue that the discs are entered in; null for none.</summary>
    public string? Catalogue { get; init; }
}
