// SPDX-License-Identifier: MIT
namespace Spindle.Service.Orders;

/// <summary>What is to be known of a verb before it becomes a job. Keys are those of its request: <c>what.sources[]</c> are all texts of that list.</summary>
/// <param name="Verb">The verb's name.</param>
internal sealed record OrderRule(string Verb)
{
    /// <summary>Keys that hold paths, and what becomes of these.</summary>
    public IReadOnlyList<(string Key, PathUse Use)> Paths { get; init; } = [];

    /// <summary>Keys that hold other texts. Named, so that a new key is not taken for one by oversight.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>Keys of what it writes: the first one that says something counts.</summary>
    public IReadOnlyList<string> Writes { get; init; } = [];

    /// <summary>A key with the name below what it writes; without that name, nobody knows beforehand where it will write.</summary>
    public string? Name { get; init; }

    /// <summary>Keys of what people call such a job: the first one that says something counts.</summary>
    public required IReadOnlyList<string> Title { get; init; }

    /// <summary>Whether it keeps processors busy, unless a drive is what it waits for.</summary>
    public bool NeedsProcessor { get; init; }

    /// <summary>Whether it changes nothing but what it writes, or enters in a catalogue.</summary>
    public bool OnlyReads { get; init; } = true;

    /// <summary>A key that is to be true where it was cut off, and is to go on; null where the same request goes on by itself.</summary>
    public string? GoesOnBy { get; init; }

    /// <summary>The key without which <see cref="GoesOnBy"/> makes no sense.</summary>
    public string? GoesOnWith { get; init; }
}
