// SPDX-License-Identifier: MIT
using Spindle.Formats.Analysis;
using Spindle.Formats.Images;
using Spindle.Imaging.Records;
using Spindle.Media;
using Spindle.Parity.Protecting;

namespace Spindle.Imaging.Auditing;

/// <summary>Finds what can be done about an image that is not what it must be: a whole copy, or its own parity. What a whole copy shows beside that is where it differs.</summary>
internal static class Remedies
{
    private const int FilesTold = 100;

    /// <summary>Adds to a finding what mends it.</summary>
    /// <param name="image">The finding.</param>
    /// <param name="candidate">The image with its records.</param>
    /// <param name="copies">Where copies are; null where nobody said.</param>
    /// <param name="storage">Reads them.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<AuditedImage> AddAsync(AuditedImage image, Candidate candidate, CopyFinder? copies, StoredImage storage, CancellationToken cancellationToken)
    {
        ImageClaim[] claims = [.. candidate.Claims.Where(claim => claim.Vouches && claim.Hashes.Count > 0)];
        if (copies is not null && claims.Length > 0 && await copies.FindAsync(image.Image!, claims, storage, cancellationToken) is { } whole)
        {
            AuditedImage mended = image with { Hint = $"{whole} is whole: put a copy of it in its place" };
            return image.State == AuditState.Changed ? WithDifferences(mended, whole, cancellationToken) : mended;
        }

        if (image.State == AuditState.Changed && ByParity(image, cancellationToken) is { } witnessed)
        {
            return witnessed;
        }

        return copies is null || claims.Length == 0 ? image : image with { Hint = "no whole copy of it is in the folders that --copies names" };
    }

    private static AuditedImage WithDifferences(AuditedImage image, string whole, CancellationToken cancellationToken)
    {
        try
        {
            using ImageFile right = ImageFile.Open(whole);
            using ImageFile wrong = ImageFile.Open(image.Image!);
            SectorMap map = new(right.SectorCount, SectorState.Finished);
            foreach (long sector in ImageDifference.Between(right, wrong, cancellationToken))
            {
                map.Set(new(sector, 1), SectorState.Bad);
            }

            return WithDamage(image, right, map);
        }
        catch (OperationFailedException)
        {
            return image; // one of them is gone since, or is no disc: the verdict stands
        }
    }

    /// <summary>The image's own parity, where it carries some, knows its wrong sectors, and gives them back.</summary>
    /// <returns>Null where it carries none.</returns>
    private static AuditedImage? ByParity(AuditedImage image, CancellationToken cancellationToken)
    {
        try
        {
            using ImageFile file = ImageFile.Open(image.Image!);
            SectorMap map = new(file.SectorCount, SectorState.Finished);
            using (Parity.ImageFile storage = Parity.ImageFile.OpenRead(image.Image!))
            {
                if (Checker.FindQuickly(storage, map) is null)
                {
                    return null;
                }
            }

            CheckResult check = Checker.Check(new() { Image = image.Image!, Threads = 1 }, null, cancellationToken);
            foreach (long sector in check.Damage.WrongSectors.Where(sector => sector < map.SectorCount))
            {
                map.Set(new(sector, 1), SectorState.Bad);
            }

            return WithDamage(image, file, map) with
            {
                Hint = check.Damage.BlocksLost.Count > 0 ? $"it carries parity, which can't give all of it back: 'spindle check {image.Image}' tells more"
                    : check.Damage.IsNone ? "it carries parity, by which nothing is wrong: it was changed before that was made, or with it"
                    : $"it carries parity: 'spindle repair {image.Image}' mends it",
            };
        }
        catch (OperationFailedException)
        {
            return null;
        }
    }

    private static AuditedImage WithDamage(AuditedImage image, ISectorReader medium, SectorMap map) => image with
    {
        Differing = [.. map.RangesOf(SectorState.Bad)],
        FilesHit = [.. DamageReport.Of(medium, map).Entries.Where(entry => entry.Type == Formats.Trees.EntryType.File).Select(entry => entry.Path).Distinct().Take(FilesTold)],
    };
}
