// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Catalogue;
using Spindle.Catalogue.Health;
using Spindle.Media;
using Spindle.Station.Discs;

namespace Spindle.Cli.Texts;

/// <summary>Discs of an archive and those that were imaged, or how many there are.</summary>
internal sealed class DiscsText : IText<DiscsDocument>, IText<CountDocument>
{
    public void Write(CountDocument document, TextLines lines) => lines.Line($"{document.Discs}");

    public void Write(DiscsDocument document, TextLines lines)
    {
        if (document.Health is { } health)
        {
            HealthText.Write(health, document.Chart, lines);
            Write(document.Media ?? [], lines);
            Write(document.Refresh ?? [], lines);
            return;
        }

        if (document.DueCopies is { } waiting)
        {
            Write(waiting, lines);
            return;
        }

        if (document.Kinds is { } kinds)
        {
            Write(kinds, lines);
            return;
        }

        foreach (ArchiveDiscPart disc in document.Discs)
        {
            string verified = disc.LastVerified is null ? "" : $", {disc.Verdict ?? "verified"} {disc.LastVerified[..10]}";
            lines.Line($"[yellow]{disc.Number,5}[/]  {disc.Label}  {disc.Status}{SizeOf(disc)}{verified}");
            foreach (DiscCopy copy in disc.Copies)
            {
                lines.Line($"       copy [cyan]{copy.Name}[/]{(copy.Place is null ? "" : $", kept in {copy.Place}")}");
            }
        }

        Write(document.Sets, lines);
        foreach (ImagedDiscPart disc in document.Imaged)
        {
            string lost = disc.UnreadableSectors == 0 ? "" : $", {TextLines.Count(disc.UnreadableSectors, "sector", "sectors")} unreadable";
            string kept = disc.Place is null ? "" : $", the disc is in {disc.Place}";
            string said = string.Concat(new[] { disc.Identifier, disc.Title, disc.Note }.Where(text => text is not null).Select(text => $", {text}"));
            string files = TextLines.Count(disc.Files ?? 0, "file", "files");
            string holds = string.Concat((disc.Kinds ?? []).Select(kind => $", {kind}"));
            lines.Line($"[yellow]image[/]  {disc.Name}  {disc.Volume}{said}{holds}, {Figures.Size(disc.Length)}, {files}, imaged {disc.ImagedAt:yyyy-MM-dd}{lost}{kept}");
        }

        foreach (DueImage image in document.Audits ?? [])
        {
            string last = image.LastPassed is null ? "was never found to be whole" : $"was whole on {image.LastPassed[..10]}";
            lines.Line($"[yellow]image[/]  [cyan]{TextLines.Place(image.Image)}[/]  {last}{(image.LastState is null or AuditHistory.Pass or AuditHistory.Adopted ? "" : $", and now: {image.LastState.Replace('-', ' ')}")}");
        }

        if (document.Audits is { } due)
        {
            if (document.Discs.Count + due.Count == 0 && !lines.IsQuiet)
            {
                lines.Line($"Nothing is due: 'spindle verify' and 'spindle audit' have found all of it whole since then.");
            }
        }
        else if (document.OnlyKind is { } kind && document.Discs.Count + document.Imaged.Count == 0 && !lines.IsQuiet)
        {
            lines.Line($"No disc is known to hold that: {kind}.");
        }
        else if (document.Discs.Count == 0 && document.Imaged.Count == 0 && !lines.IsQuiet)
        {
            lines.Line($"No discs are planned yet: 'spindle plan CAPACITY' does that.");
        }
    }

    private static void Write(IReadOnlyList<DiscSetPart> sets, TextLines lines)
    {
        foreach (DiscSetPart set in sets)
        {
            string discs = set.FirstDisc == set.LastDisc ? $"disc {set.FirstDisc}" : $"discs {set.FirstDisc} to {set.LastDisc}";
            string parity = string.Join(", ", set.Parity.Select(ParityText));
            string lost = set.Lost.Count == 0 ? "" : $"; found damaged, and no copy whole: {string.Join(", ", set.Lost)}";
            lines.Line(set.MayLose switch
            {
                null => (FormattableString)$"[yellow]set {set.Number}[/]  {discs}  [yellow]its parity discs are not made yet[/]{lost}",
                > 0 => $"[yellow]set {set.Number}[/]  {discs}, {parity}  any {set.MayLose} more may be lost{lost}",
                0 => $"[yellow]set {set.Number}[/]  {discs}, {parity}  [red]no more may be lost[/]{lost}",
                _ => $"[yellow]set {set.Number}[/]  {discs}, {parity}  [red]more are lost than the parity discs make up for[/]{lost}",
            });
        }
    }

