// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Tests.DiscSet;

/// <summary>Storage of a machine whose power fails at some write or flush: of what was not flushed, some pages are stored by then, and others not, in no order.</summary>
/// <param name="random">Chooses the pages.</param>
/// <param name="left">Writes and flushes until then.</param>
internal sealed class FailingPower(Random random, int left)
{
    private const int Page = 4096;

    private readonly List<Storage> _open = [];
    private int _left = left;

    /// <summary>Opens a file that goes with the others.</summary>
    public IImageStorage Open(IImageStorage file)
    {
        Storage storage = new(this, file);
        _open.Add(storage);
        return storage;
    }

    private void Step()
    {
        if (_left-- == 0)
        {
            _open.ForEach(storage => storage.Store(page => random.Next(2) == 0));
            throw new DyingStorage.KilledException();
        }
    }

    private sealed class Storage : IImageStorage
    {
        private readonly FailingPower _power;
        private readonly IImageStorage _file;
        private readonly HashSet<long> _dirty = [];
        private byte[] _memory;

        public Storage(FailingPower power, IImageStorage file)
        {
            (_power, _file) = (power, file);
            _memory = new byte[file.Length];
            file.Read(0, _memory);
        }

        public string Name => _file.Name;

        public long Length => _memory.Length;

        public int Read(long position, Span<byte> buffer)
        {
            int count = (int)Math.Clamp(_memory.Length - position, 0, buffer.Length);
            _memory.AsSpan((int)Math.Min(position, _memory.Length), count).CopyTo(buffer);
            return count;
        }

        public void Write(long position, ReadOnlySpan<byte> bytes)
        {
            if (position + bytes.Length > _memory.Length)
            {
                Array.Resize(ref _memory, (int)position + bytes.Length);
            }

            bytes.CopyTo(_memory.AsSpan((int)position));
            for (long page = position / Page; page * Page < position + bytes.Length; page++)
            {
                _dirty.Add(page);
            }

            _power.Step();
        }

        public void SetLength(long length) => Array.Resize(ref _memory, (int)length);

        public void Flush()
        {
            _power.Step();
            Store(_ => true);
        }

        public void Store(Func<long, bool> isStored)
        {
            foreach (long page in _dirty.Where(isStored).Order())
            {
                _file.Write(page * Page, _memory.AsSpan((int)page * Page, (int)Math.Min(Page, _memory.Length - (page * Page))));
            }

            _dirty.Clear();
        }

        public void Dispose() => _file.Dispose();
    }
}
