// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Udf;

/// <summary>What a file entry says.</summary>
public readonly record struct UdfEntry
{
    /// <summary>Type of the file (ECMA-167 4/14.6.6).</summary>
    public required byte Type { get; init; }

    /// <summary>Block that the entry is in.</summary>
    public required long Location { get; init; }

    /// <summary>First block of the content; the content is in one piece.</summary>
    public required long Block { get; init; }

    /// <summary>Bytes of the content.</summary>
    public required long Length { get; init; }

    /// <summary>How many names lead here.</summary>
    public required long Links { get; init; }

    /// <summary>Number that no other entry has.</summary>
    public required long UniqueId { get; init; }
}
