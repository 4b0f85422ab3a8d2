// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Spindle.Imaging.Copying;

namespace Spindle.Imaging.Running;

/// <summary>The unfinished image while it is written, with all that writes it; it stays its opener's.</summary>
/// <param name="File">The part file.</param>
/// <param name="Writer">Writes into it, and saves its map.</param>
/// <param name="Pool">The buffers of what is read.</param>
internal sealed record UnfinishedImage(SafeFileHandle File, ImageWriter Writer, BatchPool Pool);
