// SPDX-License-Identifier: MIT
namespace Spindle.Archiving.Planning;

/// <summary>What a planner is doing.</summary>
/// <param name="Stage">The step.</param>
/// <param name="Done">Discs laid out.</param>
/// <param name="Total">Discs to lay out; 0 where that is not known yet.</param>
public readonly record struct PlanProgress(PlanStage Stage, int Done, int Total);

/// <summary>A step of planning.</summary>
public enum PlanStage
{
    /// <summary>Everything new is being measured, and packed.</summary>
    Measuring,

    /// <summary>Each disc is being laid out to the sector.</summary>
    LayingOut,
}
