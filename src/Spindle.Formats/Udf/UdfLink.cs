// SPDX-License-Identifier: MIT
using Spindle.Formats.Names;
using Spindle.Formats.RockRidge;

namespace Spindle.Formats.Udf;

/// <summary>The content of a symbolic link of UDF: one path component behind the other (ECMA-167 4/14.16).</summary>
public static class UdfLink
{
    /// <summary>Bytes that a target of <see cref="RockRidgeEntries.MaximumTarget"/> takes at most: five for a component of one byte, with its slash.</summary>
    public const int MaximumLength = 20 * 1024;

    private const int Header = 4;
    private static readonly UdfNameForm Form = new();

    /// <summary>Composes the content.</summary>
    /// <returns>Bytes of it.</returns>
    public static int Compose(ReadOnlySpan<byte> target, Span<byte> content)
    {
        const byte root = 2;
        const byte parent = 3;
        const byte current = 4;
        const byte name = 5;
        int length = 0;
        if (target.StartsWith("/"u8))
        {
            length += Write(content, root, []);
        }

        Span<byte> encoded = stackalloc byte[NameForm.MaximumLength + 1];
        while (!target.IsEmpty)
        {
            int slash = target.IndexOf((byte)'/');
            ReadOnlySpan<byte> component = slash < 0 ? target : target[..slash];
            target = slash < 0 ? [] : target[(slash + 1)..];
            length += component switch
            {
                [] => 0,
                [(byte)'.'] => Write(content[length..], current, []),
                [(byte)'.', (byte)'.'] => Write(content[length..], parent, []),
                _ => Write(content[length..], name, encoded[..Form.Encode(component[..Math.Min(component.Length, 255)], false, encoded, out _)]),
            };
        }

        return length;
    }

    private static int Write(Span<byte> content, byte type, ReadOnlySpan<byte> name)
    {
        content[..Header].Clear();
        content.At(rbp: 0)[0] = type;
        content.At(rbp: 1)[0] = (byte)name.Length;
        name.CopyTo(content.At(rbp: Header));
        return Header + name.Length;
    }
}
