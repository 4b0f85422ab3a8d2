// SPDX-License-Identifier: MIT
namespace Spindle.Mastering.Writing;

/// <summary>What to write, and where to.</summary>
public sealed record ImageWriteRequest
{
    /// <summary>Where everything lies, sizes of the tail included.</summary>
    public required DiscLayout Layout { get; init; }

    /// <summary>Gives the source of a content, by its number; asked once for each, in the order of the image, by one thread.</summary>
    public required Func<int, ContentSource> Source { get; init; }

    /// <summary>What takes the image: a file, a device, a pipe. It is written from front to back, and stays open.</summary>
    public required Stream Target { get; init; }

    /// <summary>What the target is called, for messages.</summary>
    public required string TargetName { get; init; }

    /// <summary>Threads that read sources, 1 to 16; the default is 3.</summary>
    public int Readers { get; init; } = 3;
}
