// SPDX-License-Identifier: MIT
namespace Spindle.Catalogue.Documents;

/// <summary>Keeps the lists of a disc from when they are made until they are written; or their lengths only, for a plan.</summary>
public interface IDocumentStore
{
    /// <summary>Whether documents can be read again; else only their lengths are known.</summary>
    bool IsKeeping { get; }

    /// <summary>Makes a document. Several may be made at once.</summary>
    /// <param name="name">Its name on the disc.</param>
    /// <param name="write">Writes it, front to back.</param>
    KeptDocument Keep(string name, Action<Stream> write);
}

/// <summary>A document of a disc.</summary>
/// <param name="Name">Path on the disc, such as <c>ARCHIVE/files.tsv</c>.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Its hash; zeros where only lengths are of interest.</param>
/// <param name="Path">The file that keeps it; null where only lengths are of interest.</param>
public sealed record KeptDocument(string Name, long Length, byte[] Sha256, string? Path)
{
    /// <summary>Writes it; of a plan, as many zeros, for whom only the length is of interest.</summary>
    public void CopyTo(Stream output)
    {
        if (Path is not null)
        {
            using FileStream input = new(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            input.CopyTo(output);
            return;
        }

        byte[] zeros = new byte[1 << 16];
        for (long left = Length; left > 0; left -= Math.Min(left, zeros.Length))
        {
            output.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
        }
    }
}
