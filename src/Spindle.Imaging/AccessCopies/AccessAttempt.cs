// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.AccessCopies;

/// <summary>What is known so far of a copy that is being made.</summary>
internal sealed class AccessAttempt
{
    public required AccessRecord Record { get; set; }

    public string? RecordPath { get; set; }

    public string? Hint { get; private set; }

    public IReadOnlyList<UnreadPart> Unread { get; set; } = [];

    public long Frames { get; set; }

    public long Decoded { get; set; }

    public TimeSpan? Duration { get; set; }

    public IReadOnlyList<RecordedCopyStream> Streams { get; set; } = [];

    /// <summary>Whether subtitles are kept beside it.</summary>
    public bool HasSubtitles { get; set; }

    public bool Fail(string detail, string hint)
    {
        (Record, Hint) = (Record with { State = AccessState.Failed, Detail = detail }, hint);
        return false;
    }

    public void Refuse() => Record = Record with { State = AccessState.Refused, Detail = AccessVerdict.Scrambled };

    public void Warn(IReadOnlyList<string> warnings) => Record = Record with { Warnings = [.. Record.Warnings, .. warnings] };
}
