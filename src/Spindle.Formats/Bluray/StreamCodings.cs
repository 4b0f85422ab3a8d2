// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Bluray;

/// <summary>What the attributes of a stream stand for (BD-ROM, stream_attributes of an STN_table).</summary>
internal static class StreamCodings
{
    private static readonly Dictionary<int, string> Codings = new()
    {
        [0x01] = "MPEG-1",
        [0x02] = "MPEG-2",
        [0x03] = "MPEG-1",
        [0x04] = "MPEG-2",
        [0x1B] = "AVC",
        [0x20] = "MVC",
        [0x24] = "HEVC",
        [0xEA] = "VC-1",
        [0x80] = "LPCM",
        [0x81] = "AC-3",
        [0x82] = "DTS",
        [0x83] = "TrueHD",
        [0x84] = "E-AC-3",
        [0x85] = "DTS-HD HR",
        [0x86] = "DTS-HD MA",
        [0xA1] = "E-AC-3",
        [0xA2] = "DTS-HD LBR",
        [0x90] = "PGS",
        [0x92] = "text",
    };

    private static readonly string?[] PictureFormats = [null, "480i", "576i", "480p", "1080i", "720p", "1080p", "576p", "2160p"];

    private static readonly string?[] PictureRates = [null, "23.976", "24", "25", "29.97", null, "50", "59.94"];

    /// <summary>Reads attributes.</summary>
    /// <param name="table">The playlist.</param>
    /// <param name="kind">Of which stream.</param>
    /// <param name="at">Where they are, behind their length.</param>
    /// <param name="pid">In which packets it is.</param>
    public static BlurayStream Read(TableBytes table, BlurayStreamKind kind, long at, int? pid)
    {
        int coding = table.Byte(at) ?? 0;
        int form = table.Byte(at + 1) ?? 0;
        string? name = Codings.GetValueOrDefault(coding);
        return kind switch
        {
            BlurayStreamKind.Video => new(kind, name, null, PictureFormats.ElementAtOrDefault(form >> 4), PictureRates.ElementAtOrDefault(form & 15), pid),
            BlurayStreamKind.Sound => new(kind, name, Language(table, at + 2), Channels(form >> 4), SampleRate(form & 15), pid),
            _ => new(kind, name, Language(table, coding == 0x92 ? at + 2 : at + 1), null, null, pid), // text has its character code in front
        };
    }

    private static string? Channels(int format) => format switch
    {
        1 => "mono",
        3 => "stereo",
        6 => "multi-channel",
        12 => "stereo and multi-channel",
        _ => null,
    };

    // Of 12 and 14, it is what is beyond the core that has more.
    private static string? SampleRate(int rate) => rate switch
    {
        1 => "48000",
        4 => "96000",
        5 or 12 => "192000",
        14 => "96000",
        _ => null,
    };

    private static string? Language(TableBytes table, long at) =>
        table.Text(at, 3) is { Length: 3 } language && language.All(char.IsAsciiLetterLower) ? language : null;
}
