// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Parity;
using Spindle.Parity.DiscSet;

namespace Spindle.Fuzz;

/// <summary>Looks at what says which discs a set is of. Whatever it is, this ends, and throws nothing.</summary>
public static class SetLook
{
    /// <summary>Reads a volume's head and list; what is read is written, and read again.</summary>
    public static void AtVolume(ReadOnlyMemory<byte> bytes)
    {
        using Held file = new(bytes);
        if (ParVolume.TryRead(file) is { } volume)
        {
            Check(volume.Files.Count is > 0 and <= 256 && volume.Files.All(entry => entry.Length >= 0), "a list that can't be");
            Check(volume.Number == 0 || (volume.DataOffset + volume.DataLength <= bytes.Length), "data behind the end");
            using Held again = new((volume with { Number = 0, DataOffset = 1 << 20 }).HeadBytes());
            Check(ParVolume.TryRead(again) is { } same && same.Files.Count == volume.Files.Count, "what was written is read as something else");
        }
    }

    /// <summary>Reads a table; what is read is written, and read again.</summary>
    public static void AtTable(ReadOnlyMemory<byte> text)
    {
        if (SetTable.TryRead(text.Span) is { } table)
        {
            string written = table.ToString();
            Check(SetTable.TryRead(Encoding.ASCII.GetBytes(written))?.ToString() == written, "what was written is read as something else");
            Check(table.Members.All(member => !member.Name.Contains('/', StringComparison.Ordinal) && member.Name is not ("." or "..")), "a name that leads elsewhere");
        }
    }

    private static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException(what);
        }
    }

    private sealed class Held(ReadOnlyMemory<byte> bytes) : IImageStorage
    {
        public string Name => "input";

        public long Length => bytes.Length;

        public int Read(long position, Span<byte> buffer)
        {
            int count = (int)Math.Clamp(bytes.Length - position, 0, buffer.Length);
            bytes.Span.Slice((int)Math.Min(position, bytes.Length), count).CopyTo(buffer);
            return count;
        }

        public void Write(long position, ReadOnlySpan<byte> bytes) => throw new InvalidOperationException("a reader wrote");

        public void SetLength(long length) => throw new InvalidOperationException("a reader wrote");

        public void Flush()
        {
        }

        public void Dispose()
        {
        }
    }
}