    /// <summary>A parity disc with its copies: as long as it is an image only, it is lost with the computer.</summary>
    private static string ParityText(KeptParityDiscPart disc) => (disc.Copies.Where(copy => copy.IsCurrent).ToList(), disc.Sha256) switch
    {
        ([], null) => disc.Label,
        ([], _) => $"{disc.Label} (not burned)",
        ({ } copies, _) => $"{disc.Label} ({string.Join(", ", copies.Select(copy => $"{copy.Name}{(copy.Place is null ? "" : $": {copy.Place}")}"))})",
    };

    private static void Write(IReadOnlyList<DueCopy> waiting, TextLines lines)
    {
        foreach (DueCopy copy in waiting)
        {
            string which = copy.Copy is null ? "" : $", copy {copy.Copy}";
            string kept = copy.Place is null ? "" : $", kept in {copy.Place}";
            string since = copy.CheckBy is { } due ? $"due since {due:yyyy-MM-dd}" : "nobody knows how old it is";
            lines.Line($"[yellow]{copy.Disc,5}[/]  {copy.Label}[cyan]{which}[/]{kept}  {since}, {(copy.LastRead is { } last ? $"last read {last:yyyy-MM-dd}" : "never read")}");
        }

        if (waiting.Count > 0)
        {
            lines.Aside($"'spindle verify' or 'spindle check' reads one; what it finds is remembered.");
        }
        else if (!lines.IsQuiet)
        {
            lines.Line($"Nothing is due.");
        }
    }

    /// <summary>What degrades together: two of a batch say more than two of many.</summary>
    private static void Write(IReadOnlyList<MediumGroup> media, TextLines lines)
    {
        if (media.Count > 0)
        {
            lines.Line($"[cyan]{"by",-10}  {"copies",7}{"read",7}{"degraded",10}[/]");
        }

        foreach (MediumGroup group in media)
        {
            string advice = group.Degraded == 0 ? "" : group.Degraded > 1 ? "  copy all of these onto others" : $"  read the {(group.Copies == 2 ? "other" : "others")}, too";
            lines.Line($"{JsonForm.Word(group.By),-10}  {group.Copies,7}{group.Read,7}{group.Degraded,10}  {group.Name}{(group.Copies > 1 ? advice : "")}");
        }
    }

    private static void Write(IReadOnlyList<RefreshCopy> copies, TextLines lines)
    {
        foreach (RefreshCopy copy in copies)
        {
            string why = string.Join(", ", copy.Reasons.Select(reason => reason switch
            {
                RefreshReason.Damaged => "it is damaged",
                RefreshReason.Margin => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{copy.Margin} of {copy.Roots} roots are left"),
                RefreshReason.Batch => "others of its batch degrade",
                _ => $"it was made on {copy.Made:yyyy-MM-dd}",
            }));
            lines.Line($"[yellow]burn anew[/]  disc {copy.Disc} {copy.Label}[cyan], copy {copy.Copy}[/]{(copy.Place is null ? "" : $", kept in {copy.Place}")}: {why}");
        }
    }

    private static void Write(IReadOnlyList<KindPart> kinds, TextLines lines)
    {
        if (kinds.Count > 0)
        {
            lines.Line($"[cyan]{"kind",-16}{"discs",10}{"images",10}[/]");
        }
        else if (!lines.IsQuiet)
        {
            lines.Line($"There are no discs yet: 'spindle plan CAPACITY' plans some, 'spindle image --catalogue FILE' enters those that are imaged.");
        }

        foreach (KindPart kind in kinds)
        {
            lines.Line($"{kind.Kind,-16}{TextLines.Number(kind.Discs),10}{TextLines.Number(kind.Images),10}");
        }
    }

    /// <summary>A catalogue that was imported does not tell it.</summary>
    private static string SizeOf(ArchiveDiscPart disc) => disc is not { Sectors: { } sectors, Files: { } files }
        ? ""
        : $", {(100.0 * sectors / disc.CapacitySectors).ToString("F1", CultureInfo.InvariantCulture)} % full, {TextLines.Count(files, "file", "files")}, {TextLines.Number(sectors)} of {TextLines.Count(disc.CapacitySectors, "sector", "sectors")}";
}
