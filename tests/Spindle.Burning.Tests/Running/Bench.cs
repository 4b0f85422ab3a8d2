// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Burning.Running;
using Spindle.Burning.Xorriso;
using Spindle.Media;
using Spindle.Testing;
using Spindle.Testing.Burning;

namespace Spindle.Burning.Tests.Running;

/// <summary>An image, drives to burn it in, and a clock that goes on only while one waits by it.</summary>
internal sealed class Bench : TimeProvider, IProgress<WorkProgress>, IBurnAttendant, IDisposable
{
    /// <summary>A file system's beginning, sectors that are all different, and no whole ecc block at the end.</summary>
    public const int Sectors = 600 + 3;

    private readonly TempDirectory _directory = new();
    private long _now;

    public Bench(params SimulatedBurner[] drives)
    {
        Drives = drives;
        byte[] image = new byte[Sectors * 2048];
        new Random(23).NextBytes(image);
        Image = _directory.Write("disc.iso", image);
        Bytes = image;
    }

    public SimulatedBurner[] Drives { get; }

    public SimulatedBurner Drive => Drives[0];

    public string Image { get; }

    public byte[] Bytes { get; }

    public List<WorkProgress> Told { get; } = [];

    /// <summary>What was asked of the person: nobody is there where this is null.</summary>
    public List<string>? Asked { get; init; }

    /// <summary>Whether discs are brought that are to be verified.</summary>
    public bool IsSomebodyThere { get; init; } = true;

    /// <summary>What is brought to be verified instead of the disc that was asked for.</summary>
    public Queue<Action<SimulatedBurner>> Bringing { get; } = [];

    /// <summary>What stands for xorriso.</summary>
    public XorrisoProgram Xorriso { get; init; } = new();

    /// <summary>What was told of each disc as it ended.</summary>
    public List<(BurnedCopy Copy, BurnedImage Image)> Noted { get; } = [];

    /// <summary>Called whenever one waits.</summary>
    public Action? Waiting { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public BurnRequest Request => new() { Images = [new(Image)], Drives = [.. Drives.Select(drive => drive.Path)] };

    public BurnResult Burn(Func<BurnRequest, BurnRequest>? how = null, CancellationToken stop = default) =>
        new Burner(path => Drives.FirstOrDefault(drive => drive.Path == path), new(this, Wait)) { Xorriso = Xorriso }
            .Burn(how?.Invoke(Request) ?? Request, Asked is null ? null : this, this, stop);

    /// <summary>Burns so many copies of the image.</summary>
    public BurnResult Burn(int copies) => Burn(request => request with { Images = [request.Images[0] with { Copies = copies }] });

    /// <summary>Burns where one disc comes of it.</summary>
    public BurnedCopy BurnOne(Func<BurnRequest, BurnRequest>? how = null, CancellationToken stop = default) => Assert.Single(Burn(how, stop).Copies);

    /// <summary>Burns where all is refused.</summary>
    public Failure Refused(Func<BurnRequest, BurnRequest>? how = null) => Assert.Throws<OperationFailedException>(() => Burn(how)).Failure;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    /// <summary>A file beside the image.</summary>
    public string Write(string name, string text) => _directory.Write(name, Encoding.UTF8.GetBytes(text));

    /// <summary>Another image of the same length.</summary>
    public string Another(int seed)
    {
        byte[] image = new byte[Sectors * 2048];
        new Random(seed).NextBytes(image);
        return _directory.Write($"disc{seed}.iso", image);
    }

    public void Report(WorkProgress value)
    {
        lock (Told)
        {
            Told.Add(value);
        }
    }

    public bool Ask(string drive, string what, string why)
    {
        lock (Told)
        {
            Asked!.Add($"{what}: {why}");
        }

        return Drives.First(one => one.Path == drive).NextDiscs.Count > 0;
    }

    public bool AskToVerify(string burner, string verifier, string why)
    {
        Asked!.Add($"{burner} to {verifier}: {why}");
        SimulatedBurner to = Drives.First(one => one.Path == verifier);
        to.NextDiscs.Enqueue(Bringing.TryDequeue(out Action<SimulatedBurner>? wrong) ? wrong : one => one.Take(Drives.First(other => other.Path == burner)));
        return IsSomebodyThere;
    }

    public void Ended(BurnedCopy copy, BurnedImage image)
    {
        lock (Told)
        {
            Noted.Add((copy, image));
        }
    }

    public void Dispose() => _directory.Dispose();

    private void Wait(TimeSpan span)
    {
        Waiting?.Invoke();
        Interlocked.Add(ref _now, span.Ticks);
    }
}
