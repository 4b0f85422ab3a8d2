// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Archiving.Planning;

/// <summary>How what is not yet on a disc is to be brought onto discs.</summary>
public sealed record PlanRequest
{
    /// <summary>What a disc holds.</summary>
    public required Capacity Capacity { get; init; }

    /// <summary>Percent of the capacity to leave empty, 0 to 90.</summary>
    public double ReservePercent { get; init; }

    /// <summary>Percent of check data that each disc gets, for its data; null for none.</summary>
    public double? ParityPercent { get; init; }

    /// <summary>Parity discs that each set of discs gets, 1 to 8: so many of a set may be lost. Null for no sets.</summary>
    public int? ParityDiscs { get; init; }

    /// <summary>Discs that a set has at most; null for a dozen to each parity disc.</summary>
    public int? SetSize { get; init; }

    /// <summary>Directories, from the archive's root, that must not be divided.</summary>
    public IReadOnlyList<string> KeepTogether { get; init; } = [];

    /// <summary>Whether files that are larger than a disc are divided; otherwise they are an error.</summary>
    public bool SplitsFiles { get; init; }

    /// <summary>Whether a disc is planned where all contents have one, and only names, links, folders or attributes are new, or gone.</summary>
    public bool Names { get; init; }

    /// <summary>What the discs call the program that planned them, such as <c>spindle 1.0</c>.</summary>
    public required string Tool { get; init; }
}
