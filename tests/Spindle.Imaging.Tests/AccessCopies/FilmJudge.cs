// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.AccessCopies;

/// <summary>What ffmpeg says of a copy, beside what it should play.</summary>
internal static partial class FilmJudge
{
    /// <summary>Of pictures that are the same, in dB.</summary>
    public const double LeastLikeness = 38;

    private const double Patience = 0.040; // seconds

    /// <summary>Streams, format and chapters.</summary>
    public static JsonElement Probe(string path) =>
        JsonSerializer.Deserialize<JsonElement>(ForeignProgram.Run("ffprobe", "-v", "error", "-show_streams", "-show_format", "-show_chapters", "-of", "json", path));

    /// <summary>How like each picture of a copy is to that of the films that it should play, in dB.</summary>
    /// <param name="directory">Takes what is written on the way.</param>
    /// <param name="copy">The copy.</param>
    /// <param name="films">The films.</param>
    /// <param name="isByTime">Whether pictures are those of the same time, or of the same number.</param>
    /// <param name="trim">The part of the films that it should play, as ffmpeg's filter takes it; empty for all.</param>
    public static double[] Likeness(TempDirectory directory, string copy, string[] films, bool isByTime = false, string trim = "")
    {
        string times = isByTime ? "setpts=PTS-STARTPTS" : "setpts=N/25/TB";
        string filter = string.Concat(films.Select((_, index) => $"[{index + 1}:v]")) + $"concat=n={films.Length},settb=1/25,{trim}{times}[s];[0:v]settb=1/25,{times}[c];[c][s]psnr=stats_file=psnr.txt";
        new ForeignProgram("ffmpeg", ["-v", "error", "-i", copy, .. films.SelectMany(film => (string[])["-i", film]), "-filter_complex", filter, "-f", "null", "-"]) { Directory = directory.Path }.Succeed();
        string[] lines = File.ReadAllLines(directory["psnr.txt"]);
        File.Delete(directory["psnr.txt"]);
        return [.. lines.Select(line => Average().Match(line).Groups[1].Value).Select(value => value == "inf" ? double.PositiveInfinity : double.Parse(value, CultureInfo.InvariantCulture))];
    }

    /// <summary>Tones begin and end when they should, from the first to the last one: half a second into every two, and 1.2 s of the second track.</summary>
    public static void SoundsRight(string copy, int seconds)
    {
        foreach ((int track, double begin) in ((int, double)[])[(0, 0.5), (1, 1.2)])
        {
            byte[] samples = new ForeignProgram("ffmpeg", "-v", "error", "-i", copy, "-map", $"0:a:{track}", "-ac", "1", "-ar", "8000", "-f", "s16le", "-").Run().Output;
            Assert.InRange(samples.Length / 2 / 8000.0, seconds - Patience, seconds + Patience);
            bool[] isLoud = [.. samples.Chunk(2 * 40).Select(piece => Loudness(piece) > 1000)]; // 5 ms
            double[] changes = [.. Enumerable.Range(1, isLoud.Length - 1).Where(at => isLoud[at] != isLoud[at - 1]).Select(at => at * 0.005)];
            double[] expected = [.. Enumerable.Range(0, seconds / 2).SelectMany(tone => (double[])[(2 * tone) + begin, (2 * tone) + begin + 0.4])];
            Assert.Equal(expected.Length, changes.Length);
            Assert.All(expected.Zip(changes), pair => Assert.InRange(pair.Second, pair.First - Patience, pair.First + Patience));
        }

        static double Loudness(byte[] piece) => Enumerable.Range(0, piece.Length / 2).Average(at => Math.Abs((double)BinaryPrimitives.ReadInt16LittleEndian(piece.AsSpan(2 * at))));
    }

    [GeneratedRegex(@"psnr_avg:(\S+)")]
    private static partial Regex Average();
}
