// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Parity.Checksums;

namespace Spindle.Parity.Journals;

/// <summary>Collects changes, and makes each batch of them whole: written to the journal first, then to where they belong.</summary>
/// <remarks>
/// Behind the header there is room for one batch: CRC-32 of the rest (4), number of changes (4), bytes of the rest (4), then for each change the
/// file (4: 0 the image, 1 the file of parity), position (8), length (4), bytes. A batch is overwritten only after its changes have
/// reached the device; a torn batch has a wrong CRC, and none of its changes was begun.
/// </remarks>
internal sealed class RepairJournal
{
    private const int UsualBatchBytes = 4 << 20;
    private const int BatchHeader = 12;
    private const int ChangeHeader = 16;

    private readonly Lock _lock = new();
    private readonly IImageStorage _journal;
    private readonly IImageStorage[] _files;
    private readonly int _batchPosition;
    private byte[] _batch;
    private int _length = BatchHeader;
    private int _changes;

    /// <summary>Starts to collect changes.</summary>
    /// <param name="journal">The journal's file; its header is there already.</param>
    /// <param name="headerLength">Bytes of that header.</param>
    /// <param name="files">What is changed: the image, and the file of parity if there is one.</param>
    /// <param name="batchBytes">Bytes of a batch, about.</param>
    public RepairJournal(IImageStorage journal, int headerLength, IImageStorage[] files, int batchBytes = UsualBatchBytes)
    {
        _batch = new byte[BatchHeader + batchBytes];
        _journal = journal;
        _batchPosition = headerLength;
        _files = files;
    }

    /// <summary>Takes a change; it is made at the latest by <see cref="Commit"/>.</summary>
    /// <param name="file">Which of the files.</param>
    /// <param name="position">First byte.</param>
    /// <param name="bytes">What is to be there.</param>
    public void Append(int file, long position, ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            int needed = ChangeHeader + bytes.Length;
            if (_length + needed > _batch.Length)
            {
                Commit();
            }

            if (_length + needed > _batch.Length)
            {
                Array.Resize(ref _batch, _length + needed);
            }

            Span<byte> change = _batch.AsSpan(_length);
            BinaryPrimitives.WriteInt32LittleEndian(change, file);
            BinaryPrimitives.WriteInt64LittleEndian(change[4..], position);
            BinaryPrimitives.WriteInt32LittleEndian(change[12..], bytes.Length);
            bytes.CopyTo(change[ChangeHeader..]);
            _length += needed;
            _changes++;
        }
    }

    /// <summary>Makes all changes taken so far. Returns when they have reached the device.</summary>
    public void Commit()
    {
        lock (_lock)
        {
            if (_changes == 0)
            {
                return;
            }

            BinaryPrimitives.WriteInt32LittleEndian(_batch.AsSpan(4), _changes);
            BinaryPrimitives.WriteInt32LittleEndian(_batch.AsSpan(8), _length - BatchHeader);
            BinaryPrimitives.WriteUInt32LittleEndian(_batch, Crc32.Of(_batch.AsSpan(4, _length - 4)));
            _journal.Write(_batchPosition, _batch.AsSpan(0, _length));
            _journal.Flush();
            Apply(_batch.AsSpan(BatchHeader, _length - BatchHeader), _changes);
            _length = BatchHeader;
            _changes = 0;
        }
    }

    /// <summary>Makes the changes of the batch that the journal holds, if it is whole. Making them twice does no harm.</summary>
    public void Replay()
    {
        byte[] start = new byte[BatchHeader];
        if (_journal.Read(_batchPosition, start) < BatchHeader)
        {
            return;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(8));
        if (length < 0 || length > _journal.Length - _batchPosition - BatchHeader)
        {
            return;
        }

        byte[] batch = new byte[BatchHeader + length];
        if (_journal.Read(_batchPosition, batch) == batch.Length && Crc32.Of(batch.AsSpan(4)) == BinaryPrimitives.ReadUInt32LittleEndian(batch))
        {
            Apply(batch.AsSpan(BatchHeader), BinaryPrimitives.ReadInt32LittleEndian(batch.AsSpan(4)));
        }
    }

    private void Apply(ReadOnlySpan<byte> changes, int count)
    {
        for (int number = 0; number < count; number++)
        {
            int file = BinaryPrimitives.ReadInt32LittleEndian(changes);
            long position = BinaryPrimitives.ReadInt64LittleEndian(changes[4..]);
            int length = BinaryPrimitives.ReadInt32LittleEndian(changes[12..]);
            _files[file].Write(position, changes.Slice(ChangeHeader, length));
            changes = changes[(ChangeHeader + length)..];
        }

        foreach (IImageStorage file in _files)
        {
            file.Flush();
        }
    }
}
