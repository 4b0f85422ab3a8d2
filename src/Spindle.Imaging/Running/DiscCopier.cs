// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Spindle.Formats.MapFile;
using Spindle.Imaging.Copying;
using Spindle.Imaging.Rescuing;
using Spindle.Media;

namespace Spindle.Imaging.Running;

/// <summary>From the disc into the unfinished image: from front to back while nothing fails, then by rescue.</summary>
internal sealed class DiscCopier
{
    private readonly ImagingState _state;
    private readonly ImagingPorts _ports;
    private readonly WatchedReader _disc;
    private readonly LinearCopier _linear;
    private readonly DiscRescue _rescue;
    private readonly ParityRepair _parity;
    private readonly CopyHasher _hasher;
    private readonly UnprovenSectors _unproven;

    public DiscCopier(ImagingState state, ImagingPorts ports, WatchedReader disc, DriveEffort effort)
    {
        SlowReads slow = new(); // what the drive has shown of its speed, the rescue knows from the start
        _state = state;
        _ports = ports;
        _disc = disc;
        _linear = new(state, ports, disc, slow);
        _rescue = new(state, ports, disc, (effort, slow));
        _parity = new(state, ports);
        _hasher = new(state, ports, _rescue);
        _unproven = new(state, disc);
    }

    /// <param name="continues">Whether the unfinished image is gone on with.</param>
    /// <param name="cancellationToken">Stops; what was read is kept.</param>
    /// <returns>Sectors up to the end of the parity on the disc; 0 where it carries none, or that was not looked for.</returns>
    public async Task<long> RunAsync(bool continues, CancellationToken cancellationToken)
    {
        foreach (SectorRange gap in _state.Source.OffTrack)
        {
            // Nothing is there, and no drive can read it: it counts as tried before it is.
            _state.Copy.Map.Set(gap, SectorState.Bad);
        }

        string path = _state.Paths.ImagePart;
        using SafeFileHandle file = _ports.Files.OpenForWriting(path, continues);
        ImageWriter writer = new(_state.Copy, file, path, _state.Layout, _ports.Time);
        UnfinishedImage image = new(file, writer, new HashedReading(_state, _ports).NewPool());

        // From now on there is a map, so that whatever happens can be resumed.
        writer.Checkpoint(_state.Copy.Cursor);
        long protectedSectors = 0;
        try
        {
            LinearInterruption? interruption = null;
            if (_state.Copy.IsUndamaged)
            {
                interruption = await _linear.RunAsync(image, continues, cancellationToken);
            }

            if (_state.Readings.Count == 0)
            {
                await _rescue.RunAsync(writer, interruption, cancellationToken);
                _disc.Check();
                protectedSectors = await Task.Run(() => _parity.Run(image, cancellationToken), CancellationToken.None);
                await _hasher.RunAsync(image, cancellationToken);
            }
        }
        catch (Exception e) when (e is OperationFailedException or OperationCanceledException)
        {
            _unproven.TakeBack(e);
            SaveWhatCanBeSaved(writer);
            throw;
        }

        // A tail that an earlier run wrote past the end of the medium, or that another program made longer, goes.
        RandomAccess.SetLength(file, _state.Layout.Length);
        writer.Checkpoint(new(RescueStatus.Finished, 1, _state.Layout.SectorCount));
        return protectedSectors;
    }

    private void SaveWhatCanBeSaved(ImageWriter writer)
    {
        try
        {
            writer.Checkpoint(writer.Cursor);
        }
        catch (OperationFailedException e)
        {
            // The map of the last checkpoint stays: it tells of less than was written, never of more.
            _state.Warnings.Add(e.Failure);
        }
    }
}
