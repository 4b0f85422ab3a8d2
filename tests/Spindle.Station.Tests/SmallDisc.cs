// SPDX-License-Identifier: MIT
using Spindle.Station.Demonstrating;
using Spindle.Testing;

namespace Spindle.Station.Tests;

/// <summary>The demo's disc in a file, whole or cut.</summary>
internal sealed class SmallDisc : IDisposable
{
    public const int RootSector = 20;

    private readonly TempDirectory _directory = new();

    public string this[string name] => _directory[name];

    public string Whole => Cut(int.MaxValue);

    public string Cut(int length)
    {
        byte[] disc = DemoDisc.Build();
        return _directory.Write($"{length}.iso", disc.AsSpan(0, Math.Min(length, disc.Length)));
    }

    public void Dispose() => _directory.Dispose();
}
