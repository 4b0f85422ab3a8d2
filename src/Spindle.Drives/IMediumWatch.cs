// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Drives;

/// <summary>A reader that can say whether what it reads is still the disc that it was opened on.</summary>
public interface IMediumWatch
{
    /// <summary>Asks the drive, also where another program has heard of the change before.</summary>
    /// <exception cref="OperationFailedException">
    /// <c>disc-changed</c> where the disc was taken out or changed since the reader was opened, <c>drive-gone</c> where the drive vanished.
    /// </exception>
    void Check();
}
