// SPDX-License-Identifier: MIT
namespace Spindle.Parity;

/// <summary>How parity is kept.</summary>
public enum ParityFormat
{
    /// <summary>RS03 within the image, of a medium's size.</summary>
    Rs03Image,

    /// <summary>RS03 in a file beside the image.</summary>
    Rs03File,

    /// <summary>RS02 within the image, of any size; read and mended, never made.</summary>
    Rs02Image,

    /// <summary>RS01 in a file beside the image; read and used, never made.</summary>
    Rs01File,
}
