// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.Blocks;
using Spindle.Parity.Journals;
using Spindle.Parity.Rs02;
using Spindle.Parity.Rs03;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Protecting;

/// <summary>Makes RS03 parity: behind the payload in its own image, in a copy of it, or in a file.</summary>
public static class Protector
{
    /// <summary>Makes parity, reads it again, and tests it.</summary>
    /// <remarks>In place, the image is as before if this fails; if the program is killed, the next run undoes what was begun.</remarks>
    /// <param name="request">What to protect, and how.</param>
    /// <param name="progress">Told from several threads, one at a time.</param>
    /// <param name="cancellationToken">Stops within about a second; nothing is left behind.</param>
    /// <exception cref="OperationFailedException">The image can't be protected as asked; there is no room; or what was written does not read back.</exception>
    public static ProtectResult Protect(ProtectRequest request, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        JournalFile.RequireNoneBut(JournalOperation.Protect, request.Image);
        if (request.ParityFile is { } parityFile)
        {
            JournalFile.RequireNone(request.Image);
            return MakeFile(request, parityFile, progress, cancellationToken);
        }

        if (request.Target is { } target)
        {
            JournalFile.RequireNone(request.Image);
            return MakeCopy(request, target, progress, cancellationToken);
        }

        string journalPath = JournalFile.PathOf(request.Image);
        ProtectResult result;
        using (ImageFile image = ImageFile.OpenWrite(request.Image))
        {
            bool resumed = false;
            if (File.Exists(journalPath))
            {
                using ImageFile unfinished = ImageFile.OpenRead(journalPath);
                resumed = Undo(image, unfinished);
            }

            try
            {
                Rs03Layout layout = Plan(image, request.Redundancy, cancellationToken);
                using ImageFile journal = ImageFile.Create(journalPath);
                result = ProtectInPlace(image, journal, layout, request.Threads, progress, cancellationToken) with { Resumed = resumed };
            }
            catch (Exception exception) when (exception is OperationFailedException or OperationCanceledException)
            {
                // The image is as it was, or never was changed.
                File.Delete(journalPath);
                throw;
            }
        }

        File.Delete(journalPath);
        return result;
    }

    /// <summary>Adds parity to an image under a journal. When it returns or throws, the journal is of no more use.</summary>
    internal static ProtectResult ProtectInPlace(
        IImageStorage image, IImageStorage journal, Rs03Layout layout, int threads, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        long length = image.Length;
        journal.Write(0, new JournalHeader(JournalOperation.Protect, length, -1, []).ToBytes());
        journal.Flush();
        try
        {
            Encode(layout, image, image, threads, progress, cancellationToken);
        }
        catch (Exception exception) when (exception is OperationFailedException or OperationCanceledException)
        {
            image.SetLength(length);
            image.Flush();
            journal.SetLength(0);
            throw;
        }

        return new(image.Name, ProtectedVolume.LayoutOf(layout), [.. WarningsOf(layout)], Resumed: false);
    }

    /// <summary>Takes back what a killed run has added to an image.</summary>
    /// <returns>Whether there was such a run.</returns>
    internal static bool Undo(IImageStorage image, IImageStorage journal)
    {
        if (JournalHeader.TryRead(journal, out _) is not { Operation: JournalOperation.Protect } unfinished)
        {
            return false;
        }

        image.SetLength(unfinished.ImageLength);
        image.Flush();
        return true;
    }

