// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Formats.Analysis;
using Spindle.Formats.Holdings;
using Spindle.Formats.Volumes;
using Spindle.Media;

namespace Spindle.Imaging.Running;

/// <summary>Looks at the written image, not at the disc, for that is what will be relied on: its structure, and what its unreadable sectors belong to.</summary>
internal sealed class ContentAnalyst(ImagingState state)
{
    /// <param name="cancellationToken">Stops before it begins.</param>
    public Task RunAsync(CancellationToken cancellationToken) => Task.Run(Analyse, cancellationToken);

    private void Analyse()
    {
        using ISectorReader image = state.OpenContents(state.Paths.ImagePart);
        if (state.Request.Structure)
        {
            PlayerContents players = PlayerContents.Read(Volume.Open(image, state.NamedAs), state.Source.Disc.Tracks.Count(track => !track.IsData));
            FileTally files = new();
            state.Analysis = DiscAnalyzer.Analyze(image, state.Source.AnalysisOptions with { Seen = files.Add });
            state.Holdings = DiscHoldings.Of(players, files, state.Analysis);
            if (state.Analysis.EndsBeforeFiles && state.Judgement.RunOut.IsEmpty)
            {
                state.Concerns.Add(new(
                    "smaller-than-file-system",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"the source has {state.Layout.Length:N0} bytes, and the files on it need {state.Analysis.SizeExpected:N0}: the end is missing"),
                    "the source was cut off when it was made or copied, or this drive cannot read the disc to its end: try another drive"));
            }
        }

        SectorMap map = new(state.Copy.Map);
        foreach (SectorRange excused in state.Judgement.OffTrack.Append(state.Judgement.RunOut).Where(range => !range.IsEmpty))
        {
            map.Set(excused, SectorState.Finished);
        }

        if (map.Total(SectorState.Bad) > 0)
        {
            state.Damage = DamageReport.Of(image, map, state.NamedAs);
        }
    }
}
