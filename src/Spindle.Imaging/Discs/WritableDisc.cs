// SPDX-License-Identifier: MIT
using Spindle.Drives;

namespace Spindle.Imaging.Discs;

/// <summary>What can be burned onto a disc.</summary>
/// <param name="MediumId">Who made it, and which it is, as it is moulded into it; null where the drive does not say.</param>
/// <param name="IsBlank">Whether nothing is written on it.</param>
/// <param name="FreeSectors">Sectors that can be written; 0 where none can, or the drive does not say.</param>
/// <param name="CanBeBurned">Whether the drive that it is in says that it writes such discs, and there is room.</param>
/// <param name="Speeds">How fast, in 1000 bytes a second, the fastest first; empty where the drive does not say.</param>
public sealed record WritableDisc(string? MediumId, bool IsBlank, long FreeSectors, bool CanBeBurned, IReadOnlyList<int> Speeds)
{
    internal static WritableDisc? Of(DiscSurvey survey) => Writability.Of(survey) is { } disc
        ? new(disc.MediumCode, disc.State == WritingState.Blank, disc.FreeSectors, disc is { IsByThisDrive: true, FreeSectors: > 0, State: WritingState.Blank or WritingState.Overwritable }, disc.Speeds)
        : null;
}
