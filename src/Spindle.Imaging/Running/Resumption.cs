// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files;
using Spindle.Formats.MapFile;
using Spindle.Imaging.Verifying;
using Spindle.Media;

namespace Spindle.Imaging.Running;

/// <summary>Takes up what an earlier run has left, where it is of this disc, and something is left to do.</summary>
internal sealed class Resumption(ImagingState state, ImagingPorts ports, ISectorReader disc)
{
    private const int Pieces = 48;

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(15);

    /// <summary>The unfinished image, or the finished one that is to be improved.</summary>
    private string KeptImage => ports.Files.Exists(state.Paths.ImagePart) ? state.Paths.ImagePart : state.Paths.Image;

    /// <param name="cancellationToken">Stops before the disc is compared.</param>
    /// <exception cref="OperationFailedException">Nothing is left to do, or it is of another disc. Nothing was changed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        RefuseIfComplete();
        state.Copy.Load();
        await Task.Run(RefuseOtherDisc, cancellationToken);
    }

    private void RefuseIfComplete()
    {
        bool isFinal = !ports.Files.Exists(state.Paths.ImagePart) && ports.Files.Exists(state.Paths.Manifest);
        if (isFinal && ports.Files.TryRead(state.Paths.Map) is { } bytes
            && RescueMapFile.Parse(new StringReader(Encoding.UTF8.GetString(bytes)))
                .ToSectorMap(state.Layout.SectorSize, state.Layout.Length).IsFinished)
        {
            throw new OperationFailedException(new(
                "already-complete", $"{state.Paths.Image} holds every sector already", "make it anew with --overwrite, if that is what you want"));
        }
    }

    /// <summary>Reads some of what earlier runs have read again, before anything is changed: another disc is refused.</summary>
    private void RefuseOtherDisc()
    {
        using UncachedFile kept = ports.Files.OpenUncached(KeptImage);
        DiscIdentity identity = new(disc, state.Layout, ports.Time);
        AlignedBuffer expected = new(state.Layout.SectorsPerPiece * state.Layout.SectorSize);
        bool? Matches(SectorRange sectors, ReadOnlySpan<byte> content)
        {
            if (state.Layout.IsPiece(sectors) && state.Copy.EarlierDigests is { } digests && digests.Knows(sectors))
            {
                return digests.Matches(sectors, sectors, content);
            }

            int there = Math.Min(kept.Read(state.Layout.PositionOf(sectors.Start), expected.Span), content.Length);
            return there == 0 ? null : expected.Span[..there].SequenceEqual(content[..there]);
        }

        if (identity.FindOther(state.Copy.ReadFromMedium(), Pieces, Matches, MostTime) is { } other)
        {
            throw new OperationFailedException(new(
                "another-disc",
                $"sectors {other} of {state.Source.Path} are not what {KeptImage} holds: this is another disc",
                "insert the disc that the image is of, or choose another --filename"));
        }
    }
}
