// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Spindle.Imaging.Copying;
using Spindle.Media;
using Spindle.Parity;
using Spindle.Parity.Protecting;

namespace Spindle.Imaging.Rescuing;

/// <summary>Gives the parity of a disc its own unfinished image to mend, and notes what it restored.</summary>
/// <remarks>
/// There is no journal: the next checkpoint tells of what was mended, and whoever is killed before it reads, or mends, it again.
/// </remarks>
/// <param name="image">The unfinished image.</param>
/// <param name="path">Its path.</param>
/// <param name="layout">The medium.</param>
/// <param name="state">What is known of it.</param>
/// <param name="writer">Writes into the image.</param>
internal sealed class ParityMending(SafeFileHandle image, string path, MediumLayout layout, CopyState state, ImageWriter writer) : IImageStorage
{
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public string Name => path;

    /// <inheritdoc/>
    public long Length => layout.Length;

    /// <summary>The parity that the disc carries; null where none is found in the places where it is kept.</summary>
    public ParityLayout? Find() => Checker.FindQuickly(this, state.Map);

    /// <summary>Mends what it can; the map tells of it then.</summary>
    /// <param name="reached">Told how much of the image was looked at, from 0 to 1; from several threads, one at a time.</param>
    /// <param name="cancellationToken">Stops within about a second.</param>
    /// <exception cref="OperationCanceledException">It was stopped; what was mended until then stays, and is told of.</exception>
    public void Mend(Action<double> reached, CancellationToken cancellationToken) =>
        Repairer.Repair(this, new() { Image = path, Map = new(state.Map), WritesProvenOnly = true }, new Relay(reached), cancellationToken);

    /// <inheritdoc/>
    public int Read(long position, Span<byte> buffer)
    {
        int done = 0;
        while (done < buffer.Length && RandomAccess.Read(image, buffer[done..], position + done) is > 0 and int got)
        {
            done += got;
        }

        return done;
    }

    /// <summary>Takes restored sectors, but for those behind the end of what the drive takes for the disc.</summary>
    public void Write(long position, ReadOnlySpan<byte> bytes)
    {
        SectorRange range = new SectorRange(position / layout.SectorSize, bytes.Length / layout.SectorSize).Intersect(new(0, layout.SectorCount));
        if (range.IsEmpty)
        {
            return;
        }

        lock (_lock)
        {
            ReadOnlySpan<byte> content = bytes[..layout.ByteLength(range)];
            writer.Write(range, content);
            state.Digests.Note(range, content);
            state.NoteRestored(range);
        }
    }

    /// <summary>Does nothing: the image is as long as the disc in the end in any case.</summary>
    public void SetLength(long length)
    {
    }

    /// <summary>Does nothing: the next checkpoint does it.</summary>
    public void Flush()
    {
    }

    /// <summary>Does nothing: the image is the run's.</summary>
    public void Dispose()
    {
    }

    private sealed class Relay(Action<double> reached) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => reached(value.Total == 0 ? 0 : (double)value.Done / value.Total);
    }
}
