// SPDX-License-Identifier: MIT
namespace Spindle.Archiving.Discs;

/// <summary>How far the writing of a disc is.</summary>
/// <param name="Stage">The step.</param>
/// <param name="BytesDone">Bytes of the step that are done.</param>
/// <param name="BytesTotal">Bytes that there are; 0 where that is not known.</param>
/// <param name="File">What is being read.</param>
public readonly record struct WriteProgress(WriteStage Stage, long BytesDone, long BytesTotal, string? File);

/// <summary>A step of writing a disc.</summary>
public enum WriteStage
{
    /// <summary>Everything gets its place, and the lists are made.</summary>
    LayingOut,

    /// <summary>Files that come in parts are read, for the hashes of their parts.</summary>
    HashingParts,

    /// <summary>The image is being written.</summary>
    Writing,

    /// <summary>Check data is being added.</summary>
    Protecting,

    /// <summary>The image is being read again.</summary>
    ReadingBack,
}
