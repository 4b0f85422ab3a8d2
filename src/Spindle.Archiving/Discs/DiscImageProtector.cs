// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Spindle.Media;
using Spindle.Parity.Protecting;

namespace Spindle.Archiving.Discs;

/// <summary>Adds check data to a finished image, which proves what it wrote by reading it again.</summary>
internal static class DiscImageProtector
{
    /// <param name="image">The image.</param>
    /// <param name="percent">How much check data, of what it protects.</param>
    /// <param name="progress">Told some times a second.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>SHA-256 of the image with its check data.</returns>
    public static Task<byte[]> RunAsync(string image, double percent, IProgress<WorkProgress> progress, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            Protector.Protect(new() { Image = image, Redundancy = Redundancy.OfPercent(percent) }, progress, cancellationToken);
            return Hash(image, progress, cancellationToken);
        },
        CancellationToken.None);

    private static byte[] Hash(string image, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using FileStream stream = new(image, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        byte[] buffer = new byte[1 << 20];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer.AsSpan(0, count));
            progress.Report(new("hashing", stream.Position, stream.Length, WorkProgress.Bytes) { Item = Path.GetFileNameWithoutExtension(image) });
        }

        return hash.GetHashAndReset();
    }
}
