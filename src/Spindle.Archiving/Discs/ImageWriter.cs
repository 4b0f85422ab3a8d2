// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Spindle.Archiving.Catalogue;
using Spindle.Formats.Mastering;
using Spindle.Media;

namespace Spindle.Archiving.Discs;

/// <summary>What was written.</summary>
internal sealed record ImageBytes(byte[] Sha256, bool IsReadBack, IReadOnlyList<SourceProblem> Problems);

/// <summary>Writes an image front to back.</summary>
internal static class ImageWriter
{
    public static Task<ImageBytes> WriteAsync(
        DiscAssembly disc, CatalogueDatabase database, string path, IProgress<WriteProgress> progress, CancellationToken cancellationToken) =>
        Task.Run(() => Write(disc, database, path, progress, cancellationToken), CancellationToken.None);

    private static ImageBytes Write(DiscAssembly disc, CatalogueDatabase database, string path, IProgress<WriteProgress> progress, CancellationToken cancellationToken)
    {
        using ContentFiles files = new(database, disc.Facts.Number);
        using IncrementalHash image = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using FileStream output = new(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 20);
        List<SourceProblem> problems = [];
        byte[] buffer = new byte[1 << 20];
        foreach (ImageSegment segment in disc.Layout.Segments())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Pad(segment.Sector * Capacity.SectorSize);
            if (segment.Content < 0)
            {
                Put(segment.Bytes.Span);
                continue;
            }

            ContentPlace place = disc.PlaceOf(segment.Content, files);
            progress.Report(new(WriteStage.Writing, output.Position, disc.Layout.Sectors * Capacity.SectorSize, place.Path));
            try
            {
                using SafeFileHandle file = SourceFile.Open(place.PathBytes);
                using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                long done = 0;
                while (done < segment.Length)
                {
                    int read = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, segment.Length - done)), place.Offset + done);
                    if (read == 0)
                    {
                        break;
                    }

                    hash.AppendData(buffer, 0, read);
                    Put(buffer.AsSpan(0, read));
                    done += read;
                }

                if (done < segment.Length || !hash.GetHashAndReset().AsSpan().SequenceEqual(place.Sha256))
                {
                    problems.Add(new(place.Path, "changed since it was scanned"));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add(new(place.Path, e.Message));
            }
        }

        Pad(disc.Layout.Sectors * Capacity.SectorSize);
        output.Flush(flushToDisk: true);
        return new(image.GetHashAndReset(), false, problems);

        void Put(ReadOnlySpan<byte> bytes)
        {
            image.AppendData(bytes);
            output.Write(bytes);
        }

        void Pad(long position)
        {
            Array.Clear(buffer);
            while (output.Position < position)
            {
                Put(buffer.AsSpan(0, (int)Math.Min(buffer.Length, position - output.Position)));
            }
        }
    }
}
