// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Journals;

/// <summary>Storage whose writes go through a journal; reads see them once they are committed.</summary>
/// <param name="file">What is kept.</param>
/// <param name="journal">Takes the writes.</param>
/// <param name="number">The file's number in the journal.</param>
internal sealed class JournaledStorage(IImageStorage file, RepairJournal journal, int number) : IImageStorage
{
    /// <inheritdoc/>
    public string Name => file.Name;

    /// <inheritdoc/>
    public long Length => file.Length;

    /// <inheritdoc/>
    public int Read(long position, Span<byte> buffer) => file.Read(position, buffer);

    /// <inheritdoc/>
    public void Write(long position, ReadOnlySpan<byte> bytes) => journal.Append(number, position, bytes);

    /// <inheritdoc/>
    public void SetLength(long length) => file.SetLength(length);

    /// <inheritdoc/>
    public void Flush() => file.Flush();

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