    /// <summary>Chooses the layout of a protected image.</summary>
    /// <exception cref="OperationFailedException">The image can't be protected as asked.</exception>
    internal static Rs03Layout Plan(IImageStorage image, Redundancy redundancy, CancellationToken cancellationToken)
    {
        if (image.Length == 0 || image.Length % Sector.Size != 0)
        {
            throw Failures.PartialSector(image, Sector.Size);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (new Rs03LayoutFinder(image).FindQuickly() is not null || Rs02HeaderFinder.FindBehindVolume(image) is not null)
        {
            throw Failures.AlreadyProtected(image.Name);
        }

        long sectors = image.Length / Sector.Size;
        Rs03Layout? layout = redundancy switch
        {
            { Roots: { } roots } => Rs03Layout.ForImageWithRoots(sectors, roots),
            { MediumSectors: { } medium } => Rs03Layout.ForImage(sectors, medium),
            _ => StandardMedium.All.Where(medium => medium.IsFirstChoice)
                .Select(medium => Rs03Layout.ForImage(sectors, medium.Sectors)).FirstOrDefault(layout => layout is not null),
        };
        return layout is null
            ? throw Failures.NoRoomForParity(image.Name, sectors)
            : layout with { Fingerprint = Fingerprint.Of(image, image.Length) };
    }

    private static ProtectResult MakeCopy(ProtectRequest request, string target, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        using ImageFile image = ImageFile.OpenRead(request.Image);
        Rs03Layout layout = Plan(image, request.Redundancy, cancellationToken);
        using TargetFile file = new(target, request.Overwrite);
        SectorMap map = ImageCopy.Copy(image, file.Storage, image.Length, progress, cancellationToken);
        if (map.FirstOf(SectorState.Bad) is { } unread)
        {
            throw Failures.Unreadable(image.Name, unread.Start);
        }

        Encode(layout, file.Storage, file.Storage, request.Threads, progress, cancellationToken);
        file.Complete();
        return new(target, ProtectedVolume.LayoutOf(layout), [.. WarningsOf(layout)], Resumed: false);
    }

    private static ProtectResult MakeFile(ProtectRequest request, string parityFile, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        const int UsualRoots = 32;
        using ImageFile image = ImageFile.OpenRead(request.Image);
        if (image.Length == 0 || request.Redundancy.MediumSectors is not null)
        {
            throw image.Length == 0 ? Failures.Empty(request.Image) : Failures.NoMediumToFill();
        }

        Rs03Layout layout = Rs03Layout.ForFile(image.Length, request.Redundancy.Roots ?? UsualRoots) with { Fingerprint = Fingerprint.Of(image, image.Length) };
        using TargetFile file = new(parityFile, request.Overwrite);
        Encode(layout, image, file.Storage, request.Threads, progress, cancellationToken);
        file.Complete();
        return new(parityFile, ProtectedVolume.LayoutOf(layout), [.. WarningsOf(layout)], Resumed: false);
    }

    private static void Encode(Rs03Layout layout, IImageStorage image, IImageStorage parityFile, int threads, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        ProgressTotals totals = new(progress, "encoding", layout.SectorsPerLayer, "blocks");
        new Rs03Encoder(layout, image, parityFile).Run(threads, blocks => totals.Add(blocks), cancellationToken);
        parityFile.Flush();

        ProtectedVolume made = ProtectedVolume.OfRs03(layout, image, parityFile);
        CheckRequest request = new() { Image = image.Name, Threads = threads };
        CheckResult check = Checker.Check(made, image, layout.IsImage ? null : parityFile, request, "verifying", progress, cancellationToken);
        if (!check.Damage.IsNone)
        {
            throw Failures.ReadsBackDifferently(parityFile.Name, check.Damage.SectorsWrong);
        }
    }

    private static IEnumerable<ProtectWarning> WarningsOf(Rs03Layout layout)
    {
        const int ShortestPayload = 151;
        if (layout.Roots < ParityLayout.AdvisableRoots)
        {
            yield return ProtectWarning.LittleRedundancy;
        }

        if (!layout.IsImage)
        {
            yield break;
        }

        StandardMedium? medium = StandardMedium.All.FirstOrDefault(medium => medium.Sectors / 255 == layout.SectorsPerLayer);
        if (medium is not { IsKnownToAll: true })
        {
            yield return medium is null ? ProtectWarning.UnusualSize : ProtectWarning.RecentSize;
        }

        if (layout.PayloadSectors < ShortestPayload)
        {
            yield return ProtectWarning.VeryShortPayload;
        }
    }
}
