// SPDX-License-Identifier: MIT
namespace Spindle.Imaging;

/// <summary>What is going on.</summary>
public enum ImagingStage
{
    /// <summary>The disc is read, hashed and written.</summary>
    Copying,

    /// <summary>What could not be read is restored by the parity on the disc.</summary>
    Restoring,

    /// <summary>The image of a damaged disc is read for its hashes.</summary>
    Hashing,

    /// <summary>The written image is read back.</summary>
    VerifyingImage,

    /// <summary>The disc is read a second time and compared.</summary>
    VerifyingDisc,
}
