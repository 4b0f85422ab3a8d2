// SPDX-License-Identifier: MIT
using Spindle.Restoring;
using Spindle.Restoring.Shelf;
using Spindle.Station.Contract;
using Spindle.Vault;
using Spindle.Vault.Moving;
using Spindle.Vault.Objects;

namespace Spindle.Station.Vaults;

/// <summary>Discs that somebody brings: where they lie then, need not be said. An image is looked for where it was, a disc in the drives of this machine.</summary>
/// <param name="person">Who brings them.</param>
/// <param name="vault">The vault.</param>
/// <param name="sources">What was named; nothing else is looked at where something was.</param>
/// <param name="equipment">The machine's.</param>
internal sealed class VaultDiscs(IDiscFetcher person, OpenVault vault, IReadOnlyList<string> sources, Equipment equipment) : IDiscFetcher
{
    /// <inheritdoc/>
    public string? Fetch(DiscWanted disc, CancellationToken cancellationToken)
    {
        string? answer = person.Fetch(disc, cancellationToken);
        return answer is not "" ? answer
            : vault.Objects.Read(rows => Fetching.ImagesAtHand(rows, [disc.Number])) is [var image, ..] ? image
            : sources.Count > 0 ? "" : DriveOf(disc.Number);
    }

    private string DriveOf(int disc)
    {
        IReadOnlyList<string> drives = equipment.DrivePaths();
        if (drives.Count > 1)
        {
            string? uuid = vault.Objects.Read(rows => Placing.UuidOf(rows, disc));
            foreach (string drive in drives)
            {
                using DiscShelf shelf = new(equipment.OpenMedium);
                shelf.Add(drive);
                if (shelf.Discs.Any(found => found.Identity.Disc.ToString() == uuid))
                {
                    return drive;
                }
            }
        }

        return drives.Count == 1 ? drives[0] : "";
    }
}
