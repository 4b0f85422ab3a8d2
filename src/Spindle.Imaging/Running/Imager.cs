// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Parity;

namespace Spindle.Imaging.Running;

/// <summary>Makes a proven image of a disc: reads it once, writes and hashes at the same time, reads back what was written.</summary>
public sealed class Imager
{
    private readonly Func<ImagingRequest, IDiscSource> _openSource;
    private readonly IImageFiles _files;
    private readonly TimeProvider _time;
    private readonly Func<ParityLayout, long, bool> _mayRepair;

    /// <param name="openSource">Opens the source of a request, as <see cref="DiscSource"/> does.</param>
    /// <param name="files">Where images are kept.</param>
    /// <param name="time">The clock that the record is made with.</param>
    /// <param name="mayRepair">
    /// Asked where sectors could not be read and the disc carries parity, with that and how many they are: whether they are to be restored
    /// by it. Null where nobody can be asked.
    /// </param>
    public Imager(Func<ImagingRequest, IDiscSource> openSource, IImageFiles files, TimeProvider time, Func<ParityLayout, long, bool>? mayRepair = null)
    {
        _mayRepair = mayRepair ?? ((_, _) => false);
        _openSource = openSource;
        _files = files;
        _time = time;
    }

    /// <summary>An imager for the drives and files of this machine.</summary>
    public static Imager ForThisMachine() => new(
        request => DiscSource.Open(request.Source, new(request.Session, IsAlone: request.Session is not null)), new ImageFiles(), TimeProvider.System);

    /// <summary>The same that asks somebody whether sectors are restored by parity.</summary>
    public Imager Asking(Func<ParityLayout, long, bool> mayRepair) => new(_openSource, _files, _time, mayRepair);

    /// <summary>Makes an image.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="progress">Told after every batch of sectors, on the thread that reads.</param>
    /// <param name="cancellationToken">Stops after the batch at hand; what was done is kept and can be resumed.</param>
    /// <returns>What was done and seen; unreadable sectors and disagreeing readings are part of that, not exceptions.</returns>
    /// <exception cref="OperationFailedException">It can't be done, or not to the end; what was done can be resumed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; what was done can be resumed.</exception>
    public async Task<ImagingResult> RunAsync(
        ImagingRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        // Opening a drive may wait for its disc to spin up: not on the caller's thread.
        using IDiscSource source = await Task.Run(() => _openSource(request), cancellationToken);
        return await new ImagingRun(request, source, new(_files, _time, progress, _mayRepair)).RunAsync(cancellationToken);
    }
}
