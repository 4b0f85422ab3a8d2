// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Analysis;

/// <summary>One file system that was found.</summary>
/// <param name="Type">What kind it is.</param>
/// <param name="VolumeIdentifier">Name of the volume; empty where it has none.</param>
/// <param name="SizeExpected">Bytes that the medium must have for it to be whole; null where that can't be said.</param>
public sealed record FileSystemAnalysis(FileSystemType Type, string VolumeIdentifier, long? SizeExpected);
