// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Iso9660.Fields;

/// <summary>What ISO 9660 (ECMA-119, 4th edition) demands, and Joliet and High Sierra with it.</summary>
public static class Iso9660Rules
{
    /// <summary>The two byte orders of a number say the same.</summary>
    public static readonly Rule ByteOrdersAgree = new("ISO001", "ECMA-119 §7.2.3, §7.3.3", "both byte orders of a number give the same value");

    /// <summary>A record lies within its sector.</summary>
    public static readonly Rule RecordWithinSector = new("ISO002", "ECMA-119 §6.8.1.1", "a directory record ends in the sector in which it begins");

    /// <summary>An identifier lies within its record.</summary>
    public static readonly Rule IdentifierWithinRecord = new("ISO003", "ECMA-119 §9.1.10", "an identifier is not empty and ends within its directory record");

    /// <summary>Descriptors can be read up to a terminator.</summary>
    public static readonly Rule DescriptorsTerminated = new("ISO004", "ECMA-119 §6.7.1", "the volume descriptors end with a set terminator");

    /// <summary>A volume has a primary descriptor.</summary>
    public static readonly Rule PrimaryPresent = new("ISO005", "ECMA-119 §6.7.1.1", "there is a primary volume descriptor");

    /// <summary>The block size is one that the standard knows.</summary>
    public static readonly Rule BlockSizeAllowed = new("ISO006", "ECMA-119 §6.2.2", "a logical block has 512, 1024 or 2048 bytes");

    /// <summary>Directories can be read.</summary>
    public static readonly Rule DirectoryReadable = new("ISO007", "ECMA-119 §6.8.1", "every sector of a directory can be read");

    /// <summary>A directory begins with itself.</summary>
    public static readonly Rule DirectoryNamesItself = new("ISO008", "ECMA-119 §6.8.2.2", "the first record of a directory is its own, with the same extent");

    /// <summary>A file in several sections ends.</summary>
    public static readonly Rule SectionsEnd = new("ISO009", "ECMA-119 §9.1.6", "the last section of a file does not say that another one follows");

    /// <summary>The path table agrees with the directories.</summary>
    public static readonly Rule PathTableAgrees = new("ISO010", "ECMA-119 §6.9", "the path table has every directory, where it is, under its parent");

    /// <summary>Both path tables agree.</summary>
    public static readonly Rule PathTablesAgree = new("ISO011", "ECMA-119 §6.9.2", "the L and the M path table say the same");

    /// <summary>A path table can be read.</summary>
    public static readonly Rule PathTableReadable = new("ISO012", "ECMA-119 §9.4", "the path table can be read, and its records fill it");

    /// <summary>A tree is not too deep.</summary>
    public static readonly Rule DepthAllowed = new("ISO013", "ECMA-119 §6.8.2.1", "directories lie at most eight deep");

    /// <summary>Names have the characters of their level.</summary>
    public static readonly Rule CharactersAllowed = new("ISO014", "ECMA-119 §7.5, §7.6", "names have only the characters A-Z, 0-9 and _");

    /// <summary>A file is not interleaved beyond reason.</summary>
    public static readonly Rule InterleaveBounded = new("ISO015", "ECMA-119 §6.4.3", "the file units and gaps of an interleaved file can be told apart in the medium");

    /// <summary>Records are sorted.</summary>
    public static readonly Rule RecordsOrdered = new("ISO016", "ECMA-119 §9.3", "the records of a directory are in the order of their names, each name once");

    /// <summary>Directories are found by their records.</summary>
    public static readonly Rule DirectoryFromTable = new("ISO017", "ECMA-119 §6.9", "a directory is found by its record, not by the path table alone");

    /// <summary>The root record has its length.</summary>
    public static readonly Rule RootRecordLength = new("ISO018", "ECMA-119 §8.4.18", "the root directory record in a volume descriptor has 34 bytes");

    /// <summary>Every descriptor can be read.</summary>
    public static readonly Rule DescriptorReadable = new("ISO019", "ECMA-119 §6.7.1", "every volume descriptor in front of the terminator can be read");

    /// <summary>The names of a Joliet tree are pairs of bytes.</summary>
    public static readonly Rule JolietNamesEven = new("JOL001", "Joliet, 'Allowed UCS-2 characters'", "a name has an even number of bytes");

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<Rule> All { get; } =
    [
        ByteOrdersAgree, RecordWithinSector, IdentifierWithinRecord, DescriptorsTerminated, PrimaryPresent, BlockSizeAllowed,
        DirectoryReadable, DirectoryNamesItself, SectionsEnd, PathTableAgrees, PathTablesAgree, PathTableReadable,
        DepthAllowed, CharactersAllowed, InterleaveBounded, RecordsOrdered, DirectoryFromTable, RootRecordLength, DescriptorReadable,
        JolietNamesEven,
    ];
}
