// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files;
using Spindle.Media;

namespace Spindle.Station.Vaults;

/// <summary>One more copy of an image, read back from its storage before it counts.</summary>
internal static class ImageCopy
{
    private const int PieceLength = 4 << 20; // bytes

    /// <summary>Makes it, unless it is there; one that is there is read.</summary>
    /// <param name="source">The image.</param>
    /// <param name="target">Where the copy is to be; the image itself is only read.</param>
    /// <param name="sha256">What the image is, in lower-case hexadecimal digits.</param>
    /// <param name="progress">Told some times a second.</param>
    /// <param name="cancellationToken">Stops; what was begun is taken away.</param>
    /// <returns>Whether what is there is that image.</returns>
    /// <exception cref="OperationFailedException"><c>output-exists</c>: there is another file; it can't be read or written.</exception>
    public static Task<bool> MakeAsync(string source, string target, string sha256, IProgress<WorkProgress> progress, CancellationToken cancellationToken) => Task.Run(() =>
    {
        string name = Path.GetFileName(target);
        long length = new FileInfo(source).Length;
        bool isThere = File.Exists(target);
        if (!isThere)
        {
            TargetFailure.Told(target, () => Directory.CreateDirectory(Path.GetDirectoryName(target)!));
            try
            {
                WholeFile.WritePart(target, part => Copy(source, part, done => progress.Report(new("copying", done, length, WorkProgress.Bytes) { Item = name }), cancellationToken));
            }
            catch (OperationCanceledException)
            {
                File.Delete(target + WholeFile.PartSuffix);
                throw;
            }
        }

        string written = isThere ? target : target + WholeFile.PartSuffix;
        (byte[] sum, _) = StoredFile.Hash(written, done => progress.Report(new("reading-back", done, length, WorkProgress.Bytes) { Item = name }), cancellationToken);
        if (Convert.ToHexStringLower(sum) != sha256)
        {
            if (!isThere)
            {
                File.Delete(written);
            }

            throw isThere ? Failures.OtherImage(target) : Failures.ImageChanged(source);
        }

        if (!isThere)
        {
            WholeFile.Publish(target);
            WholeFile.Write(Path.ChangeExtension(target, ".sha256"), file => file.Write(Encoding.UTF8.GetBytes($"{sha256}  {name}\n")));
        }

        return true;
    }, CancellationToken.None);

    private static void Copy(string source, Stream target, Action<long> progress, CancellationToken cancellationToken)
    {
        using FileStream image = new(source, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        byte[] buffer = new byte[PieceLength];
        long done = 0;
        while (image.Read(buffer) is > 0 and int read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            target.Write(buffer, 0, read);
            progress(done += read);
        }
    }
}
