// SPDX-License-Identifier: MIT
using Spindle.Imaging;
using Spindle.Media;
using Spindle.Station.Imaging;

namespace Spindle.Cli.Texts;

/// <summary>What the demo has done, and where to look.</summary>
internal sealed class DemoText : IText<ImageDocument>
{
    public void Write(ImageDocument document, TextLines lines)
    {
        ImagingRequest request = document.Result.Request;
        if (!lines.IsQuiet)
        {
            lines.Line($"[cyan]A small disc was made: {request.Source} ({Figures.Size(document.Source.Bytes)}). Then this was run:[/]");
            lines.Line($"[cyan]spindle image {request.Source} --dir {request.Directory} --filename {request.Name} --verify disc --overwrite[/]");
        }

        new ImageText().Write(document, lines);
        if (!lines.IsQuiet)
        {
            lines.Line($"[cyan]Look into {Path.Combine(request.Directory, request.Name!)}: the image, its log, manifest, map and checksums.[/]");
        }
    }
}
