// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity;
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>Makes the parity of a set of images that are all at hand: each is read once, all at the same place.</summary>
public static class SetMaker
{
    /// <summary>Makes it, in a folder: volumes, table, digests, and what restores without Spindle.</summary>
    /// <remarks>The table gets its name last: a folder without one has no parity. Images are only read.</remarks>
    /// <param name="request">Which images, and where to.</param>
    /// <param name="progress">Told some times a second.</param>
    /// <param name="cancellationToken">Stops; what was written is taken away again.</param>
    /// <exception cref="OperationFailedException">An image can't be read or is one too many; the folder has a set already, can't be written or does not keep what is.</exception>
    public static SetMakeResult Make(SetMakeRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        using SetImages images = SetImages.Open(request.Sources);
        int rows = request.Rows ?? SetMakeRequest.UsualRows;
        int most = SetCode.MostDiscs(rows);
        if (images.Files.Count > most)
        {
            throw SetFailures.TooLarge(images.Files.Count, rows, most);
        }

        if (ParVolume.ListLength(images.Names) > ParVolume.LongestListOfOurs)
        {
            throw SetFailures.NamesTooLong(images.Files.Count);
        }

        SetFolder folder = SetFolder.Begin(request, request.Name ?? images.CommonName(), rows);
        using SetVolumes volumes = new(folder, Enumerable.Range(0, images.Files.Count).Max(images.LengthOf));
        DiscHashes[] hashes = [.. images.Files.Select((_, image) => new DiscHashes(images.LengthOf(image)))];
        try
        {
            Sum(images, volumes, hashes, progress, cancellationToken);
            Parallel.For(0, hashes.Length, image => images.ReadBehind(image, bytes => hashes[image].AppendBehind(bytes.Span), cancellationToken));
            List<(SummedDisc, PieceSums)> discs = [.. hashes.Select((hash, place) => (hash.Complete(place, images.Names[place], images.InnerOf(place)), hash.Pieces))];
            (SetTable table, bool isReadBack) = volumes.Finish(discs, progress, cancellationToken);
            return folder.End(request, new(table, isReadBack, images.Warnings, []), progress, cancellationToken);
        }
        finally
        {
            Array.ForEach(hashes, hash => hash.Dispose());
        }
    }

    private static void Sum(SetImages images, SetVolumes volumes, DiscHashes[] hashes, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        int count = images.Files.Count;
        SetSolver solver = new([.. Enumerable.Range(0, count).Select(place => SetCode.Coefficients(volumes.Rows, place))], SetWindows.LengthFor(count, volumes.Rows, volumes.Length));
        long total = Enumerable.Range(0, count).Sum(images.LengthOf);
        long done = 0;
        for (long position = 0; position < volumes.Length; position += solver.Window)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long at = position;
            int[] lengths = [.. Enumerable.Range(0, count).Select(disc => (int)Math.Clamp(images.LengthOf(disc) - at, 0, solver.Window))];
            Parallel.For(0, count, disc => Read(images.Files[disc], at, solver[disc], lengths[disc]));
            DiscHashes.Append(solver, hashes, lengths);
            solver.Encode();
            int length = (int)Math.Min(solver.Window, volumes.Length - position);
            for (int row = 0; row < volumes.Rows; row++)
            {
                volumes.Write(row, position, solver[count + row][..length]);
            }

            done = hashes.Sum(hash => hash.Position);
            progress.Report(new("adding", done, total, WorkProgress.Bytes));
        }
    }

    private static void Read(IImageStorage image, long position, Span<byte> window, int length)
    {
        window[length..].Clear();
        int read = length == 0 ? 0 : image.Read(position, window[..length]);
        if (read < length)
        {
            throw SetFailures.Unreadable(image.Name, position + read);
        }
    }
}
