// SPDX-License-Identifier: MIT
namespace Spindle.Service.Orders;

/// <summary>What a verb does with a path of its request.</summary>
internal enum PathUse
{
    /// <summary>It reads the disc that is named: a drive, of which there is one, or an image, of which others may read, too.</summary>
    Disc,

    /// <summary>It reads a file or a folder.</summary>
    Reads,

    /// <summary>It writes there; which of several such paths counts, the rule says.</summary>
    Writes,

    /// <summary>It reads a catalogue.</summary>
    Consults,

    /// <summary>It changes a catalogue, and waits for others who do: within moments.</summary>
    Enters,

    /// <summary>It keeps a catalogue for itself as long as it runs.</summary>
    Holds,
}
