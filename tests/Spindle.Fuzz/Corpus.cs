// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Spindle.Fuzz;

/// <summary>The inputs that are kept for one target: the images that it began with, and what each led to something new.</summary>
/// <remarks>
/// One file for each target, compressed as a whole, for the inputs are nearly the same. Each of them is its length, the count of its runs, and
/// each run with its place and length; what lies between is zeros. Numbers have four bytes, little-endian.
/// </remarks>
public static class Corpus
{
    private const int Granule = 16;

    /// <summary>Where the corpora of this project lie.</summary>
    public static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "corpus");

    /// <summary>Reads the inputs of a target, each packed; none where there is no file.</summary>
    public static List<byte[]> Load(string target)
    {
        string path = Path.Combine(Folder(), target + ".corpus");
        if (!File.Exists(path))
        {
            return [];
        }

        List<byte[]> inputs = [];
        using BrotliStream stream = new(File.OpenRead(path), CompressionMode.Decompress);
        byte[] length = new byte[4];
        while (stream.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) == length.Length)
        {
            byte[] packed = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
            stream.ReadExactly(packed);
            inputs.Add(packed);
        }

        return inputs;
    }

    /// <summary>Writes the inputs of a target.</summary>
    public static void Save(string target, IEnumerable<byte[]> inputs)
    {
        Directory.CreateDirectory(Folder());
        using BrotliStream stream = new(File.Create(Path.Combine(Folder(), target + ".corpus")), new BrotliCompressionOptions { Quality = 9 });
        byte[] length = new byte[4];
        foreach (byte[] packed in inputs)
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, packed.Length);
            stream.Write(length);
            stream.Write(packed);
        }
    }

    /// <summary>Packs an input: only what is not zero.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> input)
    {
        using MemoryStream packed = new();
        packed.Write(Number(input.Length));
        for (int at = 0; at < input.Length;)
        {
            int start = at + input[at..].IndexOfAnyExcept((byte)0);
            if (start < at)
            {
                break;
            }

            start = start / Granule * Granule;
            int end = start;
            while (end < input.Length && input[end..Math.Min(end + Granule, input.Length)].ContainsAnyExcept((byte)0))
            {
                end = Math.Min(end + Granule, input.Length);
            }

            packed.Write(Number(start));
            packed.Write(Number(end - start));
            packed.Write(input[start..end]);
            at = end;
        }

        return packed.ToArray();
    }

    /// <summary>Bytes of a packed input when it is unpacked.</summary>
    public static int LengthOf(ReadOnlySpan<byte> packed) => BinaryPrimitives.ReadInt32LittleEndian(packed);

    /// <summary>Unpacks an input into memory that is large enough.</summary>
    public static void Unpack(ReadOnlySpan<byte> packed, Span<byte> input)
    {
        input[..LengthOf(packed)].Clear();
        for (packed = packed[4..]; !packed.IsEmpty;)
        {
            int start = BinaryPrimitives.ReadInt32LittleEndian(packed);
            int length = BinaryPrimitives.ReadInt32LittleEndian(packed[4..]);
            packed.Slice(8, length).CopyTo(input[start..]);
            packed = packed[(8 + length)..];
        }
    }

    /// <summary>Unpacks an input.</summary>
    public static byte[] Unpack(ReadOnlySpan<byte> packed)
    {
        byte[] input = new byte[LengthOf(packed)];
        Unpack(packed, input);
        return input;
    }

    private static byte[] Number(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
