// SPDX-License-Identifier: MIT
namespace Spindle.Formats.RockRidge;

/// <summary>What the System Use Sharing Protocol and the Rock Ridge Interchange Protocol demand.</summary>
public static class RockRidgeRules
{
    /// <summary>An entry lies within its area.</summary>
    public static readonly Rule EntryWithinArea = new("RRP001", "SUSP-1.12 §4", "a system use entry has at least four bytes and ends within its area");

    /// <summary>Continuations end.</summary>
    public static readonly Rule ContinuationsEnd = new("RRP002", "SUSP-1.12 §5.1", "a continuation area is never continued in itself");

    /// <summary>Continuations can be read.</summary>
    public static readonly Rule ContinuationReadable = new("RRP003", "SUSP-1.12 §5.1", "a continuation area lies on the medium and can be read");

    /// <summary>The root says that the protocol is in use.</summary>
    public static readonly Rule ProtocolAnnounced = new("RRP004", "SUSP-1.12 §5.3", "the root directory begins with an SP entry");

    /// <summary>A relocated directory is there.</summary>
    public static readonly Rule RelocationLeadsToDirectory = new("RRP005", "RRIP-1.12 §4.1.5.1", "a child link leads to a directory");

    /// <summary>A name is one component.</summary>
    public static readonly Rule NameIsOneComponent = new("RRP006", "RRIP-1.12 §4.1.4", "an alternate name is not empty, and has no slash and no zero byte");

    /// <summary>Names and targets can be used.</summary>
    public static readonly Rule TextBounded = new("RRP007", "Spindle", "an alternate name has at most 1024 bytes, and the target of a link at most 4096");

    /// <summary>Names and targets are whole.</summary>
    public static readonly Rule TextEnds = new("RRP008", "RRIP-1.12 §4.1.3, §4.1.4", "the last entry of a name or target does not say that it goes on");

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<Rule> All { get; } =
        [EntryWithinArea, ContinuationsEnd, ContinuationReadable, ProtocolAnnounced, RelocationLeadsToDirectory, NameIsOneComponent, TextBounded, TextEnds];
}
