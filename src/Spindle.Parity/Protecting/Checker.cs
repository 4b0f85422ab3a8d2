// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.Blocks;
using Spindle.Parity.Health;
using Spindle.Parity.Journals;
using Spindle.Parity.Scanning;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Protecting;

/// <summary>Checks an image against its parity: every sector is read, every checksum and every codeword tested, nothing is changed.</summary>
public static class Checker
{
    /// <summary>What is kept of a disc of 33 GB; of larger ones, files are looked at block by block, which takes no more memory whatever their size.</summary>
    private const long MostNotes = 96 << 20;

    /// <summary>Checks files.</summary>
    /// <param name="request">What to check.</param>
    /// <param name="progress">Told from several threads, one at a time.</param>
    /// <param name="cancellationToken">Stops within about a second.</param>
    /// <exception cref="OperationFailedException">There is no such file, no parity in it, or an unfinished change.</exception>
    public static CheckResult Check(CheckRequest request, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        JournalFile.RequireNone(request.Image);
        using ImageFile image = ImageFile.OpenRead(request.Image);
        using ImageFile? parityFile = request.ParityFile is null ? null : ImageFile.OpenRead(request.ParityFile);
        return Check(image, parityFile, request, progress, cancellationToken);
    }

    /// <summary>Checks what is kept anywhere, such as on a medium in a drive.</summary>
    /// <param name="image">The image.</param>
    /// <param name="parityFile">The file of parity; null where the parity is within the image.</param>
    /// <param name="request">How to check; its paths are not looked at.</param>
    /// <param name="progress">Told from several threads, one at a time.</param>
    /// <param name="cancellationToken">Stops within about a second.</param>
    /// <exception cref="OperationFailedException">There is no parity in it.</exception>
    public static CheckResult Check(
        IImageStorage image, IImageStorage? parityFile, CheckRequest request, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        image = request.Map is null ? image : new RescuedStorage(image, request.Map);
        ProtectedVolume found = ProtectedVolume.Find(image, parityFile, progress, cancellationToken) ?? throw Failures.NoParity(image, parityFile);
        return Check(found, image, parityFile, request, "checking", progress, cancellationToken);
    }

    /// <summary>Looks whether an image carries parity (RS03, RS02), in the places where it lies in whole images: a few reads.</summary>
    /// <param name="image">The image.</param>
    /// <param name="map">What a rescue knows of its sectors of 2048 bytes.</param>
    /// <returns>Null where there is none, or where these places are damaged: <see cref="Check(CheckRequest, IProgress{WorkProgress}?, CancellationToken)"/> looks everywhere.</returns>
    public static ParityLayout? FindQuickly(IImageStorage image, SectorMap map) => ProtectedVolume.FindQuickly(new RescuedStorage(image, map))?.Layout;

    /// <summary>Checks what was found: from front to back, as long as what is kept of that is not too much.</summary>
    internal static CheckResult Check(
        ProtectedVolume found, IImageStorage image, IImageStorage? parityFile, CheckRequest request, string stage, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        ProgressTotals totals = new(progress, stage, found.Layers.Blocks, "blocks");
        DamageLedger ledger = request.IsInOrder || ScanNotes.BytesFor(found.Layers) <= MostNotes
            ? new VolumeScanner(found.Layers, unreadable => found.On(new RescuedStorage(image, unreadable), parityFile).Layers, request.Threads).Run(totals.Add, cancellationToken)
            : new VolumeExaminer(found.Layers, request.Threads).Run((soFar, blocks) => totals.Add(soFar, blocks), cancellationToken);
        return new(found.Layout, ParityDamage.Of(found.Layers, ledger, !found.Layers.HasHeaders()), ParityHealth.Of(found.Layout, ledger, request.Thresholds))
        {
            IsOfAnother = found.IsOfAnother(image),
        };
    }
}
