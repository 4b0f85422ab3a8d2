// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Catalogue.Documents;

/// <summary>Writes a list of check sums as <c>sha256sum</c> and <c>sha512sum</c> write them and check them.</summary>
public sealed class SumList(Stream output) : IDisposable
{
    private readonly LineWriter _lines = new(output);

    /// <summary>Writes a list that goes on where another one ends.</summary>
    /// <param name="sums">The other list.</param>
    /// <param name="documents">What is added to it.</param>
    /// <param name="output">Takes both.</param>
    public static void Continue(KeptDocument sums, IEnumerable<KeptDocument> documents, Stream output)
    {
        sums.CopyTo(output);
        using SumList list = new(output);
        foreach (KeptDocument document in documents)
        {
            list.Add(document.Sha256, Encoding.ASCII.GetBytes(document.Name));
        }
    }

    /// <summary>Adds a file.</summary>
    /// <param name="sum">Its hash.</param>
    /// <param name="path">Where it is, from the disc's root.</param>
    /// <remarks>A name with a backslash, a line feed or a carriage return is escaped, and its line begins with a backslash
    /// (coreutils manual, "md5sum invocation").</remarks>
    public void Add(byte[] sum, ReadOnlySpan<byte> path)
    {
        bool isEscaped = path.IndexOfAny("\\\n\r"u8) >= 0;
        _lines.Raw(isEscaped ? "\\"u8 : ""u8).Hex(sum).Raw("  "u8);
        if (!isEscaped)
        {
            _lines.Raw(path).End();
            return;
        }

        foreach (byte value in path)
        {
            _lines.Raw(value switch
            {
                (byte)'\\' => "\\\\"u8,
                (byte)'\n' => "\\n"u8,
                (byte)'\r' => "\\r"u8,
                _ => [value],
            });
        }

        _lines.End();
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();
}
