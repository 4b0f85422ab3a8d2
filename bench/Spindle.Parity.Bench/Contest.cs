// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Spindle.Parity.Bench;

/// <summary>The same work done by both programs, with the same threads, and the same bytes expected of both.</summary>
internal sealed class Contest(string folder, bool oursOnly, int rounds)
{
    private const int Threads = 2;

    private readonly string _payload = Path.Combine(folder, "payload.iso");
    private readonly string _ours = Path.Combine(folder, "ours.iso");
    private readonly string _theirs = Path.Combine(folder, "theirs.iso");

    public void Encode(string medium, int payloadSectors)
    {
        MakePayload(payloadSectors);
        double theirs = oursOnly ? 0 : Median(() =>
        {
            File.Copy(_payload, _theirs, overwrite: true);
            return Time(() => Dvdisaster("-i", _theirs, "-mRS03", "-x", $"{Threads}", "-c"));
        });

        List<Result> ours = [];
        for (int round = 0; round < rounds; round++)
        {
            File.Copy(_payload, _ours, overwrite: true);
            ours.Add(Spindle("protect", _ours));
        }

        Tell($"encode {medium}", ours, result => result.Encoded, theirs);
        Tell($"encode {medium}, and read all of it again", ours, result => result.Seconds, theirs);
        Same();
    }

    public void Check()
    {
        List<Result> ours = [.. Enumerable.Range(0, rounds).Select(_ => Spindle("check", _ours))];
        Tell("check", ours, result => result.Seconds, oursOnly ? 0 : Time(() => Dvdisaster("-i", _theirs, "-t")));
    }

    public void Repair(int firstDead, int dead)
    {
        string whole = Hash(_ours);
        string damaged = Path.Combine(folder, "damaged.iso");
        File.Move(_ours, damaged, overwrite: true);
        Dvdisaster("--debug", "-i", damaged, "--erase", $"{firstDead}-{firstDead + dead - 1}");
        List<Result> ours = [];
        for (int round = 0; round < rounds; round++)
        {
            File.Copy(damaged, _ours, overwrite: true);
            ours.Add(Spindle("repair", _ours));
        }

        Console.WriteLine(Hash(_ours) == whole ? "  ours: whole again" : "  ours: WRONG");
        double theirs = 0;
        if (!oursOnly)
        {
            File.Copy(damaged, _theirs, overwrite: true);
            theirs = Time(() => Dvdisaster("-i", _theirs, "-f"));
            Console.WriteLine(Hash(_theirs) == whole ? "  theirs: whole again" : "  theirs: WRONG");
        }

        Tell($"repair of {dead} dead sectors", ours, result => result.Seconds, theirs);
        File.Delete(damaged);
    }

    private static void Tell(string what, List<Result> ours, Func<Result, double> secondsOf, double theirs)
    {
        double median = ours.Select(secondsOf).Order().ElementAt(ours.Count / 2);
        string contest = theirs > 0 ? $", dvdisaster {theirs:F2} s, {theirs / median:F1} times" : "";
        Console.WriteLine($"{what}: {median:F2} s{contest}; peak memory {ours.Max(result => result.PeakMebibytes)} MiB");
    }

    private static Result Spindle(string operation, string image)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, [typeof(Contest).Assembly.Location, "--do", operation, image]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string[] printed = process.StandardOutput.ReadToEnd().Split();
        process.WaitForExit();
        return new(double.Parse(printed[0], CultureInfo.InvariantCulture), double.Parse(printed[1], CultureInfo.InvariantCulture), long.Parse(printed[2], CultureInfo.InvariantCulture));
    }

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static string Hash(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private double Median(Func<double> measure)
    {
        double[] times = [.. Enumerable.Range(0, rounds).Select(_ => measure()).Order()];
        return times[times.Length / 2];
    }

    private void Same()
    {
        if (!oursOnly)
        {
            Console.WriteLine(Hash(_ours) == Hash(_theirs) ? "  the same bytes" : "  DIFFERENT BYTES");
        }
    }

    // Random sectors around the least of a volume descriptor: dvdisaster finds its header behind the volume.
    private void MakePayload(int sectors)
    {
        using FileStream stream = File.Create(_payload);
        Random random = new(9);
        byte[] sector = new byte[2048];
        for (int number = 0; number < sectors; number++)
        {
            random.NextBytes(sector);
            if (number == 16)
            {
                sector.AsSpan().Clear();
                "\u0001CD001\u0001"u8.CopyTo(sector);
                BinaryPrimitives.WriteInt32LittleEndian(sector.AsSpan(80), sectors);
                BinaryPrimitives.WriteInt32BigEndian(sector.AsSpan(84), sectors);
            }

            stream.Write(sector);
        }
    }

    private void Dvdisaster(params string[] arguments)
    {
        ProcessStartInfo start = new("dvdisaster", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.Environment["HOME"] = folder;
        start.Environment["LC_ALL"] = "C";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        errors.Wait();
        process.WaitForExit();
    }
}

/// <summary>What an operation of ours took.</summary>
internal sealed record Result(double Seconds, double Encoded, long PeakMebibytes);
