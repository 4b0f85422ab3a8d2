// SPDX-License-Identifier: MIT
namespace Spindle.Drives;

/// <summary>A place where a file system of a disc is mounted.</summary>
/// <param name="Point">The directory.</param>
/// <param name="FileSystem">The system's name for the file system, such as <c>iso9660</c> or <c>udf</c>.</param>
/// <param name="IsWritable">Whether programs may write to it.</param>
public sealed record DeviceMount(string Point, string FileSystem, bool IsWritable);
