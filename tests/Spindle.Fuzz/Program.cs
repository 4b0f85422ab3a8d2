// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;

namespace Spindle.Fuzz;

/// <summary>Fuzzing that is led by the ways through the code: see README.md.</summary>
internal static class Program
{
    private const string Usage = """
        run TARGET|all [--seconds N]   tries changed inputs of the corpus; ends at the first finding, else after N seconds (600) each
        try TARGET FILE...             tries files as they are
        seed TARGET FILE...            adds files to the corpus
        make TARGET                    adds the images that are laid out by hand to the corpus
        minimise TARGET|all            leaves out of the corpus what takes no way of its own
        unpack TARGET FOLDER           writes the corpus as files
        """;

    private static int Main(string[] words)
    {
        Instrumentation.Prepare();
        return Main2(words);
    }

    // A method of its own: what it names is loaded when it is called, and must be instrumented before.
    private static int Main2(string[] words)
    {
        if (words.Length < 2 || (Target.Find(words[1]) is null && words[1] != "all"))
        {
            Console.WriteLine($"{Usage}\ntargets: {string.Join(", ", Target.All.Select(target => target.Name))}");
            return 64;
        }

        IEnumerable<Target> targets = Target.Find(words[1]) is { } one ? [one] : Target.All;
        string[] files = words[2..];
        return targets.All(target => words[0] switch
        {
            "run" => Run(target, words),
            "try" => files.All(file => Try(target, file)),
            "seed" => Add(target, files.Select(File.ReadAllBytes)),
            "make" => Make(target),
            "minimise" => Minimise(target),
            "unpack" => Unpack(target, files[0]),
            _ => false,
        }) ? 0 : 1;
    }

    private static string Folder => Path.Combine(Corpus.Folder(), "..", "..", "..", "artifacts", "fuzz");

    private static bool Run(Target target, string[] words)
    {
        int option = Array.IndexOf(words, "--seconds");
        double seconds = option > 0 ? double.Parse(words[option + 1], CultureInfo.InvariantCulture) : 600;
        using FuzzRun run = new(target, Folder, Environment.TickCount);
        return run.Run(TimeSpan.FromSeconds(seconds));
    }

    private static bool Try(Target target, string file)
    {
        using Coverage coverage = new();
        byte[] input = File.ReadAllBytes(file);
        Stopwatch watch = Stopwatch.StartNew();
        target.Look(input);
        Console.WriteLine($"{file}: survived, in {watch.ElapsedMilliseconds} ms");
        return true;
    }

    private static bool Add(Target target, IEnumerable<byte[]> inputs)
    {
        Corpus.Save(target.Name, [.. Corpus.Load(target.Name), .. inputs.Select(input => Corpus.Pack(input))]);
        return true;
    }

    private static bool Make(Target target)
    {
        using Coverage coverage = new(); // some are made by what counts
        return Add(target, Seeds.Of(target.Name));
    }

    private static bool Minimise(Target target)
    {
        using FuzzRun run = new(target, Folder, seed: 0);
        run.Minimise();
        return true;
    }

    private static bool Unpack(Target target, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach ((int number, byte[] packed) in Corpus.Load(target.Name).Index())
        {
            File.WriteAllBytes(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{target.Name}-{number:0000}")), Corpus.Unpack(packed));
        }

        return true;
    }
}
