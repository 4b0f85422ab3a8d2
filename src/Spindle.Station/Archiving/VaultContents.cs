// SPDX-License-Identifier: MIT
using Spindle.Archiving.Discs;
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Vault;
using Spindle.Vault.Moving;
using Spindle.Vault.Objects;

namespace Spindle.Station.Archiving;

/// <summary>Where the contents of an archive's discs lie that objects of a vault are: in its landing, and not under the names that the archive has for them.</summary>
internal static class VaultContents
{
    /// <summary>The vault of a catalogue; null where it has none.</summary>
    public static OpenVault? Of(CatalogueDatabase database, TimeProvider time) => OpenVault.IsIn(database) ? OpenVault.Open(database.Path, time) : null;

    /// <summary>Who writes the discs of a catalogue.</summary>
    public static DiscWriter Writer(CatalogueDatabase database, OpenVault? vault, TimeProvider time) =>
        new(database, time) { Places = vault is null ? null : new Packer(vault).PathOf };

    /// <summary>Refuses to make a disc anew of which objects are on discs only: that would look as if they had changed.</summary>
    /// <exception cref="OperationFailedException"><c>objects-not-here</c>.</exception>
    public static void Require(OpenVault? vault, int disc)
    {
        if (vault is not null && vault.Objects.Read(rows => Placing.NotHere(rows, disc)) is > 0 and long missing)
        {
            throw new OperationFailedException(new(
                "objects-not-here", $"disc {disc} holds {Figures.Count(missing, "object", "objects")} of the vault that {(missing == 1 ? "is" : "are")} on discs only: it can't be made anew as it is",
                "'spindle vault thaw' fetches them; 'spindle vault pack' and 'spindle burn' make further copies of an image that there is"));
        }
    }
}
