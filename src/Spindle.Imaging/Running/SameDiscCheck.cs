// SPDX-License-Identifier: MIT
using Spindle.Imaging.Copying;
using Spindle.Imaging.Sources;
using Spindle.Imaging.Verifying;
using Spindle.Media;

namespace Spindle.Imaging.Running;

/// <summary>Reads some pieces of all over the disc once more: no image is called good that may be of two discs.</summary>
internal sealed class SameDiscCheck(ImagingState state, ImagingPorts ports, WatchedReader disc)
{
    private const int Pieces = 16;

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(4);

    /// <param name="cancellationToken">Stops before it begins: it takes a few seconds at most.</param>
    public Task RunAsync(CancellationToken cancellationToken) => Task.Run(Check, cancellationToken);

    private void Check()
    {
        // A file does not change under our hands; and a disc that is read a second time needs no sample.
        if (state.Source.Kind == SourceKind.File || state.Request.Verify == VerifyMode.Disc)
        {
            return;
        }

        PieceDigests digests = state.Copy.Digests;
        DiscIdentity identity = new(disc, state.Layout, ports.Time);
        bool? Matches(SectorRange sectors, ReadOnlySpan<byte> content) =>
            state.Layout.IsPiece(sectors) && digests.Knows(sectors) ? digests.Matches(sectors, sectors, content) : null;
        if (identity.FindOther(state.Copy.ReadFromMedium(), Pieces, Matches, MostTime) is { } other)
        {
            state.Differences.Add(other);
            state.Concerns.Add(new(
                "disc-differs",
                $"sectors {other}, read once more at the end, are not what was read before: the disc was changed, or the drive reads wrongly",
                "the image may be of two discs: make it anew with --overwrite"));
        }
    }
}
