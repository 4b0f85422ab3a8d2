// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Analysis;

/// <summary>One file system that was found.</summary>
/// <param name="Type">What kind it is.</param>
/// <param name="VolumeIdentifier">Name of the volume; empty where it has none.</param>
/// <param name="SizeExpected">Bytes that the medium must have for it to be whole; null where that can't be said.</param>
public sealed record FileSystemAnalysis(FileSystemType Type, string VolumeIdentifier, long? SizeExpected)
{
    /// <summary>Bytes of its logical block (ECMA-119 §8.4.12; ECMA-167 3/10.6.5); null where it does not say.</summary>
    public int? LogicalBlockSize { get; init; }

    /// <summary>Logical blocks of the volume (ECMA-119 §8.4.8); null where it does not say.</summary>
    public long? VolumeSpaceSize { get; init; }

    /// <summary>When the volume was made (ECMA-119 §8.4.26); null where it does not say.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Who published it (ECMA-119 §8.4.20); null where it does not say.</summary>
    public string? Publisher { get; init; }

    /// <summary>Who prepared the data (ECMA-119 §8.4.21); null where it does not say.</summary>
    public string? DataPreparer { get; init; }

    /// <summary>Which program wrote it (ECMA-167 3/10.6.9); null where it does not say.</summary>
    public string? Implementation { get; init; }
}
