// SPDX-License-Identifier: MIT
namespace Spindle.Files.Mounting;

/// <summary>Where requests of the kernel come from, and answers go. Used by many threads at once.</summary>
internal interface IFuseChannel
{
    /// <summary>Waits for a request.</summary>
    /// <param name="buffer">Filled from the start.</param>
    /// <returns>Its bytes; 0 where the drive was taken down, and none will come.</returns>
    int Receive(Span<byte> buffer);

    /// <summary>Answers. Nobody may want it any more, which is no error.</summary>
    void Send(ReadOnlySpan<byte> reply);
}
