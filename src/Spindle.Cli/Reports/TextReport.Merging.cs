// SPDX-License-Identifier: MIT
using Spindle.Imaging.Hashing;
using Spindle.Imaging.Merging;
using Spindle.Media;

namespace Spindle.Cli.Reports;

/// <summary>Merged copies, for people.</summary>
internal sealed partial class TextReport
{
    public void Merged(MergeResult result)
    {
        if (!_style.IsQuiet)
        {
            for (int source = 0; source < result.Request.Sources.Count; source++)
            {
                long taken = result.Ranges.Where(range => range.Sources.Contains(source)).Sum(range => range.Range.Count);
                long alone = result.Ranges.Where(range => range.Sources is [var only] && only == source).Sum(range => range.Range.Count);
                Value(result.Request.Sources[source].Image, $"{Count(taken, "sector", "sectors")}, {alone} of them in no other copy");
            }

            foreach ((HashKind kind, string hash) in result.Hashes)
            {
                Value(kind.Name().ToUpperInvariant(), hash);
            }

            long missing = result.Map.SectorCount - result.Map.Total(SectorState.Finished);
            _output.MarkupLine(missing == 0
                ? "[green]Every sector is there.[/]"
                : $"[yellow]{Count(missing, "sector is", "sectors are")} missing; zeros stand for them.[/]");
            Value("Image", result.Request.Output);
        }

        foreach (Failure concern in result.Concerns)
        {
            Tell(concern, "red");
        }
    }
}
