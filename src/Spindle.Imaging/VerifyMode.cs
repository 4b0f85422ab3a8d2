// SPDX-License-Identifier: MIT
namespace Spindle.Imaging;

/// <summary>What is read a second time before an image is called verified.</summary>
public enum VerifyMode
{
    /// <summary>The image, from its storage and not from the system's cache.</summary>
    Image,

    /// <summary>The image, and then the disc once more, compared with it sector by sector.</summary>
    Disc,

    /// <summary>Nothing; and nothing is called verified.</summary>
    None,
}
