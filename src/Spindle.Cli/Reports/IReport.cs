// SPDX-License-Identifier: MIT
using Spindle.Imaging;
using Spindle.Media;

namespace Spindle.Cli.Reports;

/// <summary>Tells the user what happened: as text or as JSON, which is decided once.</summary>
internal interface IReport
{
    /// <summary>Gets the progress of an imaging, as often as it happens.</summary>
    IProgress<ImagingProgress> Imaging { get; }

    /// <summary>An imaging has ended.</summary>
    void Imaged(ImagingResult result);

    /// <summary>Something is said on the way, for people only.</summary>
    void Note(string text);

    /// <summary>The command could not do what it was asked for.</summary>
    void Failed(Failure failure);
}
