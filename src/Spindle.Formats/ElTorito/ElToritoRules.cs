// SPDX-License-Identifier: MIT
namespace Spindle.Formats.ElTorito;

/// <summary>What El Torito (1995) demands of a bootable disc.</summary>
public static class ElToritoRules
{
    /// <summary>The catalogue adds up.</summary>
    public static readonly Rule ValidationChecksum = new("ELT001", "El Torito §2.1", "the words of the validation entry have the sum 0, and it ends with 55 AA");

    /// <summary>The catalogue can be read.</summary>
    public static readonly Rule CatalogueReadable = new("ELT002", "El Torito §2.0", "the boot catalogue lies on the medium and can be read");

    /// <summary>Boot images lie on the medium.</summary>
    public static readonly Rule ImageOnMedium = new("ELT003", "El Torito §2.2", "a boot image lies on the medium");

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<Rule> All { get; } = [ValidationChecksum, CatalogueReadable, ImageOnMedium];
}
