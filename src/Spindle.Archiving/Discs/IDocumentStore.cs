// SPDX-License-Identifier: MIT
namespace Spindle.Archiving.Discs;

/// <summary>Keeps the lists of a disc from when they are made until they are written; or their lengths only, for a plan.</summary>
internal interface IDocumentStore
{
    /// <summary>Makes a document.</summary>
    /// <param name="name">Its name on the disc.</param>
    /// <param name="write">Writes it, front to back.</param>
    Document Keep(string name, Action<Stream> write);
}

/// <summary>A document of a disc.</summary>
/// <param name="Name">Path on the disc, such as <c>ARCHIVE/files.tsv</c>.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Its hash; zeros where only lengths are of interest.</param>
/// <param name="Path">The file that keeps it; null where only lengths are of interest.</param>
internal sealed record Document(string Name, long Length, byte[] Sha256, string? Path);
