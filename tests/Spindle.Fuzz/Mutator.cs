// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Fuzz;

/// <summary>Changes an image in place, a few bytes at a time where something is recorded, and takes the changes back.</summary>
internal sealed class Mutator(Target target, Random random)
{
    private static readonly int[] BlockLengths = [512, 1024, 2048, 4096];

    private readonly List<(int At, byte[] Before)> _changes = [];
    private readonly List<int> _places = [];
    private readonly DescriptorTags _tags = new();

    /// <summary>Looks at an image that is to be changed.</summary>
    public void Begin(ReadOnlySpan<byte> image)
    {
        const int far = 4;
        _changes.Clear();
        _places.Clear();
        for (int at = 0; at < image.Length; at++)
        {
            if (image[at] != 0)
            {
                _places.Add(at);
            }
            else if (random.Next(64) == 0 && at + far < image.Length && at >= far && (image[at - far] != 0 || image[at + far] != 0))
            {
                _places.Add(at);
            }
        }

        if (_places.Count == 0)
        {
            _places.Add(0);
        }

        if (target.HasTags)
        {
            _tags.Find(image);
        }
    }

    /// <summary>Changes the image, and makes what is summed up add up again.</summary>
    /// <param name="image">The image.</param>
    /// <param name="other">Another image of the corpus, to take pieces of.</param>
    public void Change(Span<byte> image, ReadOnlySpan<byte> other)
    {
        for (int left = 1 << random.Next(5); left > 0; left--)
        {
            ChangeOnce(image, other);
        }

        int length = image.Length;

        // Seldom, checksums stay wrong: that, too, has to be survived.
        const int seldom = 12;
        if (target.HasTags && random.Next(seldom) != 0)
        {
            int[] tags = [.. _changes.SelectMany(change => _tags.Near(change.At, change.Before.Length)).Distinct()];
            foreach (int at in tags.Where(at => at + DescriptorTags.TagLength <= length))
            {
                Save(image, at, DescriptorTags.TagLength);
                DescriptorTags.TryMend(image, at);
            }
        }
    }

    /// <summary>Takes all changes back.</summary>
    public void Undo(Span<byte> image)
    {
        for (int index = _changes.Count - 1; index >= 0; index--)
        {
            _changes[index].Before.CopyTo(image[_changes[index].At..]);
        }

        _changes.Clear();
    }

    private void ChangeOnce(Span<byte> image, ReadOnlySpan<byte> other)
    {
        int at = _places[random.Next(_places.Count)];
        switch (random.Next(16))
        {
            case 0 or 1:
                Save(image, at, 1);
                image[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                Save(image, at, 1);
                image[at] = (byte)random.Next(256);
                break;
            case 3:
                Save(image, at, 1);
                image[at] = unchecked((byte)(image[at] + random.Next(-8, 9)));
                break;
            case 4 or 5 or 6 or 7:
                WriteNumber(image, at);
                break;
            case 8:
                Fill(image, at);
                break;
            case 9 or 10:
                Copy(image, at, image, _places[random.Next(_places.Count)], random.Next(1, 64));
                break;
            case 11:
                WriteToken(image, at);
                break;
            case 12:
                Insert(image, at);
                break;
            case 13:
                CopyBlock(image, image);
                break;
            case 14:
                CopyBlock(image, other);
                break;
            default:
                SetHolding(image);
                break;
        }
    }

    // How the image is held, in what drive: see ImageSectors.
    private void SetHolding(Span<byte> image)
    {
        const int holdingByte = 15;
        if (image.Length > holdingByte && random.Next(4) == 0)
        {
            Save(image, holdingByte, 1);
            image[holdingByte] = (byte)random.Next(8);
        }
    }

    private void WriteNumber(Span<byte> image, int at)
    {
        Span<byte> number = stackalloc byte[8];
        int length = random.Next(6) switch { 0 => 1, 1 or 2 => 2, 3 or 4 => 4, _ => 8 };
        ulong value = Number(image, at, length);
        BinaryPrimitives.WriteUInt64LittleEndian(number, value);
        bool isBig = random.Next(3) == 0;
        bool isBoth = random.Next(4) == 0;
        Span<byte> bytes = number[..length];
        if (isBig)
        {
            bytes.Reverse();
        }

        Put(image, at, bytes);
        if (isBoth)
        {
            bytes.Reverse();
            Put(image, at + length, bytes);
        }
    }

    private ulong Number(ReadOnlySpan<byte> image, int at, int length)
    {
        int blockLength = BlockLengths[random.Next(BlockLengths.Length)];
        ulong now = 0;
        for (int index = 0; index < length && at + index < image.Length; index++)
        {
            now |= (ulong)image[at + index] << (8 * index);
        }

        return random.Next(12) switch
        {
            0 => 0,
            1 => 1,
            2 => ulong.MaxValue,
            3 => 1ul << random.Next(64),
            4 => (1ul << random.Next(64)) - 1,
            5 => (ulong)random.Next((image.Length / blockLength) + 2),
            6 => (ulong)(image.Length / blockLength),
            7 => (ulong)image.Length,
            8 => (ulong)random.Next(image.Length),
            9 => (ulong)(_places[random.Next(_places.Count)] / blockLength),
            10 => unchecked(now * 2),
            _ => unchecked(now + (ulong)random.Next(1, 17) - 8),
        };
    }

    private void Fill(Span<byte> image, int at)
    {
        int length = Math.Min(random.Next(1, 40), image.Length - at);
        Save(image, at, length);
        image.Slice(at, length).Fill((byte)(random.Next(2) * 255));
    }

    private void WriteToken(Span<byte> image, int at)
    {
        if (target.Tokens.Count > 0)
        {
            Put(image, at, target.Tokens[random.Next(target.Tokens.Count)]);
        }
    }

    // Moves what lies behind on, as far as the block goes, and puts a token or a copy into the gap.
    private void Insert(Span<byte> image, int at)
    {
        int end = Math.Min(((at / 2048) + 1) * 2048, image.Length);
        int gap = Math.Min(random.Next(1, 32), end - at);
        Save(image, at, end - at);
        image[at..(end - gap)].ToArray().CopyTo(image[(at + gap)..]);
        if (random.Next(2) == 0)
        {
            WriteToken(image, at);
        }
    }

    private void CopyBlock(Span<byte> image, ReadOnlySpan<byte> source)
    {
        int length = BlockLengths[random.Next(BlockLengths.Length)];
        int to = _places[random.Next(_places.Count)] / length * length;
        int from = random.Next(Math.Max(1, source.Length)) / length * length;
        Copy(image, to, source, source == image ? _places[random.Next(_places.Count)] / length * length : from, length);
    }

    private void Copy(Span<byte> image, int to, ReadOnlySpan<byte> source, int from, int length)
    {
        length = Math.Min(length, Math.Min(image.Length - to, source.Length - from));
        if (length > 0)
        {
            Put(image, to, source.Slice(from, length).ToArray());
        }
    }

    private void Put(Span<byte> image, int at, ReadOnlySpan<byte> bytes)
    {
        int length = Math.Min(bytes.Length, image.Length - at);
        if (length > 0)
        {
            Save(image, at, length);
            bytes[..length].CopyTo(image[at..]);
        }
    }

    private void Save(ReadOnlySpan<byte> image, int at, int length) => _changes.Add((at, image.Slice(at, length).ToArray()));
}
