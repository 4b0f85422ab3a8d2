// SPDX-License-Identifier: MIT
using Spindle.Formats.Volumes;
using Spindle.Media;

namespace Spindle.Imaging.Contents;

/// <summary>Says that what was listed or taken out is not all that there is.</summary>
public static class Incompleteness
{
    /// <summary>What to tell of a volume after it was listed.</summary>
    /// <returns>Null where no name is missing, as far as anybody can know.</returns>
    public static Failure? Of(Volume volume) => volume.Missing.FirstOrDefault() is { } finding
        ? new("names-missing", $"names are missing: {EntryText.Printable(finding.Detail)} ({finding.Rule.Id})", "'spindle inspect' tells all that is wrong; another drive or copy may have it whole")
        : volume.LostDescriptions.FirstOrDefault() is { } lost
        ? new("description-lost", $"what describes an entry is lost: {EntryText.Printable(lost.Detail)} ({lost.Rule.Id})", "'spindle inspect' tells all that is wrong; another drive or copy may have it whole")
        : null;
}
