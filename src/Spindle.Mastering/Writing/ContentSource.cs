// SPDX-License-Identifier: MIT
namespace Spindle.Mastering.Writing;

/// <summary>Where the bytes of a content come from, and what they must be.</summary>
public abstract record ContentSource
{
    /// <summary>SHA-256 that the content must have, 32 bytes; null where nothing is known of it beforehand.</summary>
    public byte[]? Sha256 { get; init; }

    /// <summary>What the user calls it, for messages.</summary>
    public abstract string Name { get; }
}

/// <summary>A file, or a part of one.</summary>
/// <param name="Path">Bytes of its path, as the system has them; UTF-8 on Windows.</param>
/// <param name="Offset">Where in the file the content begins, in bytes.</param>
public sealed record FileContent(byte[] Path, long Offset = 0) : ContentSource
{
    /// <inheritdoc/>
    public override string Name => System.Text.Encoding.UTF8.GetString(Path);
}

/// <summary>What the program makes itself: lists, texts. It is read once, from its start, by one thread.</summary>
/// <param name="Name">Its name on the disc.</param>
/// <param name="Open">Opens it; the stream is disposed of after.</param>
public sealed record GeneratedContent(string Name, Func<Stream> Open) : ContentSource
{
    /// <inheritdoc/>
    public override string Name { get; } = Name;
}
