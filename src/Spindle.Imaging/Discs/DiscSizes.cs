// SPDX-License-Identifier: MIT
using Spindle.Drives;

namespace Spindle.Imaging.Discs;

/// <summary>All that a drive says of how long its disc is. The answers may differ, and none is right for every disc.</summary>
internal static class DiscSizes
{
    public static IEnumerable<DiscSize> Of(DiscSurvey survey)
    {
        if (survey.Capacity is { } capacity)
        {
            yield return new("read-capacity", "MMC-6, READ CAPACITY", capacity.Sectors);
        }

        if (survey.Toc?.LeadOut is > 0 and long leadOut)
        {
            yield return new("lead-out", "MMC-6, READ TOC/PMA/ATIP", leadOut);
        }

        if (survey.Tracks is [.., { Sectors: > 0 } last])
        {
            yield return new("read-track-information", "MMC-6, READ TRACK INFORMATION", last.Start + last.Sectors);
        }

        if (survey.DvdFormat?.Sectors is { } physical)
        {
            yield return new("physical-format-information", "MMC-6, READ DISC STRUCTURE", physical);
        }

        if (survey.FormatCapacities is { IsUnformatted: false, Current.Sectors: > 0 } formatted)
        {
            yield return new("read-format-capacities", "MMC-6, READ FORMAT CAPACITIES", formatted.Current.Sectors);
        }
    }
}
