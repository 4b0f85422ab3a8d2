// SPDX-License-Identifier: MIT
namespace Spindle.Service.Jobs;

/// <summary>Something that a person keeps back: no job that needs it begins.</summary>
/// <param name="Resource">What: a resource of jobs, or all of a station (<see cref="StationOf"/>).</param>
/// <param name="At">Since when.</param>
/// <param name="By">Who said so; empty where nobody did.</param>
public sealed record Hold(string Resource, DateTimeOffset At, string By)
{
    private const string StationKind = "station:";

    /// <summary>The resource that each job of a station needs.</summary>
    public static string StationOf(string station) => StationKind + station;
}
