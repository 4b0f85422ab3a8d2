// SPDX-License-Identifier: MIT
namespace Spindle.EndToEnd.Tests.Discs;

/// <summary>Large files, made and compared without being held in memory.</summary>
internal static class Files
{
    private const int Step = 1 << 20;

    /// <summary>Writes bytes that neither compress nor repeat, and are the same for the same seed.</summary>
    public static string WriteRandom(string path, long length, int seed)
    {
        Random random = new(seed);
        byte[] buffer = new byte[Step];
        using FileStream file = File.Create(path, bufferSize: 0);
        for (long left = length; left > 0; left -= Step)
        {
            random.NextBytes(buffer);
            file.Write(buffer.AsSpan(0, (int)Math.Min(left, Step)));
        }

        return path;
    }

    public static bool AreIdentical(string left, string right) =>
        new FileInfo(left).Length == new FileInfo(right).Length && Begins(left, right);

    /// <summary>Whether the file begins with all that the other one holds.</summary>
    public static bool Begins(string whole, string beginning)
    {
        using FileStream first = new(whole, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        using FileStream second = new(beginning, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        byte[] firstBytes = new byte[Step];
        byte[] secondBytes = new byte[Step];
        bool areIdentical = first.Length >= second.Length;
        for (long position = 0; areIdentical && position < second.Length; position += Step)
        {
            int read = second.ReadAtLeast(secondBytes, Step, throwOnEndOfStream: false);
            _ = first.ReadAtLeast(firstBytes, read, throwOnEndOfStream: false);
            areIdentical = firstBytes.AsSpan(0, read).SequenceEqual(secondBytes.AsSpan(0, read));
        }

        return areIdentical;
    }

    /// <summary>Changes one byte, as failing storage does.</summary>
    public static void FlipByte(string path, long position)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        file.Position = position;
        int value = file.ReadByte();
        file.Position = position;
        file.WriteByte((byte)(value ^ 0xFF));
        file.Flush(flushToDisk: true);
    }
}
