// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Media;
using Spindle.Parity;

namespace Spindle.Imaging.Running;

/// <summary>What an imaging works with, whatever the disc.</summary>
/// <param name="Files">Where images are kept.</param>
/// <param name="Time">The clock.</param>
/// <param name="Progress">Told how far each reading is, on the thread that reads.</param>
/// <param name="MayRepair">Asked, with the parity that the disc carries and how many sectors are missing, whether they are restored by it.</param>
internal sealed record ImagingPorts(
    IImageFiles Files, TimeProvider Time, IProgress<WorkProgress> Progress, Func<ParityLayout, long, bool> MayRepair);
