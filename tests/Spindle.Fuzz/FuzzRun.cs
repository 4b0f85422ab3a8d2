// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;

namespace Spindle.Fuzz;

/// <summary>Tries changed inputs, and keeps those that go a way that none went before.</summary>
internal sealed class FuzzRun : IDisposable
{
    private const int LargestInput = 4 * 1024 * 1024;
    private const int TriesOfEach = 200;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(400);

    private readonly Target _target;
    private readonly Random _random;
    private readonly Coverage _coverage = new();
    private readonly CurrentInput _input;
    private readonly List<byte[]> _inputs;
    private readonly Dictionary<byte[], TimeSpan> _times = []; // what each took when it was first tried
    private readonly Mutator _mutator;
    private readonly Timer _watch;
    private readonly string _folder;
    private long _startedAt;
    private long _tries;

    /// <param name="target">What to fuzz.</param>
    /// <param name="folder">Takes what is found.</param>
    /// <param name="seed">Of chance.</param>
    public FuzzRun(Target target, string folder, int seed)
    {
        _target = target;
        _random = new(seed);
        _folder = Directory.CreateDirectory(folder).FullName;
        _inputs = Corpus.Load(target.Name);
        _input = new(Path.Combine(_folder, $"{target.Name}.current"), LargestInput);
        _mutator = new(target, _random);
        _watch = new(_ => EndIfTooLong(), null, Longest, TimeSpan.FromSeconds(1));
    }

    /// <summary>Goes on until the time is over, or something was found.</summary>
    /// <returns>Whether nothing was found.</returns>
    public bool Run(TimeSpan duration)
    {
        if (_inputs.Count == 0)
        {
            Console.WriteLine($"{_target.Name} has no corpus: '-- seed {_target.Name} FILE...' begins one");
            return false;
        }

        Stopwatch clock = Stopwatch.StartNew();
        if (!_inputs.All(TryFromCorpus))
        {
            return false;
        }

        int began = _inputs.Count;
        Console.WriteLine($"{_target.Name}: {began} inputs take {_coverage.Ways} ways, {_coverage.Features} features");
        TimeSpan told = clock.Elapsed;
        while (clock.Elapsed < duration)
        {
            if (!TryChangesOf(Choose(), clock, duration))
            {
                Corpus.Save(_target.Name, _inputs);
                return false;
            }

            if (clock.Elapsed - told > TimeSpan.FromSeconds(30))
            {
                told = clock.Elapsed;
                Tell(clock.Elapsed, began);
            }
        }

        Tell(clock.Elapsed, began);
        Corpus.Save(_target.Name, _inputs);
        return true;
    }

    /// <summary>Keeps only so many inputs that all features are still taken, first what takes most of them in the least time.</summary>
    public void Minimise()
    {
        List<(byte[] Packed, int[] Taken)> all = []; // arrays, for thousands of sets do not fit into the heap that inputs are held to
        foreach (byte[] packed in _inputs)
        {
            if (!TryFromCorpus(packed))
            {
                return;
            }

            all.Add((packed, _coverage.Taken()));
        }

        List<byte[]> kept = [];
        HashSet<int> taken = [];
        while (all.Count > 0)
        {
            (byte[] packed, int[] features) = all.MaxBy(one => one.Taken.Length / (1 + _times[one.Packed].TotalMilliseconds));
            if (features.Length == 0)
            {
                break;
            }

            kept.Add(packed);
            taken.UnionWith(features);
            all.RemoveAll(one => ReferenceEquals(one.Packed, packed));
            for (int left = 0; left < all.Count; left++)
            {
                all[left] = (all[left].Packed, Array.FindAll(all[left].Taken, one => !taken.Contains(one)));
            }
        }

        Console.WriteLine($"{_target.Name}: {kept.Count} of {_inputs.Count} inputs take all {taken.Count} features; the slowest {kept.Max(one => _times[one]).TotalMilliseconds:F0} ms");
        Corpus.Save(_target.Name, kept);
    }

    public void Dispose()
    {
        _watch.Dispose();
        ((IDisposable)_input).Dispose();
        _coverage.Dispose();
    }

    // The newest half is chosen more often, for from there new ways go on; and seldom what is slow.
    private byte[] Choose()
    {
        const int tries = 20;
        byte[] chosen = _inputs[0];
        for (int left = tries; left > 0; left--)
        {
            chosen = _inputs[_random.Next(2) == 0 ? _random.Next(_inputs.Count) : _random.Next(_inputs.Count / 2, _inputs.Count)];
            if (_random.NextDouble() * _times[chosen].TotalMilliseconds < 2)
            {
                break;
            }
        }

        return chosen;
    }

    private bool TryFromCorpus(byte[] packed)
    {
        _input.Take(packed);
        bool isSurvived = Try(out TimeSpan taken);
        _times[packed] = taken;
        _coverage.IsNew(isKept: true);
        return isSurvived;
    }

    private bool TryChangesOf(byte[] packed, Stopwatch clock, TimeSpan duration)
    {
        _input.Take(packed);
        _mutator.Begin(_input.Bytes);
        byte[] other = Corpus.Unpack(_inputs[_random.Next(_inputs.Count)]);
        for (int left = TriesOfEach; left > 0 && clock.Elapsed < duration; left--)
        {
            _mutator.Change(_input.Bytes, other);
            if (!Try(out TimeSpan taken))
            {
                return false;
            }

            if (_coverage.IsNew(isKept: taken < Slow))
            {
                if (taken < Slow)
                {
                    _inputs.Add(Corpus.Pack(_input.Bytes));
                    _times[_inputs[^1]] = taken;
                }
                else
                {
                    left -= TriesOfEach / 10; // its neighbours are slow, too
                }
            }

            _mutator.Undo(_input.Bytes);
        }

        return true;
    }

    private bool Try(out TimeSpan taken)
    {
        _tries++;
        long started = Stopwatch.GetTimestamp();
        Interlocked.Exchange(ref _startedAt, started);
        try
        {
            _coverage.Begin();
            _target.Look(_input.Memory[.._input.Length]);
            return true;
        }
        catch (Exception e)
        {
            string path = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{_target.Name}-{DateTime.UtcNow:yyyyMMdd-HHmmss}"));
            File.WriteAllBytes(path, _input.Bytes);
            Console.WriteLine($"FOUND, after {_tries} tries: {path}\n{e}");
            return false;
        }
        finally
        {
            Interlocked.Exchange(ref _startedAt, 0);
            taken = Stopwatch.GetElapsedTime(started);
        }
    }

    private void EndIfTooLong()
    {
        long started = Interlocked.Read(ref _startedAt);
        if (started != 0 && Stopwatch.GetElapsedTime(started) > Longest)
        {
            Console.WriteLine($"FOUND: longer than {Longest}, {_input.Path} ({_input.Length} bytes of it)");
            Environment.Exit(1);
        }
    }

    private void Tell(TimeSpan elapsed, int began) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{_target.Name}: {elapsed:mm\\:ss}, {_tries} tries ({_tries / elapsed.TotalSeconds:F0}/s), {_inputs.Count} inputs ({_inputs.Count - began} new), {_coverage.Ways} ways, {_coverage.Features} features"));
}
