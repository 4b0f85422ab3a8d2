// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Vault.Objects;

namespace Spindle.Vault.Moving;

/// <summary>Objects on their way to discs, in the catalogue that a command works with.</summary>
/// <param name="vault">The vault.</param>
public sealed class Packer(OpenVault vault)
{
    /// <summary>Gives objects that a scan has read their contents in the catalogue.</summary>
    public Task JoinAsync() => vault.Objects.WriteAsync(rows =>
    {
        rows["""
            UPDATE vault_object SET content = (SELECT id FROM content WHERE content.sha256 = vault_object.sha256)
            WHERE content IS NULL AND gone IS NULL AND EXISTS (
                SELECT 1 FROM content JOIN entry ON entry.content = content.id WHERE content.sha256 = vault_object.sha256 AND entry.gone_scan IS NULL AND entry.inode = vault_object.id)
            """].Run(); // by the number, too: the same content elsewhere in the archive may not be on its way to a disc
        return true;
    });

    /// <summary>The file that holds a content; null where none does.</summary>
    public byte[]? PathOf(long content) => vault.Objects.Read(rows =>
    {
        Statement found = rows["SELECT file FROM vault_object WHERE content = ?1 AND file IS NOT NULL LIMIT 1"].Bind(1, content);
        string? file = found.Step() ? found.Text(0) : null;
        found.Reset();
        return file is null ? null : System.Text.Encoding.UTF8.GetBytes(vault.Landing.PathOf(file));
    });

    /// <summary>Enters a copy of a disc that is an image, and was read and found whole.</summary>
    /// <param name="disc">The disc.</param>
    /// <param name="image">Where the image is.</param>
    /// <returns>What the copy is called; null where it is known already.</returns>
    public Task<string?> EnterImageAsync(int disc, string image) => vault.Objects.WriteAsync(rows =>
    {
        if (rows["SELECT EXISTS (SELECT 1 FROM copy WHERE disc = ?1 AND place = ?2)"].Bind(1, disc).Bind(2, image).Scalar() == 1)
        {
            return null;
        }

        HashSet<string> taken = [];
        Statement names = rows["SELECT name FROM copy WHERE disc = ?1"].Bind(1, disc);
        while (names.Step())
        {
            taken.Add(names.Text(0)!);
        }

        string name = Enumerable.Range(1, int.MaxValue).Select(i => FormattableString.Invariant($"image {i}")).First(one => !taken.Contains(one));
        DiscStore discs = new(rows.Database);
        DateTimeOffset now = vault.Time.GetUtcNow();
        discs.SetCopy(disc, name, image, now);
        rows["UPDATE copy SET detail = ?3 WHERE disc = ?1 AND name = ?2"].Bind(1, disc).Bind(2, name).Bind(3, BurnedCopies.ImageDetail).Run();
        discs.AddEvent(disc, "verified", "whole", image, null, now);
        rows["UPDATE event SET copy = (SELECT id FROM copy WHERE disc = ?1 AND name = ?2) WHERE id = (SELECT max(id) FROM event WHERE disc = ?1)"].Bind(1, disc).Bind(2, name).Run();
        return name;
    });
}
