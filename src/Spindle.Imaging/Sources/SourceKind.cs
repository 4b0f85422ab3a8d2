// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.Sources;

/// <summary>What an image is made from.</summary>
public enum SourceKind
{
    /// <summary>An image file.</summary>
    File,

    /// <summary>A block device that is no optical drive.</summary>
    BlockDevice,

    /// <summary>An optical drive.</summary>
    OpticalDrive,
}
