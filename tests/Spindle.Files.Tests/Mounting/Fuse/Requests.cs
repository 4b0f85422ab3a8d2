// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;

namespace Spindle.Files.Tests.Mounting.Fuse;

/// <summary>Requests as the kernel makes them, laid out by hand from linux/fuse.h.</summary>
internal static class Requests
{
    public static byte[] Of(uint opcode, ulong unique, ulong node, byte[] body, int process = 1)
    {
        byte[] bytes = new byte[40 + body.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)bytes.Length); // len
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), opcode);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), unique);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), node); // nodeid
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(24), 1000); // uid
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(28), 1000); // gid
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(32), process); // pid
        body.CopyTo(bytes, 40);
        return bytes;
    }

    public static byte[] Lookup(string name, ulong unique = 2, ulong node = 1, int process = 1) => Of(1, unique, node, [.. Encoding.UTF8.GetBytes(name), 0], process);

    public static byte[] Initialize(uint major = 7, uint minor = 45, uint flags = uint.MaxValue) => Of(26, 2, 0, Numbers(4, major, minor, 131072, flags));

    public static byte[] Open(ulong node, ulong unique = 4, int process = 1) => Of(14, unique, node, Numbers(4, 0, 0), process);

    /// <summary>READ 15, READDIR 28, READDIRPLUS 44: <c>struct fuse_read_in</c>.</summary>
    public static byte[] Read(uint opcode, ulong node, ulong handle, ulong offset, uint size, ulong unique = 6, int process = 1)
    {
        byte[] body = new byte[40];
        BinaryPrimitives.WriteUInt64LittleEndian(body, handle);
        BinaryPrimitives.WriteUInt64LittleEndian(body.AsSpan(8), offset);
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(16), size);
        return Of(opcode, unique, node, body, process);
    }

    public static byte[] GetAttribute(ulong node, string name, uint size) => Of(22, 8, node, [.. Numbers(4, size, 0), .. Encoding.UTF8.GetBytes(name), 0]);

    public static byte[] Interrupt(ulong unique) => Of(36, unique | 1, 0, Numbers(8, unique));

    public static byte[] Seek(ulong handle, ulong offset, uint whence) => Of(46, 10, 2, [.. Numbers(8, handle, offset), .. Numbers(4, whence, 0)]);

    public static byte[] Numbers(int width, params ulong[] numbers)
    {
        byte[] bytes = new byte[width * numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (width == 8)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * 8), numbers[i]);
            }
            else
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * 4), (uint)numbers[i]);
            }
        }

        return bytes;
    }
}
