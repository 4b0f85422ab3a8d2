// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Hfs;

/// <summary>What HFS and HFS+ demand of their B*-trees and extents.</summary>
public static class HfsRules
{
    /// <summary>A node can be read.</summary>
    public static readonly Rule NodeReadable = new("HFS001", "Inside Macintosh: Files, 'B*-Trees'; TN1150 'B-Trees'", "a node of a B*-tree lies in its file and can be read");

    /// <summary>Records lie in their node.</summary>
    public static readonly Rule RecordWithinNode = new("HFS002", "Inside Macintosh: Files, 'B*-Trees'; TN1150 'Node Structure'", "the records of a node lie within it, one behind the other");

    /// <summary>Nodes are linked in a row.</summary>
    public static readonly Rule NodesEnd = new("HFS003", "TN1150 'B-Trees'", "the leaves of a B*-tree are a row that ends");

    /// <summary>A fork is allocated.</summary>
    public static readonly Rule ForkAllocated = new("HFS004", "Inside Macintosh: Files, 'Extents Overflow File'; TN1150 'Extents Overflow File'", "the extents of a fork cover its length");

    /// <summary>The alternate header is there.</summary>
    public static readonly Rule AlternateAgrees = new("HFS005", "Inside Macintosh: Files, 'Master Directory Blocks'; TN1150 'Volume Header'", "the next to last 512 bytes of a volume repeat its header");

    /// <summary>Directories are complete.</summary>
    public static readonly Rule EntriesCounted = new("HFS006", "Inside Macintosh: Files, 'Catalog File Data Records'; TN1150 'Catalog Folder Records'", "the catalogue has as many entries of a directory as its record says");

    /// <summary>The header is there.</summary>
    public static readonly Rule HeaderReadable = new("HFS007", "Inside Macintosh: Files, 'Master Directory Blocks'; TN1150 'Volume Header'", "the header of a volume can be read without its copy");

    /// <summary>A hard link leads to a file.</summary>
    public static readonly Rule HardLinkReadable = new("HFS008", "TN1150 'Hard Links'", "the file that a hard link names is there");

    /// <summary>Where a symbolic link leads can be read.</summary>
    public static readonly Rule LinkReadable = new("HFS009", "TN1150 'Symbolic Links'", "where a symbolic link leads can be read");

    /// <summary>The leaves have all their records.</summary>
    public static readonly Rule RecordsCounted = new("HFS010", "Inside Macintosh: Files, 'B*-Trees'; TN1150 'Header Record'", "the leaves of the catalogue have as many records as its header says");

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<Rule> All { get; } = [NodeReadable, RecordWithinNode, NodesEnd, ForkAllocated, AlternateAgrees, EntriesCounted, HeaderReadable, HardLinkReadable, LinkReadable, RecordsCounted];
}
