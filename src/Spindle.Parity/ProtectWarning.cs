// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Media;

namespace Spindle.Parity;

/// <summary>What holds, and is not as good as it could be.</summary>
[JsonConverter(typeof(JsonForm.Words<ProtectWarning>))]
public enum ProtectWarning
{
    /// <summary>Fewer than <see cref="ParityLayout.AdvisableRoots"/> roots: less than 20 % of redundancy.</summary>
    LittleRedundancy,

    /// <summary>The image has no standard medium's size: other programs find the parity only while its header can be read.</summary>
    UnusualSize,

    /// <summary>The medium is one that programs before 2022 do not know: these find the parity only while its header can be read.</summary>
    RecentSize,

    /// <summary>The payload is shorter than 151 sectors, which some other programs refuse.</summary>
    VeryShortPayload,
}
