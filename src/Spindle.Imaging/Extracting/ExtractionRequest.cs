// SPDX-License-Identifier: MIT
using Spindle.Files.Patterns;

namespace Spindle.Imaging.Extracting;

/// <summary>What is to be taken out of a disc.</summary>
public sealed record ExtractionRequest
{
    /// <summary>The directory into which it goes; made where there is none. Nothing is ever written outside it.</summary>
    public required string Target { get; init; }

    /// <summary>What to take: see <see cref="PathPattern"/>. Empty for everything.</summary>
    public IReadOnlyList<string> Patterns { get; set; } = [];

    /// <summary>Whether what a Macintosh file has beside its content is written, too, as <c>._NAME</c> (AppleDouble).</summary>
    public bool Forks { get; set; } = true;

    /// <summary>Whether files that are there already are replaced.</summary>
    public bool Overwrite { get; init; }
}
