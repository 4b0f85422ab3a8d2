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

    /// <summary>Files of subtitles that are kept beside it, each under its name until then.</summary>
    public IReadOnlyList<(string Part, string Path)> Subtitles { get; set; } = [];

    public bool Fail(string detail, string hint)
    {
        (Record, Hint) = (Record with { State = AccessState.Failed, Detail = detail }, hint);
        return false;
    }

    public void Refuse(string detail) => Record = Record with { State = AccessState.Refused, Detail = detail };

    public void Warn(IReadOnlyList<string> warnings) => Record = Record with { Warnings = [.. Record.Warnings, .. warnings] };
}
