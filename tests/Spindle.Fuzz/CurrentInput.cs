// SPDX-License-Identifier: MIT
using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace Spindle.Fuzz;

/// <summary>The input that is being tried, in memory that is a file: whatever becomes of the process, the input is there.</summary>
internal sealed unsafe class CurrentInput : MemoryManager<byte>
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _bytes;
    private readonly int _capacity;

    public CurrentInput(string path, int capacity)
    {
        _capacity = capacity;
        Path = path;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, mapName: null, capacity);
        _view = _file.CreateViewAccessor();
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _bytes);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Bytes of the input.</summary>
    public int Length { get; private set; }

    /// <summary>The input.</summary>
    public Span<byte> Bytes => new(_bytes, Length);

    /// <summary>Takes an input from the corpus.</summary>
    public void Take(ReadOnlySpan<byte> packed)
    {
        Length = Math.Min(Corpus.LengthOf(packed), _capacity);
        Corpus.Unpack(packed, GetSpan());
    }

    public override Span<byte> GetSpan() => new(_bytes, _capacity);

    public override MemoryHandle Pin(int elementIndex = 0) => new(_bytes + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
