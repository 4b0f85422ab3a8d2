// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Spindle.Catalogue.Documents;

/// <summary>The texts of a disc: README.TXT for people, disc.json for programs, and the two that are the same on all discs.</summary>
public static class PlainWords
{
    /// <summary><c>ARCHIVE/format.txt</c>: how to read all that is on the disc.</summary>
    public static byte[] Format { get; } = Resource("format.txt");

    /// <summary><c>ARCHIVE/restore.sh</c>: gives the files back with the tools of any Unix.</summary>
    public static byte[] RestoreScript { get; } = Resource("restore.sh");

    /// <summary><c>README.TXT</c>, with the line ends that every system's simplest editor shows.</summary>
    public static byte[] Readme(DiscFacts disc, string catalogue)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        string text = $"""
            THIS DISC IS PART OF AN ARCHIVE

            Archive:    {disc.Detail.Job}
            Owner:      {disc.Detail.Client}
            This disc:  number {disc.Number}, "{disc.Label}"
            Made with:  numbers {disc.FirstDiscOfPlan} to {disc.LastDiscOfPlan}; the archive's first disc is number 0
            Planned:    {disc.Planned.ToString("yyyy-MM-dd", culture)}
            Holds:      {disc.Files.ToString("N0", culture)} files, {disc.Bytes.ToString("N0", culture)} bytes

            HOW TO GET FILES BACK

            Open the folder DATA. The files are there as they were, under their
            own names: copy what you need. No program is needed for that.

            A file in several parts (its name ends in 001of003 and so on) is put
            together in their order. On Unix:  cat NAME.0* > NAME
            On Windows:  copy /b NAME.001of002+NAME.002of002 NAME

            WHICH DISC HAS A FILE?

            ARCHIVE/files.tsv lists what belongs to this disc, a line each.
            ARCHIVE/{catalogue} lists the whole archive, as it was known
            when this disc was planned: the newest disc knows most.

            ALL FILES AT ONCE, with names, times and permissions, on any Unix:

                sh ARCHIVE/restore.sh TARGET DISC...

            or with the program spindle, which also copes with damaged discs:

                spindle restore --from DISC... --to TARGET

            IS THE DISC STILL GOOD?

            In the disc's top folder:  sha256sum -c ARCHIVE/SHA256SUMS

            ARCHIVE/format.txt explains every file here in full.
            """;
        return Encoding.UTF8.GetBytes($"{text}{SetWords(disc)}".ReplaceLineEndings("\r\n") + "\r\n");
    }

    /// <summary><c>ARCHIVE/disc.json</c>.</summary>
    /// <param name="disc">The disc.</param>
    /// <param name="catalogue">The file with the whole archive, and its SHA-256.</param>
    public static byte[] Description(DiscFacts disc, (string Name, long Length, byte[] Sha256) catalogue)
    {
        using MemoryStream output = new();
        using (Utf8JsonWriter json = new(output, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("schema"u8, "spindle/disc/1");
            json.WriteString("archive"u8, disc.Archive);
            json.WriteString("job"u8, disc.Detail.Job);
            json.WriteString("client"u8, disc.Detail.Client);
            json.WriteString("disc"u8, disc.Uuid);
            json.WriteNumber("number"u8, disc.Number);
            json.WriteString("label"u8, disc.Label);
            json.WriteNumber("files"u8, disc.Files);
            json.WriteNumber("bytes"u8, disc.Bytes);
            json.WriteStartObject("plan"u8);
            json.WriteString("uuid"u8, disc.PlanUuid);
            json.WriteString("created"u8, disc.Planned);
            json.WriteNumber("scan"u8, disc.Scan);
            json.WriteNumber("firstDisc"u8, disc.FirstDiscOfPlan);
            json.WriteNumber("lastDisc"u8, disc.LastDiscOfPlan);
            json.WriteString("capacity"u8, disc.Detail.Capacity);
            json.WriteNumber("capacitySectors"u8, disc.CapacitySectors);
            json.WriteNumber("imageSectors"u8, disc.Detail.ImageSectors);
            json.WriteEndObject();
            if (disc.Set is { } set)
            {
                json.WriteStartObject("set"u8);
                json.WriteString("uuid"u8, set.Uuid);
                json.WriteNumber("number"u8, set.Number);
                json.WriteNumber("firstDisc"u8, set.FirstDisc);
                json.WriteNumber("lastDisc"u8, set.LastDisc);
                json.WriteNumber("parityDiscs"u8, set.Rows);
                json.WriteEndObject();
            }

            if (disc.Detail.ParityPercent is { } parity)
            {
                json.WriteStartObject("parity"u8);
                json.WriteString("form"u8, "RS03");
                json.WriteNumber("percent"u8, parity);
                json.WriteEndObject();
            }

            json.WriteStartObject("catalogue"u8);
            json.WriteString("file"u8, catalogue.Name);
            json.WriteNumber("bytes"u8, catalogue.Length);
            json.WriteString("sha256"u8, Convert.ToHexStringLower(catalogue.Sha256));
            json.WriteEndObject();
            json.WriteNumber("format"u8, disc.Detail.Format);
            json.WriteString("tool"u8, disc.Detail.Tool);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
        return output.ToArray();
    }

    private static string SetWords(DiscFacts disc)
    {
        if (disc.Set is not { } set)
        {
            return "";
        }

        string discs = set.FirstDisc == set.LastDisc ? $"disc {set.FirstDisc}" : $"discs {set.FirstDisc} to {set.LastDisc}";
        string labels = set.Rows == 1 ? set.LabelOf(disc.Label, 1) : $"{set.LabelOf(disc.Label, 1)} to P{set.Rows}";
        return $"""


            IF THE DISC IS LOST OR BROKEN

            It belongs to set {set.Number} of the archive: {discs}, and
            {(set.Rows == 1 ? "a parity disc" : $"{set.Rows} parity discs")}, named {labels}.
            If any {(set.Rows == 1 ? "one" : $"{set.Rows}")} of all these {(set.Rows == 1 ? "is" : "are")} lost, the others give {(set.Rows == 1 ? "it" : "them")} back:
            README.TXT of {(set.Rows == 1 ? "the parity disc" : "a parity disc")} says how.
            """;
    }

    private static byte[] Resource(string name)
    {
        using Stream stream = typeof(PlainWords).Assembly.GetManifestResourceStream($"Spindle.Catalogue.Documents.Texts.{name}")!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
