// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Spindle.Parity.DiscSet;

namespace Spindle.Parity.Tests.DiscSet;

/// <summary>The golden files of tests/fixtures/set-parity: six images, and what foreign programs made of them.</summary>
internal static class SixDiscs
{
    private const int Window = 40960; // the longest

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "fixtures", "set-parity");
    private static readonly Dictionary<string, string> Sums = File.ReadAllLines(Path.Combine(Folder, "SHA256SUMS")).ToDictionary(line => line[66..], line => line[..64]);

    public static IReadOnlyList<(string Name, byte[] Bytes)> Images { get; } =
        [.. Directory.GetFiles(Folder, "*.iso").Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), File.ReadAllBytes(path)))];

    public static IReadOnlyList<ParFile> Files { get; } =
        [.. Images.Select(image => new ParFile(image.Name, image.Bytes.Length, MD5.HashData(image.Bytes), MD5.HashData(image.Bytes.AsSpan(0, Math.Min(ParFile.StartLength, image.Bytes.Length)))))];

    public static string Sha256Of(string name) => Sums[name];

    /// <summary>So many rows of parity.</summary>
    public static byte[][] Parity(int rows)
    {
        SetSolver solver = new([.. Enumerable.Range(0, Images.Count).Select(disc => SetCode.Coefficients(rows, disc))], Window);
        foreach ((int disc, (_, byte[] bytes)) in Images.Index())
        {
            bytes.CopyTo(solver[disc]);
        }

        solver.Encode();
        return [.. Enumerable.Range(Images.Count, rows).Select(row => solver[row].ToArray())];
    }
}
